// The fewest links that a halving of a network's nodes cuts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "topology/graph.h"

namespace marquetry::topology {

// `low` is proved, `high` is the cut of a halving. `side`: 1 for the routers of its half with fewer nodes;
// empty where only the number is known.
struct Bisection {
  std::uint32_t low{}, high{};
  std::string_view method{};  // of the proof
  std::vector<std::uint8_t> side{};
  bool exact() const { return low == high; }
};

struct BisectionEffort {
  double operations{6e9};    // of the exact search, about three a nanosecond
  std::uint32_t rounds{24};  // of rerouting, for the bound by flows; none beyond 256 routers
};

// A halving parts the nodes as evenly as whole routers can be parted; a router goes with its nodes, one
// without nodes goes where it cuts least. Links count once for both directions.
//
// high: Kernighan and Lin's exchange (Bell Syst. Tech. J. 49, 1970) from halvings by place and number. low:
// if all pairs of nodes exchange one flit with at most r on any channel, a cut between a and b nodes has a b
// / r links (Leighton, Rao, J. ACM 46, 1999). Where these differ: exactly, router by router, for every way
// in which the routers with undecided neighbours may lie.
Bisection bisection(const Graph& graph, const BisectionEffort& effort = {});

}  // namespace marquetry::topology
