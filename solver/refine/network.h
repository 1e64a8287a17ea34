// The network of a placed package as a graph: a router and a node for every die and every memory on it, the
// links that are placed between them. Links to the outside are ports, not links; memory on the board is not
// in the package.
#pragma once

#include <optional>
#include <string>

#include "refine/links.h"
#include "simulate/case.h"

namespace marquetry::refine {

enum class Flow : std::uint8_t {
  usual,   // between computing dies; with a memory where there is one computing die alone
  dies,    // from each computing die to each other one alike
  memory,  // from each computing die to each memory alike, and back: as much read as written
};

struct NetworkOptions {
  Flow flow{};
  std::optional<Rate<>> clock{};  // of all routers; none: of the fastest die
  Data<> packet{64 * unit::B};    // a line of a cache
  std::string routing{"shortest"};
  routing::Router router{};  // its buffers grow, so that no link waits for credits
};

struct PackageNetwork {
  simulate::NetworkCase network{};  // its nodes are its routers, by the same numbers
  std::vector<PlacedLink> links{};  // by link of the graph; `a` and `b` are dies of the problem
  std::vector<std::size_t> dies{};  // by router: the die of the problem
  // By router, where its topology would have it: of packages with one network, between dies of one type.
  // Wherever they stand, they are linked as a grid of their own.
  std::vector<topology::Point> pitches{};
  Rate<> clock{};
  Data<> flit{};  // payload of the widest link in one cycle
};

// Links have their own length, rate, width and latency: those of one network may differ. Modules side by side
// between two dies are one wider link. Nothing, and why, where nothing is linked within the package, or not
// all of what is.
std::optional<PackageNetwork> package_network(const Prepared& prepared, const Choice& choice,
                                              const System<double>& system,
                                              const Evaluation<double>& analytic,
                                              const placement::PackageProblem& package,
                                              const layout::Layout& layout, const NetworkOptions& options,
                                              std::string& why);

}  // namespace marquetry::refine
