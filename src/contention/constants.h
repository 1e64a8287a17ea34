// What the contention model takes from simulations: found by least squares of saturation over networks that
// docs/throughput.md lists, with the errors on others.
#pragma once

namespace marquetry::contention::constants {

// Cycles: twice the mean age of a run at which latency is measured, periods of 1000 cycles from the fourth to
// about the seventh.
inline constexpr double observed = 10'000;
inline constexpr double longest = 50;  // cycles of a wait that others notice; more is an overload of its own
inline constexpr int rounds = 3;       // of the fixed point of grants

inline constexpr double conflict_islip = 0.83;  // of a perfectly random coincidence of grants
inline constexpr double conflict_separable = 0.665;
inline constexpr double speculation = 0.71;  // more, where speculative requests waste grants
inline constexpr double crossing = 1.83;     // of the wait of random arrivals at an output
inline constexpr double behind = 1.57;       // of a wait for one output, felt by flits for others
inline constexpr double queueing = 1.93;     // of Kingman's wait for a virtual channel
inline constexpr double uneven = 0.93;       // deviation of such waits, of their mean
inline constexpr double emptying = 1.4;      // of the wait for one that must be empty to be used again

}  // namespace marquetry::contention::constants
