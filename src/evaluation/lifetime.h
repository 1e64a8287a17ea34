// A product over the years of its making: fabs learn, wafers get cheaper, volumes change.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry {

struct Year {
  double volume{};
  double defects{1}, wafer_price{1};  // relative to the library's
  Money<> recurring{};                // of a unit
  double assembly_yield{};
};

struct Lifetime {
  std::vector<Year> years{};
  double volume{};
  Money<> recurring{}, nre{}, unit{};  // of a unit, over all of them
};

// volumes: units made in each year, the first as the library has it. Defect densities fall to their floor,
// D_inf + (D - D_inf) exp(-t / tau); wafer prices by a share each year.
Lifetime evaluate_lifetime(const System<double>& system, const Models& models,
                           std::span<const double> volumes);

}  // namespace marquetry
