// The ways to count the dies on a wafer, as rows of one table: ours and those of the published peers.
#pragma once

#include <array>
#include <string_view>

#include "wafer/catch_rows.h"
#include "wafer/closed_forms.h"
#include "wafer/placement.h"

namespace marquetry::wafer {

// The default, as a row beside the others.
inline double exact_dies(double width, double height, double scribe, double usable_radius) {
  using Any = Length<>;
  return static_cast<double>(place_dies({Any::from_si(width), Any::from_si(height), Any::from_si(scribe),
                                         Any::from_si(usable_radius)})
                                 .dies);
}

// Lengths in any one unit. What is beyond the usable radius does not exist.
struct Method {
  std::string_view name, summary, source;
  double (*dies)(double width, double height, double scribe, double usable_radius);
};

inline constexpr std::array methods{
    Method{"exact", "dies placed at the best offset of their grid", "docs/analytic-model.md", exact_dies},
    Method{"actuary", "real-valued closed form of area, as if the die were square",
           "Feng & Ma, Chiplet Actuary, DAC 2022",
           [](double width, double height, double scribe, double usable_radius) {
             return actuary_dies(width * height, scribe, usable_radius);
           }},
    Method{"de-vries", "real-valued closed form of area, without streets", "ECO-CHIP, HPCA 2024",
           [](double width, double height, double, double usable_radius) {
             return de_vries_dies(width * height, 2 * usable_radius);
           }},
    Method{"catch", "rows along a chord, the best number of centred rows", "nanocad-lab/CATCH, 2025",
           catch_dies},
};

constexpr const Method* find_method(std::string_view name) {
  for (const auto& method : methods) {
    if (method.name == name) return &method;
  }
  return nullptr;
}

}  // namespace marquetry::wafer
