// What is made: families of products, and a product over the years.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "evaluation/family.h"
#include "evaluation/lifetime.h"

namespace marquetry::report {

std::string family_text(const Design& design, const Family& family, const Preset& preset);
nlohmann::ordered_json family_json(const Design& design, const Family& family, const Preset& preset);

std::string lifetime_text(const Lifetime& lifetime);
nlohmann::ordered_json lifetime_json(const Lifetime& lifetime);

}  // namespace marquetry::report
