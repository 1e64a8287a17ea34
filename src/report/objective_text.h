// Objectives, as tables name them.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry::report {

std::string unit_of(const ObjectiveFigure& objective, const Prepared& prepared);

}  // namespace marquetry::report
