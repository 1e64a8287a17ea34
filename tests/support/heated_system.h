// A system with its outlines, powers and temperatures in closed form.
#pragma once

#include "thermal/lumped.h"

namespace marquetry::test {

struct Heated {
  std::vector<area::DieOutline<double>> outlines{};
  std::vector<power::DiePower<double>> dies{};
  power::PackagePower<double> power{};
  thermal::ThermalFigures<double> thermal{};
};

inline Heated heated(const System<double>& system) {
  Heated out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    out.outlines.push_back(area::die_outline(system, d));
    out.dies.push_back(power::die_power(system.dies[d], out.outlines[d]));
  }
  power::package_power<double>(system, out.dies, out.power);
  thermal::lumped<double>(system, out.outlines, area::package_area<double>(system, out.outlines), out.dies,
                          out.power, out.thermal);
  return out;
}

}  // namespace marquetry::test
