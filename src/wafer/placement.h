// Dies on a round wafer, placed: the offset of the grid that gives most whole dies, found and proved.
//
// Centres of dies lie on a lattice (x + i X, y + j Y), X = width + scribe, Y = height + scribe; a die counts
// where its four corners lie in the closed disc of the usable radius and it keeps clear of the keep-out. For
// a given y the rows share one offset, whose best value is read off in one sweep (row_profile.h). In y the
// search is branch and bound: over a piece of y each row is as long as anywhere in it, which bounds the count
// of the piece; a piece is dropped where its bound is no better than what has been found. Without a keep-out
// the wafer is convex, which disc_search.h makes use of.
#pragma once

#include <compare>

#include "units/units.h"

namespace marquetry::wafer {

class Workspace;

// Corners may lie this share of the radius outside: rounding, and dies that touch the rim. The count returned
// is never below the optimum of the exact radius, never above that of one so much larger.
inline constexpr double rim_tolerance = 1e-12;

// What no die may cover at the bottom of the wafer, on the axis x = 0.
struct KeepOut {
  enum class Shape { none, notch, flat };
  Shape shape{};
  // Below the wafer's centre: the notch's, or the flat's line, below which nothing counts.
  Length<> distance{};
  Length<> radius{};  // about the notch

  friend bool operator==(const KeepOut&, const KeepOut&) = default;
};

enum class Rotation { fixed, allowed };

struct Site {
  Length<> width{}, height{}, scribe{}, usable_radius{};
  KeepOut keep_out{};
  Rotation rotation{};  // matters only where there is a keep-out: without, a wafer has no up

  friend bool operator==(const Site&, const Site&) = default;
};

struct Placement {
  long dies{};
  // Centre of one die; the others follow at the pitch. Of a rotated die, width and height change places.
  Length<> x{}, y{};
  bool rotated{};
  bool proved{true};  // else more may fit: dies so small that the search was given up
};

// Without a keep-out the count falls, or stays, with width, height, scribe and the inverse of the radius: any
// placement can be drawn in towards the centre. The same holds over a flat; a notch may break it.
Placement place_dies(const Site& site, Workspace& workspace);
Placement place_dies(const Site& site);

}  // namespace marquetry::wafer
