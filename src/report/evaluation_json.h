// One assessed system as the JSON object of the contract. Key order is that of the contract.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "evaluation/assess.h"

namespace marquetry::report {

// What the analytic rung still takes as simple, in the words of the report.
std::vector<std::string_view> not_yet();
// The same of the physical rung.
std::vector<std::string_view> not_yet_physical();

// Whole numbers without a point, as far as a double counts exactly.
nlohmann::ordered_json count_or_number(double value);

// The value of each variable.
nlohmann::ordered_json choice_json(const Design& design, const Choice& choice);

nlohmann::ordered_json evaluation_json(const Prepared& prepared, const Assessment& assessment);

}  // namespace marquetry::report
