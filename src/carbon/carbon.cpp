#include "carbon/carbon.h"

#include <numbers>

#include "cost/wafer.h"

namespace marquetry::carbon {
namespace {

constexpr auto act_materials = 500 * unit::gCO2 / unit::cm2;  // ACT, MPA of every node
constexpr double act_yield = 0.875;                           // ACT, default of its fabs
constexpr auto act_package = 150 * unit::gCO2;                // ACT, an IC

// Bonds that are made for one package that is shipped.
template <Number Real>
Real bonds(const System<Real>& system, const cost::Starts<Real>& starts) {
  Real count{0.0};
  for (std::size_t d = 0; d < system.dies.size(); ++d) count = count + system.dies[d].count * starts.dies[d];
  for (const auto& memory : system.memories) {
    if (memory.sold_separately) continue;
    count =
        count + memory.stacks * system.dies[memory.host].count * (memory.memory.on_package * starts.parts);
  }
  return count;
}

// What carries the dies, and attaching them.
template <Number Real>
Scopes<Carbon<Real>> packaging_carbon(const System<Real>& system, const area::PackageArea<Real>& area,
                                      const cost::UnitCost<Real>& cost, const Quirks& quirks) {
  if (quirks.has(quirk("act-package-150g"))) return {.materials = Carbon<Real>(act_package)};
  const auto& packaging = system.packaging;
  const auto& starts = cost.starts;
  const Carbon<Real> bonding = named(
      "carbon of bonding", bonds(system, starts) * (system.assumptions.bond_energy * system.assembly_grid));
  const Carbon<Real> bought = starts.carriers * cost.carrier_taken * packaging.carrier_emissions +
                              starts.parts * (cost::bridge_count(system) * packaging.bridge_emissions) +
                              starts.substrates * area.substrate * packaging.substrate_emissions;
  return {.electricity = bonding, .materials = named("carbon of carrier, bridges and substrate", bought)};
}

// Nothing is lost.
template <Number Real>
cost::UnitCost<Real> without_loss(const cost::UnitCost<Real>& cost) {
  cost::UnitCost<Real> out;
  out.carrier_taken = cost.carrier_taken;
  out.starts.dies.assign(cost.starts.dies.size(), Real{1.0});
  return out;
}

}  // namespace

template <Number Real>
Scopes<CarbonPerArea<Real>> wafer_emissions(const NodeParameters<Real>& node,
                                            const AssumptionParameters<Real>& rules, const Quirks& quirks) {
  Scopes<CarbonPerArea<Real>> out;
  // Published at 95 and 99 % abatement; in proportion to what is not abated between them.
  out.gases = node.fab_gases_abated +
              (node.fab_gases - node.fab_gases_abated) * Real((0.99 - rules.abatement) / (0.99 - 0.95));
  out.electricity = node.fab_energy * node.fab_grid;
  out.materials = quirks.has(quirk("act-mpa-500")) ? CarbonPerArea<Real>(act_materials) : node.fab_materials;
  return out;
}

template <Number Real>
DieCarbon<Real> die_carbon(const System<Real>& system, std::size_t d, const area::DieOutline<Real>& outline,
                           const cost::DieCost<Real>& cost, const Quirks& quirks) {
  const auto& die = system.dies[d];
  const auto& rules = system.assumptions;
  const auto wafer = wafer_emissions(die.node, rules, quirks);
  const Area<Real> whole = Real(std::numbers::pi / 4) * (die.node.wafer_diameter * die.node.wafer_diameter);
  const Area<Real> area =
      quirks.has(quirk("act-whole-area")) ? outline.area : whole / cost::at_least_some(cost.gross);
  const Real passed = quirks.has(quirk("act-typed-yield")) ? Real(act_yield) : cost.passed;
  const Area<Real> taken = named(label<Real>("wafer area for a die that passes, ", die.id), area / passed);
  DieCarbon<Real> out;
  out.made.gases = named(label<Real>("gases of ", die.id), wafer.gases * taken);
  out.made.electricity = named(label<Real>("fab electricity of ", die.id), wafer.electricity * taken);
  out.made.materials = named(label<Real>("materials of ", die.id), wafer.materials * taken);
  if (!quirks.has(quirk("act-no-design"))) {
    // Sudarshan et al., ECO-CHIP, HPCA 2024, equation 12: computers that try the design out, again and again.
    out.design = named(label<Real>("carbon of designing ", die.id),
                       outline.area * die.node.logic_density * rules.design_energy * rules.design_grid);
  }
  return out;
}

template <Number Real>
CarbonFigures<Real> carbon(const System<Real>& system, std::span<const DieCarbon<Real>> dies,
                           const area::PackageArea<Real>& area, const cost::UnitCost<Real>& cost,
                           const power::PackagePower<Real>& power, const Quirks& quirks) {
  if (quirks.has(quirk("act-no-loss"))) {
    return carbon(system, dies, area, without_loss(cost), power, quirks.without(quirk("act-no-loss")));
  }
  CarbonFigures<Real> out;
  for (std::size_t d = 0; d < dies.size(); ++d) {
    const Real count = named(label<Real>("started for one that is shipped, ", system.dies[d].id),
                             system.dies[d].count * cost.starts.dies[d]);
    out.scopes.gases += count * dies[d].made.gases;
    out.scopes.electricity += count * dies[d].made.electricity;
    out.scopes.materials += count * dies[d].made.materials;
    out.design += dies[d].design / system.volume;
  }
  for (const auto& attached : system.memories) {
    if (attached.sold_separately) continue;
    const Real count = named(label<Real>("started for one that is shipped, ", attached.id),
                             attached.stacks * system.dies[attached.host].count * cost.starts.parts);
    out.memories += count * (attached.memory.capacity * attached.memory.emissions);
  }
  const auto packaging = packaging_carbon(system, area, cost, quirks);
  out.dies = named("carbon of the dies", out.scopes.all());
  out.memories = named("carbon of the memories", out.memories);
  out.packaging = named("carbon of the packaging", packaging.all());
  out.design = named("carbon of the design, per unit", out.design);
  out.scopes.electricity += packaging.electricity + out.design;
  out.scopes.materials += packaging.materials + out.memories;
  out.embodied = out.dies + out.memories + out.packaging + out.design;
  const auto& rules = system.assumptions;
  out.price = out.embodied * rules.carbon_price;
  out.operational = power.total * rules.use_share * rules.use_time * system.use_grid;
  return out;
}

#define INSTANTIATE(Real)                                                                                 \
  template Scopes<CarbonPerArea<Real>> wafer_emissions(const NodeParameters<Real>&,                       \
                                                       const AssumptionParameters<Real>&, const Quirks&); \
  template DieCarbon<Real> die_carbon(const System<Real>&, std::size_t, const area::DieOutline<Real>&,    \
                                      const cost::DieCost<Real>&, const Quirks&);                         \
  template CarbonFigures<Real> carbon(const System<Real>&, std::span<const DieCarbon<Real>>,              \
                                      const area::PackageArea<Real>&, const cost::UnitCost<Real>&,        \
                                      const power::PackagePower<Real>&, const Quirks&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::carbon
