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

// The price of an overflow: raised while too few of the visited plans are legal, lowered while too many are.
class Price {
 public:
  double now() const { return price_; }
  // True when it has changed.
  bool see(bool legal);

 private:
  static constexpr int window = 256;
  static constexpr double wanted = 0.5, step = 1.15, least = 0.02, most = 1e4;
  double price_{1};
  int seen_{}, legal_{};
};

}  // namespace marquetry::floorplan
