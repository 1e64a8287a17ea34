// A system with all that cost needs, worked out in the order of the models.
#pragma once

#include "cost/assembly.h"
#include "support/small_system.h"

namespace marquetry::test {

struct Costed {
  std::vector<area::DieOutline<double>> outlines{};
  std::vector<cost::DieCost<double>> dies{};
  area::PackageArea<double> area{};
  cost::UnitCost<double> unit{};
};

inline Costed costed(const System<double>& system, const Models& models = {}) {
  Costed out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    out.outlines.push_back(area::die_outline(system, d));
    out.dies.push_back(cost::die_cost(system, d, out.outlines[d], models));
  }
  out.area = area::package_area<double>(system, out.outlines);
  cost::unit_cost<double>(system, out.outlines, out.dies, out.area, models, out.unit);
  return out;
}

}  // namespace marquetry::test
