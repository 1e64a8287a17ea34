// Every link between two dies of a placed package: how long its wires are, and what goes over them.
#pragma once

#include "evaluation/prepare.h"
#include "layout/layout.h"
#include "link/budget.h"
#include "placement/package_problem.h"

namespace marquetry::refine {

// All modules of one network, or of one memory, between two dies.
struct PlacedLink {
  bool is_memory{};
  std::size_t of{};           // network of the system, or one of its memories
  std::size_t a{}, b{};       // dies of the problem; of a pile those that it serves, not its foot
  double modules{};           // on each of the two, or part of one
  Length<> longest{}, sum{};  // of the wires of its modules
  double wires{};             // how many of them have a length
  Bandwidth<> lane_rate{};    // that closes over the longest
  double lanes{};             // of a module and direction
  double efficiency{};        // payload / raw bits
  link::Retry retry{};
  Bandwidth<> payload{};  // of each direction
  Time<> latency{};       // transmitter, wire, receiver, and the mean of what is sent again
};

// In a stack the wires have no length. Of a memory each direction can have all of its bandwidth.
std::vector<PlacedLink> placed_links(const Prepared& prepared, const Choice& choice,
                                     const System<double>& system, const Evaluation<double>& analytic,
                                     const placement::PackageProblem& package, const layout::Layout& layout);

// What joins the two dies of a network: the packaging, or in a pile the joint of the upper one.
const PackagingParameters<double>& joint_of(const System<double>& system, const Network<double>& network);

// Lanes of one module that a network can have on the dies where it ends, and what holds them down. Edges and
// bumps that are too few for all networks of a die are shared out in proportion.
struct UsableLanes {
  double count{};                      // a direction
  std::optional<link::Limit> limit{};  // none: all that the module has
};
UsableLanes usable_lanes(const Link& row, const System<double>& system, const Evaluation<double>& analytic,
                         std::size_t network, const Wires* wires);

}  // namespace marquetry::refine
