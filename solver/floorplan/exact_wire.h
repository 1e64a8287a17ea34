// The least wire, by branch and bound on the rows of `Model`.
#pragma once

#include <chrono>

#include "floorplan/exact_model.h"

namespace marquetry::floorplan::exact {

using Clock = std::chrono::steady_clock;

struct Limits {
  Clock::time_point end{};
  std::uint64_t steps{};  // 0: any number
  const std::atomic<bool>* stop{};
  std::atomic<std::uint64_t>* done{};
  int threads{1};
  bool reached(std::uint64_t taken) const {
    return (steps != 0 && taken >= steps) || Clock::now() >= end ||
           (stop != nullptr && stop->load(std::memory_order_relaxed));
  }
};

struct Proof {
  std::optional<Floorplan> best{};
  double objective{};
  double bound{};
  bool complete{};
  std::uint64_t steps{};  // linear programs, or blocks tried in a place
};

// Of few enough pins: a linear program of thousands of nets takes seconds, and is asked for at every branch.
bool has_wire_search(const Problem& problem);

Proof least_wire(const Problem& problem, const Limits& limits, const std::optional<Floorplan>& incumbent,
                 std::span<const Cut> cuts = {});

}  // namespace marquetry::floorplan::exact
