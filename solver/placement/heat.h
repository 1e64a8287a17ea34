// The peak temperature of a plan that is being judged: by the section of its package, or by the plate, where
// that is all that is known.
#pragma once

#include <variant>

#include "placement/section_heat.h"
#include "placement/stance.h"
#include "thermal/spread.h"

namespace marquetry::placement {

// By die: of one that stands on the carrier its power and that of all on top, which leaves through the same
// face; of the others nothing.
std::vector<double> pile_powers(const layout::Problem& problem);

// Of the piles of a problem, where they stand.
std::vector<thermal::Source> sources(const layout::Problem& problem,
                                     const std::vector<geometry::Rect>& rects);

class PlateHeat {
 public:
  // On a carrier of about that size.
  PlateHeat(const layout::Problem& problem, geometry::Size carrier);

  // Kelvins above the ambient, of the hottest die.
  double peak(const std::vector<geometry::Rect>& rects);

 private:
  std::vector<std::size_t> dies_{};  // that make heat
  std::vector<double> power_{}, self_{};
  double base_{};  // what every die has: the heat from no die
  thermal::Spreader spreader_;
  std::vector<thermal::Footing> footings_{};
};

using Heat = std::variant<PlateHeat, SectionHeat>;

// Nothing where nothing is known of the way of the heat.
std::optional<Heat> heat(const layout::Problem& problem, geometry::Size carrier);

// Kelvins above the ambient, of the hottest die. rects: by die of the problem.
inline double peak(Heat& heat, const std::vector<geometry::Rect>& rects) {
  return std::visit([&](auto& of) { return of.peak(rects); }, heat);
}

}  // namespace marquetry::placement
