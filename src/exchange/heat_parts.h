// What the readers of heat cases share.
#pragma once

#include "exchange/case_fields.h"
#include "thermal/case.h"

namespace marquetry::exchange {

// Borders of what is taken as a number at all, SI.
inline constexpr double longest_side = 10, most_conductivity = 1e6, most_capacity = 1e12, most_watts = 1e9,
                        hottest = 5000, most_resistance = 1e9, most_transfer = 1e15, longest_time = 1e12;
inline constexpr std::uint32_t most_cells = 4096;  // of one side of a grid

inline thermal::Material isotropic(std::string name, double conductivity, double capacity) {
  return {.name = std::move(name),
          .along_x = conductivity,
          .along_y = conductivity,
          .across = conductivity,
          .capacity = capacity};
}

// Slabs with a closed form, from their `params`: a block for each figure that the form gives, named as it.
thermal::HeatCase read_analytic_case(Fields& top);

}  // namespace marquetry::exchange
