// A routed network for a reader.
#pragma once

#include <string>

#include "report/network_report.h"

namespace marquetry::report {

std::string network_text(const NetworkReport& report);

// The tables of a routing: at each router the port, and the neighbour behind it, for each node.
std::string tables_text(const NetworkReport& report);

}  // namespace marquetry::report
