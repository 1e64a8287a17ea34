// Tables before they are tables: the ways of every router to every node, as shares of channels, and the
// layers of virtual channels that keep them from deadlock.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "flow/demand.h"
#include "routing/routing.h"

namespace marquetry::flow {

struct Share {
  std::uint32_t channel{};
  double part{1};  // of what the router sends that way; a router's add up to 1
};

struct Plan {
  std::size_t routers{};
  std::vector<std::vector<Share>> ways{};  // [node * routers + router]; none at the node's own router
  std::vector<std::uint8_t> layer{};       // by destination node
  std::uint32_t layers{1};

  std::vector<Share>& at(std::size_t node, std::size_t router) { return ways[node * routers + router]; }
  const std::vector<Share>& at(std::size_t node, std::size_t router) const {
    return ways[node * routers + router];
  }
};

// Shares as the optimum's flow has them; the shortest way in cycles where it carries nothing.
Plan spread_plan(const topology::Graph& graph, const Optimum& optimum);
// One way each: the shares drawn by lot, then changed one by one for as long as the greatest load falls.
Plan single_plan(const topology::Graph& graph, std::span<const double> matrix, const Optimum& optimum,
                 const Options& options);

// Flits a cycle on each channel at an offered load of 1.
std::vector<double> plan_loads(const topology::Graph& graph, std::span<const double> matrix,
                               const Plan& plan);
// The greatest use of a channel's width, injection or ejection at an offered load of 1.
double greatest_use(const Demand& demand, std::span<const double> loads);

// Every destination into the first layer in which no dependencies of channels go round in a circle, at most
// that many layers; where one fits into none, its ways are laid anew within the last. Returns how many layers
// the plan as it stood would have needed.
std::uint32_t lay_layers(const Demand& demand, std::span<const double> matrix, Plan& plan,
                         std::uint32_t most_layers);

routing::Routing table(const topology::Graph& graph, const Plan& plan, std::uint32_t vcs);

}  // namespace marquetry::flow
