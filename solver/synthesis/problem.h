// Which links to build between dies: what may be built, what it takes, who sends to whom. Plain numbers in
// millimetres, cycles and flits, so that layouts, files and tests can all make one.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "routing/router.h"
#include "topology/graph.h"

namespace marquetry::synthesis {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

struct Die {
  std::string name{};
  topology::Point place{};             // of its centre, mm
  double width{}, height{};            // mm
  double beachfront{infinity};         // mm of edge for all its links
  std::uint32_t phys{topology::none};  // links at most
};

// A link that may be built, both directions. Several of one pair may be built side by side.
struct Candidate {
  std::uint32_t a{}, b{};            // dies
  double length{}, reach{infinity};  // mm
  std::uint32_t latency{1};          // cycles, ends included
  double width{1};                   // flits a cycle and direction, in (0, 1]
  double cost{1};
  double beachfront{};  // mm, of either die
};

enum class Goal : std::uint8_t {
  throughput,  // the highest load, flits a node and cycle, that the links carry
  cost,        // the least sum of the links' costs
  latency,     // the least mean latency without load
  resilience   // the highest load that is carried whichever link or die fails
};

// What has to hold besides.
struct Needs {
  double throughput{}, resilience{};
  double cost{infinity}, latency{infinity};
};

struct Problem {
  std::string name{};
  std::vector<Die> dies{};
  std::vector<Candidate> candidates{};  // those beyond reach too: they say how much is missing
  std::vector<double> traffic{};        // by source * dies + destination, flits a cycle at a load of 1
  routing::Pipeline router{};
  std::uint32_t packet{1};  // flits
  Goal goal{};
  Needs needs{};
};

// Indices into the candidates, rising.
using Links = std::vector<std::uint32_t>;

// What is wrong with the numbers; empty where nothing is.
std::vector<topology::Fault> faults(const Problem& problem);

inline bool in_reach(const Candidate& c) { return c.length <= c.reach * (1 + 1e-12); }
std::string die_name(const Problem& problem, std::uint32_t die);

// The gap between two dies along x and y, from edge to edge; from centre to centre where they have no size.
double gap(const Die& a, const Die& b);

double cost(const Problem& problem, const Links& links);

// Empty where every die has the edge and the PHYs for its links, all are within reach, and they cost no more
// than they may; else what is missing.
std::vector<std::string> broken_limits(const Problem& problem, const Links& links);

// The network that they make, a node a die. Channels 2 i and 2 i + 1 are the directions of links[i].
topology::Graph graph(const Problem& problem, const Links& links);

// The candidates of a pair of dies in reach of each other, for every pair: one kind of link, up to `parallel`
// side by side.
struct LinkKind {
  double reach{infinity}, beachfront{}, width{1};
  double latency{1}, latency_of_mm{};  // cycles
  double cost{1}, cost_of_mm{};
  std::uint32_t parallel{1};
};
std::vector<Candidate> candidates(const std::vector<Die>& dies, const LinkKind& kind);

}  // namespace marquetry::synthesis
