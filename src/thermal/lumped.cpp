#include "thermal/lumped.h"

namespace marquetry::thermal {
namespace {

// Heat of one die and of what is stacked on it leaves through the same area.
template <Number Real>
Power<Real> pile_power(const System<Real>& system, std::span<const power::DiePower<Real>> die_power,
                       std::size_t base) {
  Power<Real> sum = die_power[base].dynamic + die_power[base].leakage;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (system.dies[d].parent != base) continue;
    sum += system.dies[d].count / system.dies[base].count * pile_power(system, die_power, d);
  }
  return sum;
}

std::size_t base_of(const auto& system, std::size_t d) {
  while (system.dies[d].parent) d = *system.dies[d].parent;
  return d;
}

}  // namespace

template <Number Real>
void lumped(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
            std::span<const power::DiePower<Real>> die_power, const power::PackagePower<Real>& power,
            ThermalFigures<Real>& out) {
  const auto& cooling = system.cooling;
  out.dies.resize(system.dies.size());
  out.memories.resize(system.memories.size());
  out.case_temperature = named("case temperature", cooling.ambient + power.total * cooling.resistance);
  out.peak = out.case_temperature;
  out.peak_flux = {};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const std::size_t base = base_of(system, d);
    const PowerPerArea<Real> flux = pile_power(system, die_power, base) / outlines[base].area;
    out.dies[d] = named(label<Real>("temperature of ", system.dies[d].id),
                        out.case_temperature + flux * system.assumptions.die_resistance);
    out.peak = larger(out.peak, out.dies[d]);
    out.peak_flux = larger(out.peak_flux, flux);
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& memory = system.memories[m].memory;
    const Area<Real> size = larger(memory.width * memory.height, Area<Real>(1.0 * unit::mm2));
    const Power<Real> heat = power::stack_power(system.memories[m]);
    out.memories[m] =
        out.case_temperature + memory.on_package * (heat / size * system.assumptions.die_resistance);
  }
  out.peak = named("peak temperature", out.peak);
}

#define INSTANTIATE(Real)                                                                        \
  template void lumped(const System<Real>&, std::span<const area::DieOutline<Real>>,             \
                       std::span<const power::DiePower<Real>>, const power::PackagePower<Real>&, \
                       ThermalFigures<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::thermal
