// What a network still carries after any one link or any one die fails, what falls apart, and whether the
// network routed anew can deadlock.
#pragma once

#include <atomic>
#include <string>

#include "synthesis/problem.h"
#include "synthesis/rerouter.h"

namespace marquetry::synthesis {

struct ResilienceOptions {
  // Row of routing::rows() by which what is left is routed anew and certified; empty: neither.
  std::string routing{"shortest"};
  std::uint32_t vcs{4};
  bool optimum{};  // also over all routings: a linear program a failure
  int threads{1};
  double seconds{30};
  const std::atomic<bool>* stop{};
};

// One failure.
struct Outcome {
  Loss loss{};
  std::string name{};         // "link 3 (a - b)", "die b"
  Rerouted rerouted{};        // over shortest ways, equal ones spread
  double optimum{}, bound{};  // over all routings, where asked: carried, and proved to be the most
  double routed{};            // by the row asked for: its channel bound
  bool is_certified{};        // the row could be made and was looked at
  bool deadlock_free{};       // and cannot deadlock
};

struct Summary {
  double worst{}, mean{};   // of Rerouted::load
  std::size_t which{};      // the worst one
  std::size_t deadlocks{};  // failures after which the row's routing can deadlock
};

struct Resilience {
  Outcome intact{};
  std::vector<Outcome> links{}, dies{};  // by link number; by router
  Summary of_links{}, of_dies{};
  std::vector<std::uint32_t> articulation{};  // routers without which others cannot reach each other
  std::vector<std::uint32_t> bridges{};       // links likewise
  bool complete{true};  // false: the time was up before all were routed anew; `rerouted` is there always
};

// Of a graph without faults; the matrix as of traffic::matrix.
Resilience resilience(const topology::Graph& graph, std::span<const double> matrix,
                      const routing::Router& router, const ResilienceOptions& options = {});

// What is left, routers and nodes numbered anew without the lost ones.
struct Damaged {
  topology::Graph graph{};
  std::vector<double> matrix{};
};
Damaged damaged(const topology::Graph& graph, std::span<const double> matrix, const Loss& loss);

}  // namespace marquetry::synthesis
