// Objectives, as tables name them.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry::report {

// "performance.llama-decode.value" -> "llama-decode", "cost.unit_usd" -> "unit": for the head of a column.
std::string short_name(std::string path);

std::string unit_of(const ObjectiveFigure& objective, const Prepared& prepared);

}  // namespace marquetry::report
