// What the contention model takes from simulations: found by least squares of saturation over networks that
// docs/throughput.md lists, with the errors on others.
#pragma once

namespace marquetry::contention::constants {

// Cycles: twice the mean age of a run at which latency is measured, periods of 1000 cycles from the fourth to
// about the seventh.
inline constexpr double observed = 10'000;
inline constexpr double longest = 50;  // cycles of a wait that others notice; more is an overload of its own
inline constexpr int rounds = 3;       // of the fixed point of grants

inline constexpr double conflict = 0.85;  // of a perfectly random coincidence of grants
inline constexpr double crossing = 1.15;  // of the wait of random arrivals at an output
inline constexpr double behind = 1.7;     // of a wait for one output, felt by flits for others
inline constexpr double queueing = 1.5;   // of Kingman's wait for a virtual channel
inline constexpr double uneven = 3.0;     // deviation of such waits, of their mean
inline constexpr double emptying = 6.0;   // likewise, where virtual channels must be empty to be used again

}  // namespace marquetry::contention::constants
