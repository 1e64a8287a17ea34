// The same network written as plainly as can be: a deque a buffer, a map a set of requests, every router and
// channel looked at in every cycle. Slow, and shares nothing with the simulator but the description of the
// case.
#pragma once

#include <vector>

#include "routing/routing.h"
#include "simulate/case.h"
#include "traffic/messages.h"

namespace marquetry::test {

// By message (each of one packet, none waits for another): the cycle in which its last flit is taken.
// Routings that draw no lots; all channels of width 1. Messages that have not arrived by `end` have ~0.
std::vector<std::uint64_t> plain_arrivals(const simulate::NetworkCase& network,
                                          const routing::Routing& routing, const traffic::Messages& messages,
                                          std::uint64_t end);

}  // namespace marquetry::test
