// What is left where a supplier or a region drops out, and what a second source costs: for reading, and as
// JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "explore/explore.h"

namespace marquetry::report {

std::string supply_loss_text(const Prepared& prepared, const explore::Exploration& exploration);

nlohmann::ordered_json supply_loss_json(const Prepared& prepared, const explore::Exploration& exploration);

}  // namespace marquetry::report
