// How many joints a net needs, so that neither the drop nor the current of one of them breaks its limit.
#pragma once

#include "delivery/solve.h"

namespace marquetry::delivery {

struct Need {
  double count{};  // least, of one polarity
  bool is_met{};   // by that many; else no number of them is enough
  double best{};   // V of the worst drop with so many that they lose nothing
  double worst{};  // V of the worst drop with `count`
  int solves{};
  bool is_complete{true};  // else stopped: `count` is enough, fewer may be
};

// Of one kind of joints of the supply (and as many of the ground, where it mirrors the supply), the others
// held: the least number for which the drop of every die that it serves holds and none of them carries more
// than its limit. By bisection: drop and current fall with every joint that is added.
Need least_count(const Plane& plane, const Net& net, const Limits& limits, std::size_t joints,
                 const Options& options = {});

}  // namespace marquetry::delivery
