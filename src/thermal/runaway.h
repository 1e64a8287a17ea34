// How far heat and leakage are from running away: the loop gain, the block that has most of it, and how much
// more power, leakage or ambient there may be.
#pragma once

#include <span>

#include "thermal/leakage.h"

namespace marquetry::thermal {

// Of the loop from temperature over leakage to temperature: the largest eigenvalue of A^-1 L'(T), 1 at
// runaway; for one resistance R L'(T).
struct LoopGain {
  double gain{};
  std::size_t block{};  // that has most of it, counted through all layers
  double part{};        // of it
};

// Between these two lies where it runs away: a factor on all other power, a factor on all leakage, or kelvin
// on the ambient. Infinite where nothing leaks.
struct Distance {
  bool found{};          // else within the budget only what follows is known, or there is no stable value
  double last_stable{};  // proved by an enclosure
  double first_runaway{};
};

struct Runaway {
  LoopGain loop{};  // at rest; where there is no rest, at the last stable power or, without one, leakage
  Distance power{}, leakage{}, ambient{};
  bool alone{};    // it runs away with no other power at all
  double watts{};  // from the power there is to the last stable one; below 0 where it runs away
  int solves{};
};

// most_solves: of all three together. Conductivities stay as they are.
Runaway distance_to_runaway(const conduction::Grid& grid, const conduction::Field& power,
                            std::span<const Leak> leaks, int most_solves = 400,
                            const std::atomic<bool>* stop = nullptr);

}  // namespace marquetry::thermal
