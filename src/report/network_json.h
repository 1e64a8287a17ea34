// A routed network for a program: the keys of an evaluation's "network", and details.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/network_report.h"

namespace marquetry::report {

enum class Tables : std::uint8_t { left_out, shown };

nlohmann::ordered_json network_json(const NetworkReport& report, Tables tables);

}  // namespace marquetry::report
