#include "cost/nre.h"

#include "cost/actuary_layers.h"
#include "cost/carrier.h"

namespace marquetry::cost {
namespace {

// 1, or 0 where the same module was designed for an earlier die (or for this one); between where that is
// open.
template <Number Real>
Real is_new(const System<Real>& system, std::size_t die, std::size_t module) {
  const auto& own = system.dies[die];
  Real fresh{1.0};
  for (std::size_t d = 0; d <= die; ++d) {
    const auto& other = system.dies[d];
    const std::size_t end = d == die ? module : other.modules.size();
    for (std::size_t m = 0; m < end; ++m) {
      const bool open = own.node_row == 0 || other.node_row == 0 || own.modules[module].row == 0 ||
                        other.modules[m].row == 0;
      if (open) {
        fresh = either(Real{0.0}, fresh);
      } else if (own.node_row == other.node_row && own.modules[module].row == other.modules[m].row) {
        return 0.0;
      }
    }
  }
  return fresh;
}

// 0 for a die that the package is made without.
template <Number Real>
Real is_made(const Die<Real>& die) {
  return smaller(die.count, Real(1.0));
}

}  // namespace

template <Number Real>
Money<Real> die_nre(const System<Real>& system, std::size_t d, const area::DieOutline<Real>& outline) {
  const auto& rules = system.assumptions;
  const auto& die = system.dies[d];
  return named(label<Real>("NRE of ", die.id),
               is_made(die) * die.node.nre *
                   (outline.area / rules.nre_area * rules.chip_nre +
                    rules.chip_nre_fixed * (1.0 - rules.mask_share * (1.0 - die.reticle_share))));
}

template <Number Real>
Money<Real> module_nre(const System<Real>& system, std::size_t d, std::size_t m) {
  const auto& rules = system.assumptions;
  const auto& die = system.dies[d];
  return named(
      label<Real>("NRE of a module on ", die.id),
      die.node.nre * (area::module_area(die, die.modules[m].module) / rules.nre_area * rules.module_nre));
}

template <Number Real>
Money<Real> interface_nre(const System<Real>& system, std::size_t d, const area::DieOutline<Real>& outline) {
  const auto& rules = system.assumptions;
  const auto& die = system.dies[d];
  const Area<Real> size = die.modules.empty() ? outline.area : area::interface_area(system, d);
  return named(label<Real>("NRE of PHYs and controllers on ", die.id),
               die.node.nre * (size / rules.nre_area * rules.module_nre));
}

template <Number Real>
Money<Real> modules_nre(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines) {
  Money<Real> sum{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    for (std::size_t m = 0; m < die.modules.size(); ++m) {
      const Real used = select_less(Real{0.0}, die.modules[m].count, Real{1.0}, Real{0.0});
      sum += is_made(die) * used * is_new(system, d, m) * module_nre(system, d, m);
    }
    sum += is_made(die) * interface_nre(system, d, outlines[d]);
  }
  return named("NRE of modules", sum);
}

template <Number Real>
Money<Real> package_nre(const System<Real>& system, const area::PackageArea<Real>& area,
                        const Quirks& quirks) {
  const auto& p = system.packaging;
  const bool as_recurring = quirks.has(quirk("actuary-adv-package-nre"));
  const Real advanced = select_less(Real{0.0}, p.carrier_factor, Real{1.0}, Real{0.0});
  const Real layers = quirks.has(quirk("actuary-substrate-step")) ? actuary_layers(system, area) : Real{1.0};
  const Money<Real> right = p.nre_fixed + p.nre_per_area * area.substrate * layers;
  const Money<Real> substrate =
      as_recurring ? advanced * (p.substrate_price * area.substrate) + (1.0 - advanced) * right : right;
  // The peer's fan-out is what builds on reconstituted wafers; its carrier's NRE per area is the fixed sum /
  // 300.
  Money<Real> fixed = p.carrier_nre_fixed;
  if (quirks.has(quirk("actuary-fo-nre-300"))) fixed = fixed * (1.0 - p.fan_out) + fixed * p.fan_out / 300.0;
  const Real more_masks = system.assumptions.mask_share * (carrier_fields(system, area, quirks) - 1.0);
  fixed = fixed * (1.0 + more_masks);
  return named("NRE of the package", substrate + advanced * (fixed + p.carrier_nre_per_area * area.carrier));
}

#define INSTANTIATE(Real)                                                                              \
  template Money<Real> die_nre(const System<Real>&, std::size_t, const area::DieOutline<Real>&);       \
  template Money<Real> module_nre(const System<Real>&, std::size_t, std::size_t);                      \
  template Money<Real> interface_nre(const System<Real>&, std::size_t, const area::DieOutline<Real>&); \
  template Money<Real> modules_nre(const System<Real>&, std::span<const area::DieOutline<Real>>);      \
  template Money<Real> package_nre(const System<Real>&, const area::PackageArea<Real>&, const Quirks&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
