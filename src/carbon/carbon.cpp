#include "carbon/carbon.h"

#include <numbers>

namespace marquetry::carbon {

template <Number Real>
Carbon<Real> die_carbon(const Die<Real>& die, const cost::DieCost<Real>& cost) {
  const Area<Real> wafer = Real(std::numbers::pi / 4) * (die.node.wafer_diameter * die.node.wafer_diameter);
  return named(label<Real>("carbon of a die ", die.id),
               die.node.wafer_carbon * wafer / (cost.gross * cost.passed));
}

template <Number Real>
CarbonFigures<Real> carbon(const System<Real>& system, std::span<const Carbon<Real>> dies,
                           const area::PackageArea<Real>& area, const cost::UnitCost<Real>& cost,
                           const power::PackagePower<Real>& power) {
  CarbonFigures<Real> out;
  const auto& starts = cost.starts;
  for (std::size_t d = 0; d < dies.size(); ++d) out.dies += system.dies[d].count * starts.dies[d] * dies[d];
  for (const auto& [id, memory, stacks, host, separate, unattachable] : system.memories) {
    if (separate) continue;
    const Real count = stacks * system.dies[host].count;
    out.memories += count * starts.parts * (memory.capacity * memory.emissions);
  }
  out.packaging = starts.carriers * area.carrier * system.packaging.carrier_emissions +
                  starts.substrates * area.substrate * system.packaging.substrate_emissions;
  out.dies = named("carbon of the dies", out.dies);
  out.memories = named("carbon of the memories", out.memories);
  out.packaging = named("carbon of the packaging", out.packaging);
  out.embodied = out.dies + out.memories + out.packaging;
  const auto& rules = system.assumptions;
  out.operational = power.total * rules.use_share * rules.use_time * system.use_grid;
  return out;
}

#define INSTANTIATE(Real)                                                                          \
  template Carbon<Real> die_carbon(const Die<Real>&, const cost::DieCost<Real>&);                  \
  template CarbonFigures<Real> carbon(const System<Real>&, std::span<const Carbon<Real>>,          \
                                      const area::PackageArea<Real>&, const cost::UnitCost<Real>&, \
                                      const power::PackagePower<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::carbon
