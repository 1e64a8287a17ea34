// The yield of one hybrid bond between two faces, in closed form: what is lost to misalignment, to particles
// and to copper that stands too low or too high. Deterministic, well below a millisecond.
#pragma once

#include "bonding/overlay.h"
#include "bonding/particles.h"
#include "bonding/recess.h"

namespace marquetry::bonding {

struct BondYield {
  double overlay{1}, particles{1}, recess{1};
  double total() const { return overlay * particles * recess; }
};

BondYield bond_yield(const Process& process, const Pads& pads, const DieSize& die, const Quirks& quirks = {});

}  // namespace marquetry::bonding
