// The same bond, thrown: dies with particles, copper heights and pads that are off one by one. Shares with
// the closed form only the parameters, so that each checks the other.
#pragma once

#include "base/rng.h"
#include "bonding/hybrid.h"

namespace marquetry::bonding {

// Shares of `samples` bonds that each cause leaves whole, and that all leave whole.
struct SampledYield {
  double overlay{}, particles{}, recess{}, total{};
};

SampledYield sampled_bonds(const Process& process, const Pads& pads, const DieSize& die, int samples,
                           Rng rng);

}  // namespace marquetry::bonding
