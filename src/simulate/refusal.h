// What cannot be simulated, and why: said before the first cycle rather than computed wrongly.
#pragma once

#include <string>

#include "routing/routing.h"
#include "simulate/case.h"

namespace marquetry::simulate {

// What stands against simulating this; empty where nothing does.
std::string refusal(const NetworkCase& network, const routing::Routing& routing);
// And of its traffic, at that load.
std::string traffic_refusal(const NetworkCase& network, double rate);

}  // namespace marquetry::simulate
