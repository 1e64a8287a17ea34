// Temperatures over a trace of powers, from the ambient on.
#pragma once

#include "thermal/case.h"
#include "thermal/leakage.h"

namespace marquetry::thermal {

enum class Integrator {
  tr_bdf2,  // second order
  euler,    // backward, first order, one error-laden step after the other: what HotSpot 7 and 3D-ICE do
};

struct March {
  Integrator integrator{};
  double step{};  // s, shortened until it divides the interval; 0: Euler takes an interval at a time, TR-BDF2
                  // as much as its error allows
  double tolerance{1e-3};  // K, largest error of one of TR-BDF2's steps; solves are 20 times finer
  std::size_t most_steps{1'000'000};
  const std::atomic<bool>* stop{};
};

// As the tool does that wrote the case: HotSpot 7 one Euler step an interval; 3D-ICE, whose files name a
// step, Euler by it; else TR-BDF2.
March march_of(const HeatCase& heat_case);

enum class Arrival {
  finished,
  interrupted,
  out_of_steps,
  runaway,  // leakage: some node rose by more than any part survives, or no step was short enough
  not_converged,
};

// First time a block's hottest cell is as hot as its limit; between steps on a straight line.
struct Crossing {
  std::size_t block{};  // counted through all layers
  double limit{};       // K
  double time{};        // s
};

struct Hottest {
  double temperature{};  // K
  double time{};         // s
};

struct Transient {
  Arrival arrival{};
  std::vector<double> times{};                          // s: the ends of the intervals that were reached
  std::vector<std::vector<BlockTemperature>> blocks{};  // at those times
  std::vector<Hottest> block_peaks{};                   // of each block's hottest cell, over all steps
  Hottest peak{};                                       // of any cell
  std::vector<Crossing> crossings{};                    // by time
  double time{};                                        // s: reached
  std::size_t steps{}, rejected{}, matrices{}, solves{};
  double shortest{}, longest{};         // s: of the steps taken
  double step_error{};                  // K: largest of one step; 0 for Euler, which has none
  double error_sum{};                   // K: of all steps, an upper end of the error in time, for it decays
  double supplied{}, stored{}, lost{};  // J
  conduction::Field rise{};             // K above the ambient, at the end
};

// Conductivities that fall with the temperature follow it within 0.5 K, step by step.
Transient transient(const Stack& stack, const Settings& settings, const Trace& trace,
                    const March& march = {});

}  // namespace marquetry::thermal
