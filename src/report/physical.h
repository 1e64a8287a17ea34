// What the physical rung has found out: the layout in figures, and every figure that it moved.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "evaluation/assess.h"

namespace marquetry::report {

// Of an assessment that was refined.
std::string physical_text(const Prepared& prepared, const Assessment& assessment);
nlohmann::ordered_json physical_json(const Prepared& prepared, const Assessment& assessment);

// Figures of the analytic rung that this one moved, by path.
nlohmann::ordered_json analytic_json(const Prepared& prepared, const Assessment& assessment);

// "analytic 812 (+3.1 %)", of a figure that moved; else empty.
std::string beside(const std::string& path, double scale, const Prepared& prepared,
                   const Assessment& assessment);

}  // namespace marquetry::report
