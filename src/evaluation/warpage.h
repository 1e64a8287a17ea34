// How far a package bends as it cools from assembly, against what its soldering to a board allows: an
// estimate, which says how large a package may be. Worked out from an evaluation where it is asked for, so
// that a search that does not pays nothing. Equations, sources and checks: docs/warpage.md.
#pragma once

#include <optional>

#include "evaluation/evaluation.h"
#include "evaluation/verdict.h"

namespace marquetry {

struct PackageWarpage {
  double curvature{};       // 1/m; above 0 the middle stands higher
  Length<> warpage{};       // over the diagonal
  Length<> limit{};         // what may be left of it
  Length<> largest_side{};  // of a square package of the same make, dies growing with it
};

// Balls at 1 mm bridge 0.2-0.3 mm on reflow (JEITA ED-7306 allows 0.22 mm at 1.0 mm pitch for small ball
// grids); makers of large lidded packages state 0.3-0.4 mm. An estimate.
inline const Length<> warpage_limit = 350 * unit::um;

// Over the diagonal; 0 where the library does not know the layers.
template <Number Real>
Length<Real> warpage(const Evaluation<Real>& evaluation);

// Nothing where the library does not know the layers of the packaging.
std::optional<PackageWarpage> package_warpage(const Evaluation<double>& evaluation);

// rules.warpage, where the limit is broken.
std::optional<Violation> warpage_violation(const std::optional<PackageWarpage>& warpage);

}  // namespace marquetry
