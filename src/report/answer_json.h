// The answer of an exploration as JSON: what it adds to the front.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/answer_words.h"

namespace marquetry::report {

// Puts "answer", "match", "pair", "pairs", "shadow_prices" and more of "reference" into the exploration.
void add_answer(const Prepared& prepared, const explore::Exploration& exploration,
                const std::vector<Finalist>& finalists, nlohmann::ordered_json& out);

}  // namespace marquetry::report
