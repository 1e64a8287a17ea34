// The course of one annealing: how long it goes on, how hot it is, how much an overflow weighs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// Shares of a budget, from when it is made. The clock is looked at every 64 steps, and never where only
// steps are given.
class Clock {
 public:
  explicit Clock(const Budget& budget, double time_share = 1, double step_share = 1);

  // Counts a step; false when it was the last.
  bool step() {
    ++steps_;
    return (steps_ & 63u) != 0 || look();
  }
  std::uint64_t steps() const { return steps_; }
  double progress() const { return progress_; }  // 0 to 1

 private:
  bool look();

  Budget budget_;
  std::uint64_t steps_{}, reported_{};
  double progress_{}, seconds_{};
  std::uint64_t most_{};
  std::chrono::steady_clock::time_point start_;
};

// Falls geometrically between two temperatures.
struct Cooling {
  double hot{1}, cold{1e-4};
  double at(double progress) const;
};

// The price of an overflow, in costs of the start for an overflow by the side of a square of all blocks. It
// rises with the progress: wire first, on top of each other if need be, room later. Raised further while,
// late in the course, nothing legal has been seen. (A price that follows the share of legal plans swings by
// powers of ten and freezes the plan: 60,100 against 57,100 for the median of ami33 after 1e6 moves.)
class Price {
 public:
  double at(double progress, bool seen_legal);

 private:
  static constexpr double first = 0.2, last = 20;
  static constexpr double late = 0.6, urgency = 12;
  double raised_{1};
};

}  // namespace marquetry::floorplan
