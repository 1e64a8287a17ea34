// Exposures that a wafer needs: fields that hold at least one whole die, partial fields included.
#pragma once

#include <span>
#include <vector>

#include "wafer/placement.h"
#include "wafer/stitching.h"

namespace marquetry::wafer {

struct ShotMap {
  long dies{};             // whole ones, at the best offset of the grid
  long columns{}, rows{};  // dies in a field
  long shots{};            // of the phase of fields against dies that needs fewest
  bool field_turned{};     // the field's width lies along the die's height
};

// The field takes floor((w + s) / X) x floor((h + s) / Y) dies. A die larger than the field gives a map
// without shots: it is an error, or stitched (wafer/stitching.h). Where there is no keep-out the field may be
// turned.
ShotMap shot_map(const Site& site, const Field& field);
ShotMap shot_map(const Site& site, const Field& field, Workspace& workspace);

// Lithography is paid by the shot: the wafer's price, with the share of its lithography, stated for so many
// shots.
template <Number Real>
Real wafer_price_factor(const Real& litho_share, double shots, double stated_shots) {
  return 1.0 + litho_share * (shots / stated_shots - 1.0);
}

// One of several dies of a field, from the field's lower left corner.
struct FieldDie {
  Length<> x{}, y{}, width{}, height{};
  double value{1};
};

struct MixedPlacement {
  std::vector<long> dies{};  // whole ones of each
  long shots{};              // fields with at least one
  double value{};            // sum over whole dies
  Length<> x{}, y{};         // lower left corner of one field; the others follow at its pitch
};

// Several dies in one field, the field at its pitch being the lattice cell. Whole dies of partial fields
// count. The offset is the better of the best for whole fields and of 41 x 41 others, by value: the optimum
// may be a little above it.
MixedPlacement place_mixed(const Site& fields, std::span<const FieldDie> content);

}  // namespace marquetry::wafer
