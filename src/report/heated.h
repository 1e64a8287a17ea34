// The temperatures of a placed package: each die against its own limit, and a map.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "evaluation/assess.h"

namespace marquetry::report {

// Of an assessment whose layout was heated. The map is of characters, a row of them for each twentieth of the
// footprint.
std::string heated_text(const Heated& heated);

// What the keys of "thermal" are on this rung: temperatures, limits and margins by instance, "ccd[3]".
void put_heated(const Heated& heated, const Prepared& prepared, const System<double>& system,
                nlohmann::ordered_json& thermal);

// An SVG file: the hottest circuits over each place, with the dies' outlines.
std::string heated_svg(const Heated& heated, const std::string& title);

}  // namespace marquetry::report
