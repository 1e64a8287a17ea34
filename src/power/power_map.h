// Where on a die its watts are made: rectangles that share it out without gap or overlap. PHYs stand where
// the layout has them and take the power of their links; the rest of the die takes the rest evenly, since no
// design says where its modules stand.
#pragma once

#include <span>
#include <vector>

#include "design/design.h"
#include "geometry/raster.h"
#include "layout/layout.h"
#include "power/power.h"

namespace marquetry::power {

// Metres from the lower-left corner of the die as it stands, turned with it. W.
struct Spot {
  geometry::Box box{};
  double dynamic{};  // what does not depend on the temperature
  double leakage{};  // at the reference
};

struct DieMap {
  double width{}, height{};
  std::vector<Spot> spots{};
  double slope{};      // of the leakage: exp(slope (T - reference)), per kelvin
  double reference{};  // K
};

// The temperature at which the library states leakage.
inline constexpr double leakage_reference = 358.15;

// W that a part of a die draws beside the rest of it. Parts may overlap: their powers then add up there.
struct Part {
  geometry::Rect rect{};
  double power{};
};

// outline and parts in the same coordinates, in nanometres; what of a part lies outside the outline is
// pushed to what lies inside. core: W that the whole die draws evenly, with or without parts on it.
DieMap die_map(const geometry::Rect& outline, std::span<const Part> parts, double core, double leakage);

// W of each cell of a grid over the die, leakage at the reference. Row 0: the least y.
std::vector<double> raster(const DieMap& map, std::size_t columns, std::size_t rows);

// By die of the problem, which was made from that system (placement/package_problem.h). Their sum is the
// power of dies, memories and links; that of memories sold separately and of regulators is made elsewhere.
// Links within piles warm both their dies evenly.
std::vector<DieMap> power_maps(const Library& library, const Design& design, const Choice& choice,
                               const System<double>& system, std::span<const DiePower<double>> dies,
                               const PackagePower<double>& power, const layout::Problem& problem,
                               const layout::Layout& layout);

}  // namespace marquetry::power
