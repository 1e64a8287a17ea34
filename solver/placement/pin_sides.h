// Which sides of their dies the modules of each link take, and how many on each pair of sides.
#pragma once

#include "placement/pin_costs.h"
#include "placement/pins.h"

namespace marquetry::placement {

// Modules of a link between the same two edges, or of a PHY to the outside on one.
struct Group {
  std::optional<std::size_t> link{}, external{};
  std::size_t edge_a{}, edge_b{};  // of Edges; an external PHY has the first alone
  std::size_t modules{};
  std::size_t straight{};            // of these, how many can face their partner with nothing between
  std::optional<Interval> window{};  // in which they can
  bool must_face{};
};

Shape shape_of(const layout::Problem& problem, const Group& group);

// Adds what found no place to `shortages`.
std::vector<Group> assign_sides(const layout::Problem& problem, const layout::Layout& layout,
                                const Edges& edges, std::vector<Shortage>& shortages);

}  // namespace marquetry::placement
