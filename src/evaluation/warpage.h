// How far a package bends as it cools from assembly, against what its soldering to a board allows: an
// estimate, which says how large a package may be. Equations, sources and checks: docs/warpage.md.
#pragma once

#include <optional>
#include <vector>

#include "evaluation/prepare.h"
#include "evaluation/verdict.h"
#include "mechanics/laminate.h"

namespace marquetry {

struct PackageWarpage {
  double curvature{};       // 1/m; above 0 the middle stands higher
  Length<> warpage{};       // over the diagonal
  Length<> limit{};         // what may be left of it
  Length<> largest_side{};  // of a square package of the same make, dies growing with it
};

// The layers of the package, bottom first, with what each covers of its area. Materials of unknown stiffness
// count for nothing.
std::vector<mechanics::Ply> package_plies(const Prepared& prepared, const Choice& choice,
                                          const System<double>& system, const Evaluation<double>& evaluation);

// Nothing where the library does not know the layers of the packaging.
std::optional<PackageWarpage> package_warpage(const Prepared& prepared, const Choice& choice,
                                              const System<double>& system,
                                              const Evaluation<double>& evaluation);

// rules.warpage, where the limit is broken.
std::optional<Violation> warpage_violation(const std::optional<PackageWarpage>& warpage);

}  // namespace marquetry
