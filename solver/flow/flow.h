// How much a network could carry at best: the maximum concurrent flow over all routings, as a linear program
// (Shahrokhi, Matula, J. ACM 37, 1990), its bounds, and the tables that come nearest to it.
#pragma once

#include <atomic>
#include <span>
#include <vector>

#include "routing/routing.h"

namespace marquetry::flow {

struct Options {
  double seconds{10};
  double gap{0.01};   // between what is found and what is proved
  bool minimal{};     // shortest paths only
  bool short_ways{};  // of all optimal flows of the linear program the one with the least hops
  std::uint64_t seed{1};
  const std::atomic<bool>* stop{};
};

struct Optimum {
  double load{};               // offered, flits a node and cycle, that the flow below carries
  double bound{};              // no routing carries more: from the lengths of the dual
  bool proved{};               // equal within the gap asked for
  std::vector<double> flow{};  // by destination router * channels + channel, at `load`
  std::vector<double>
      length{};  // by channel, then injection and ejection by node: the certificate of the bound
};

Optimum optimum(const topology::Graph& graph, std::span<const double> matrix, const Options& options);

// Several ways by weight, which carry the optimum's load.
routing::Routing spread_tables(const topology::Graph& graph, const Optimum& optimum, std::uint32_t vcs);

// One way for each pair (source-destination or router-destination), with the smallest greatest load found.
routing::Routing single_tables(const topology::Graph& graph, std::span<const double> matrix,
                               const Optimum& optimum, std::uint32_t vcs, const Options& options);

}  // namespace marquetry::flow
