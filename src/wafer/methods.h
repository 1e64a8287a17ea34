// The ways to count the dies on a wafer, as rows of one table: ours and those of the published peers.
#pragma once

#include <array>
#include <string_view>

#include "wafer/catch_rows.h"
#include "wafer/closed_forms.h"

namespace marquetry::wafer {

// Lengths in any one unit. What is beyond the usable radius does not exist.
struct Method {
  std::string_view name, summary, source;
  double (*dies)(double width, double height, double scribe, double usable_radius);
};

inline constexpr std::array methods{
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
