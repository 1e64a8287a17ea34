// A layout as the JSON object of the contract. Lengths in um from the lower-left corner of the carrier.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/layout_run.h"

namespace marquetry::report {

nlohmann::ordered_json layout_json(const LayoutReport& report);

}  // namespace marquetry::report
