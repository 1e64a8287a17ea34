// Spare parts: more lanes, dies or pads than are needed, so that some may fail.
#pragma once

#include "number/numbers.h"

namespace marquetry::yield {

// Lanes that are repaired within groups: of `needed + spare` lanes any `spare` may fail.
struct RepairGroup {
  int needed{1}, spare{};
};

// P(a link of `lanes` working lanes is whole), where `lost` is the chance that one lane fails. A last group
// that is not full has its spares too.
double link_yield(int lanes, const RepairGroup& group, double lost);

// P(at least `needed` of `count` like dies work); good: the chance of one.
double spare_dies(int count, int needed, double good);

// P(every one of `pads` signals has a working pad), each with `copies` that fail independently of each other.
// Copies nearer than a void kills fail together: bonding/particles.h counts those.
double redundant_pads(double pads, int copies, double lost);

// Over any number type; the counts are numbers of the models. Falls in `lost`.
template <Number Real>
struct SpareLanes {
  Real lanes{}, needed{}, spare{}, lost{};
};
template <Number Real>
Real link_yield(const SpareLanes<Real>& link);

}  // namespace marquetry::yield
