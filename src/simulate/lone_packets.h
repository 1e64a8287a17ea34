// Packets without others in their way.
#pragma once

#include "routing/routing.h"
#include "simulate/case.h"

namespace marquetry::simulate {

// Cycles from birth to arrival, mean over the traffic; 0: there is none.
double lone_packet_mean(const NetworkCase& network, const routing::Routing& routing);

}  // namespace marquetry::simulate
