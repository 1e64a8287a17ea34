// Voids around particles: what area of a die a particle must miss.
#pragma once

#include "bonding/process.h"

namespace marquetry::bonding {

// The area that kills a signal, averaged over the particles: where a void of that size may lie so that it
// covers a critical pad, or all copies of a redundant one.
Area<> killed_area(const Process& process, const Pads& pads, const DieSize& die);

// E exp over particles of one density everywhere.
double particle_yield(const Particles& particles, Area<> killed);

}  // namespace marquetry::bonding
