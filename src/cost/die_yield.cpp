#include "cost/die_yield.h"

#include "yield/harvest.h"

namespace marquetry::cost {
namespace {

// The units take what their contents need, at most the die; all the rest is common to them.
template <Number Real>
Real sold_share(const Die<Real>& die, const area::DieOutline<Real>& outline, const yield::Model& model) {
  const auto& units = die.modules[*die.harvested];
  const Area<Real> one =
      named("area of a harvested unit",
            smaller(area::module_area(die, units.module), outline.area / larger(units.count, Real(1.0))));
  const Area<Real> common = larger(outline.area - units.count * one, Area<Real>(0.0 * unit::mm2));
  const auto& density = die.node.defect_density;
  return yield::sellable<Real>({.common = common * density,
                                .unit = one * density,
                                .units = units.count,
                                .needed = units.active,
                                .clustering = die.node.clustering,
                                .critical_steps = die.node.critical_layers},
                               model);
}

}  // namespace

template <Number Real>
DieYield<Real> die_yield(const Die<Real>& die, const area::DieOutline<Real>& outline,
                         const yield::Model& model) {
  DieYield<Real> out;
  const auto& node = die.node;
  out.whole = named(
      label<Real>("yield of ", die.id),
      model.function<Real>()(outline.area, {node.defect_density, node.clustering, node.critical_layers}),
      model.source);
  out.sold = out.whole;
  if (die.harvested) {
    out.sold = named(label<Real>("share that can be sold of ", die.id), sold_share(die, outline, model),
                     "enough good units under clustered defects, docs/yield.md");
  }
  return out;
}

#define INSTANTIATE(Real) \
  template DieYield<Real> die_yield(const Die<Real>&, const area::DieOutline<Real>&, const yield::Model&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
