// Dependencies of routings by way of a node between, leg by leg: n first legs and n second ones instead of
// n * n * n whole ways.
#pragma once

#include "routing/dependencies.h"

namespace marquetry::routing {

// Of routings with Routing::chance. False, and only some of them, where a leg is lost.
bool add_legs(const topology::Graph& graph, const Routing& routing, Dependencies& out);

}  // namespace marquetry::routing
