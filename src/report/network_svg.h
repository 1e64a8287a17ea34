// A routed network as a picture: routers at their places, links coloured by how full they are at the highest
// load that the routing carries, and a circle of dependencies in red where there is one.
#pragma once

#include <string>

#include "report/network_report.h"

namespace marquetry::report {

std::string network_svg(const NetworkReport& report);

}  // namespace marquetry::report
