// Where along their edges the modules stand, once their edges are chosen.
#pragma once

#include "placement/pin_sides.h"

namespace marquetry::placement {

// One module at one end, or (straight) at both ends at once, at the same coordinate.
struct Item {
  std::size_t group{};
  std::vector<std::size_t> edges{};  // one or two
  Shape shape{};
  Interval room{};                      // of the edge, or of the window in which both ends face
  std::optional<std::size_t> bridge{};  // counted through all groups: which one it is over
  Nanometre over{};                     // by which that stands over its modules
  double anchor{};                      // its group's: what the order along the edges goes by
  Nanometre target{}, position{};       // of the lower end
  bool placed{};
};

struct Positions {
  std::vector<Item> items{};
  std::size_t missing{};  // items without a place
};

// Lowers `straight` of groups that find no place to face their partner and need not.
Positions place_modules(const layout::Problem& problem, const Edges& edges, std::vector<Group>& groups);

// On one edge, in this order: nearest to the targets in the sum of distances, without overlap, within the
// interval. Isotonic regression for least absolute deviations by pooling adjacent violators: Ayer et al.,
// Ann. Math. Stat. 26, 1955; blocks take medians. Too much for the interval: from its lower end on.
std::vector<Nanometre> nearest_positions(const std::vector<Nanometre>& targets,
                                         const std::vector<Nanometre>& widths, Interval within);

}  // namespace marquetry::placement
