#include "cost/die.h"

#include "cost/die_yield.h"
#include "cost/lot.h"
#include "cost/wafer.h"

namespace marquetry::cost {
namespace {

// 1 where the die's wafer is bonded to another before it is diced.
template <Number Real>
Real bonded_as_wafer(const System<Real>& system, std::size_t d) {
  Real bonded = system.dies[d].parent ? system.dies[d].stacking.wafer_to_wafer : Real{0.0};
  for (const auto& die : system.dies) {
    if (die.parent == d) bonded = larger(bonded, die.stacking.wafer_to_wafer);
  }
  return bonded;
}

}  // namespace

template <Number Real>
DieCost<Real> die_cost(const System<Real>& system, std::size_t d, const area::DieOutline<Real>& outline,
                       const Models& models) {
  const auto& die = system.dies[d];
  const auto& node = die.node;
  DieCost<Real> out;
  out.gross = gross_dies(outline.width, outline.height, node.wafer_diameter, system.assumptions, models);
  const auto [whole, sold] = die_yield(die, outline, *models.yield);
  out.whole = whole;
  out.yield = sold;
  out.raw = named("raw die", node.wafer_price / out.gross);
  const Real transistors = outline.area * (node.logic_density * node.logic_utilisation);
  auto sort =
      screen_of(system.test.sort, system.coverages.sort, transistors * system.test.scan_time, models.quirks);
  const Real sorted = 1.0 - bonded_as_wafer(system, d);
  sort = {sort.coverage * sorted, sort.overkill * sorted, sort.cost * sorted};
  out.sort = named("wafer sort", sort.cost);
  const auto done = screened(Lot<Real>{out.raw, out.yield}, sort, "wafer sort");
  out.passed = done.passed;
  out.quality = done.lot.quality;
  out.known_good = named(label<Real>("known good die ", die.id), done.lot.cost);
  return out;
}

#define INSTANTIATE(Real)                                                                          \
  template DieCost<Real> die_cost(const System<Real>&, std::size_t, const area::DieOutline<Real>&, \
                                  const Models&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::cost
