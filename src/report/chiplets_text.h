// RapidChiplet's figures of a design beside ours.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/network_report.h"

namespace marquetry::report {

std::string chiplets_text(const ChipletFigures& chiplets);
nlohmann::ordered_json chiplets_json(const ChipletFigures& chiplets);

}  // namespace marquetry::report
