#include "cost/die.h"

#include "cost/wafer.h"

namespace marquetry::cost {

template <Number Real>
DieCost<Real> die_cost(const Die<Real>& die, const area::DieOutline<Real>& outline,
                       const System<Real>& system, const yield::Model& model) {
  const auto& node = die.node;
  const auto& test = system.test;
  const auto& rules = system.assumptions;
  DieCost<Real> out;
  out.gross = gross_dies(outline.width, outline.height, node.wafer_diameter, rules);
  out.yield =
      named(label<Real>("yield of ", die.id),
            model.function<Real>()(outline.area, {node.defect_density, node.clustering}), model.source);
  // A test of coverage c passes what is good and misses 1 - c of the rest. Each variable stands once: tight
  // bounds.
  out.passed = named("share that passes wafer sort", 1.0 - test.sort_coverage * (1.0 - out.yield));
  out.quality =
      named("quality after wafer sort", 1.0 / (1.0 + (1.0 - test.sort_coverage) * (1.0 / out.yield - 1.0)));
  const Money<Real> raw = named("raw die", node.wafer_price / out.gross);
  out.known_good =
      named(label<Real>("known good die ", die.id), (raw + test.sort_time * test.sort_rate) / out.passed);
  // Module design, chip design and masks. Feng & Ma, Chiplet Actuary, DAC 2022.
  const Real size = outline.area / rules.nre_area;
  out.nre = named(label<Real>("NRE of ", die.id),
                  node.nre * (size * (rules.module_nre + rules.chip_nre) + rules.chip_nre_fixed));
  return out;
}

#define INSTANTIATE(Real)                                                                               \
  template DieCost<Real> die_cost(const Die<Real>&, const area::DieOutline<Real>&, const System<Real>&, \
                                  const yield::Model&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
