// What it costs a module of a link to stand on each pair of sides of its two dies, before it has a place
// there.
#pragma once

#include "placement/pin_edges.h"

namespace marquetry::placement {

// By pair of sides as placed: side of die a times 4 plus side of die b.
using Costs = std::array<double, 16>;

struct Choice {
  Costs costs{};                                      // nanometres; from `forbidden` on: may not be
  std::array<std::optional<Interval>, 16> windows{};  // where the two edges face, wide enough for a module
};
inline constexpr double forbidden = 1e12;
// Wires too long for their link, or a die in the way of those to the outside.
inline constexpr double too_long = 1e9;

Choice side_choice(const layout::Problem& problem, const layout::Layout& layout, const Edges& edges,
                   const layout::Link& link);

// Along two edges that face each other: the longest piece of both with no die between; none where there is
// none, or they do not face.
std::optional<Interval> window(const layout::Problem& problem, const layout::Layout& layout, const Edge& a,
                               const Edge& b);

// Whether one stands on the other, with any number of dies between.
bool on_top_of_each_other(const layout::Problem& problem, std::size_t a, std::size_t b);
// Whether a side, as placed, is where the die's maker wants it.
bool allowed(const layout::Layout& layout, std::size_t die, const std::optional<Side>& fixed, Side side);
bool must_face(const layout::Problem& problem, const layout::Link& link);
Rect segment(const Edge& edge);

}  // namespace marquetry::placement
