// A network that is to be routed or simulated, with all that it takes: what readers of files and generators
// make, and what `route` and `simulate` take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "routing/router.h"
#include "topology/graph.h"
#include "traffic/traffic.h"

namespace marquetry::simulate {

// How long a run lasts and when it counts as unstable (BookSim2, src/trafficmanager.cpp).
struct Sampling {
  std::uint32_t period{1000};      // cycles
  std::uint32_t warm_up{3};        // periods
  std::uint32_t most_periods{10};  // warm-up included
  double latency_threshold{500};   // cycles: a mean above it is unstable
  double change_threshold{0.05};   // of mean latency and accepted rate between periods, to be done
  std::uint64_t seed{1};
};

struct NetworkCase {
  std::string name{};
  topology::Graph graph{};
  std::string routing{"shortest"};  // a name of routing/table.h
  traffic::Traffic traffic{};
  routing::Router router{};
  std::uint32_t packet{1};       // flits a packet
  std::optional<double> rate{};  // offered, flits a node and cycle; none: the file names none
  Sampling sampling{};
  std::optional<double> cycle_ns{};   // of the network's clock, where it is known
  std::optional<double> flit_bits{};  // likewise
  std::vector<std::string> notes{};   // what a reader should know of it
};

}  // namespace marquetry::simulate
