// What the linear program and its approximation share: the traffic by destination router, the channels by
// router, shortest ways under any lengths, and the bound that lengths prove.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "flow/flow.h"
#include "topology/graph.h"

namespace marquetry::flow {

// One commodity: all that goes to one router. Flits a cycle at an offered load of 1, by source router;
// nothing from the router to itself, which uses no channel.
struct Commodity {
  std::uint32_t router{};
  std::vector<double> from{};
  std::vector<bool> usable{};  // by channel
};

struct Demand {
  const topology::Graph* graph{};
  std::vector<Commodity> commodities{};
  std::vector<std::vector<std::uint32_t>> into{};  // channels by the router they lead to
  std::vector<std::vector<std::uint32_t>> out_of{};
  // What the nodes send and receive at an offered load of 1, and the one that does most.
  std::vector<double> sent{}, received{};
  double busiest{};
  std::size_t busiest_node{};  // number of its length: channels + node (injection), + nodes more (ejection)
};

// `minimal`: usable are only the channels on a shortest way in cycles.
Demand demand(const topology::Graph& graph, std::span<const double> matrix, bool minimal);

// Shortest ways to one router over the usable channels.
struct Tree {
  std::vector<double> distance{};      // by router; infinite where no way leads
  std::vector<std::uint32_t> first{};  // channel to take; topology::none at the root
  std::vector<std::uint32_t> order{};  // routers reached, nearest first
};
Tree shortest(const Demand& demand, const Commodity& commodity, std::span<const double> length);

// Lengths, one each channel and node: no routing carries more than sum of capacity * length over sum of
// traffic
// * distance. Linear programming duality; Shahrokhi, Matula, J. ACM 37, 1990, section 2.
double proved(const Demand& demand, std::span<const double> length);

// Exact, by the simplex method; nothing where the time does not do.
std::optional<Optimum> by_program(const Demand& demand, const Options& options);
// Within the gap, whatever the size.
Optimum by_potential(const Demand& demand, const Options& options);

// Takes circles out of the flow to one router: what runs in them arrives nowhere.
void drop_circles(const topology::Graph& graph, std::span<double> flow);

}  // namespace marquetry::flow
