#include "evaluation/evaluation.h"

namespace marquetry {
namespace {

template <Number Real>
Real throughput(const std::vector<performance::Performance<Real>>& workloads) {
  Real least{1.0};
  for (const auto& w : workloads) {
    const Time<Real> free = larger(w.compute, w.memory) + w.overhead;
    // What never ends without networks either says nothing of them: infinite by infinite.
    if constexpr (!std::is_same_v<Real, Interval>) {
      if (std::isinf(representative(free.si()))) continue;
    }
    least = smaller(least, Real(1.0 / (1.0 + w.network / free)));  // each time once: tight bounds
  }
  return named("share of the rate that the network lets through", least);
}

}  // namespace

template <Number Real>
DieFigures<Real> die_figures(const System<Real>& system, std::size_t d, const Models& models) {
  const Die<Real>& die = system.dies[d];
  DieFigures<Real> f;
  f.outline = area::die_outline(system, d);
  f.cost = cost::die_cost(system, d, f.outline, models);
  f.power = power::die_power(die, f.outline);
  f.peaks = performance::die_peaks(die);
  f.sram = performance::die_sram(die);
  if (f.power.throttle) {
    for (auto& peak : f.peaks) peak = peak * f.power.throttle->clock;
  }
  f.carbon = carbon::die_carbon(system, d, f.outline, f.cost, models.quirks);
  return f;
}

template <Number Real>
void put(Evaluation<Real>& e, std::size_t d, const DieFigures<Real>& f) {
  if (e.outlines.size() <= d) {
    e.outlines.resize(d + 1);
    e.die_costs.resize(d + 1);
    e.die_powers.resize(d + 1);
    e.die_peaks.resize(d + 1);
    e.die_sram.resize(d + 1);
    e.die_carbon.resize(d + 1);
    e.uncapped_powers.resize(d + 1);
    e.uncapped_peaks.resize(d + 1);
  }
  e.outlines[d] = f.outline;
  e.die_costs[d] = f.cost;
  e.die_powers[d] = f.power;
  e.die_peaks[d] = f.peaks;
  e.die_sram[d] = f.sram;
  e.die_carbon[d] = f.carbon;
  e.uncapped_powers[d] = f.power;
  e.uncapped_peaks[d] = f.peaks;
}

template <Number Real>
void capped_power(const System<Real>& system, Evaluation<Real>& e) {
  if (system.power_cap) e.die_powers = e.uncapped_powers;
  power::package_power(system, std::span<const power::DiePower<Real>>{e.die_powers}, e.power);
  if (!system.power_cap) return;
  power::keep_cap(system, e.die_powers, e.power);
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    e.die_peaks[d] = e.uncapped_peaks[d];
    const auto &now = e.die_powers[d].throttle, &before = e.uncapped_powers[d].throttle;
    if (!now) continue;
    for (auto& peak : e.die_peaks[d]) peak = peak * (before ? now->clock / before->clock : now->clock);
  }
}

template <Number Real>
void package_figures(const System<Real>& system, const Models& models, Evaluation<Real>& e) {
  const std::span<const area::DieOutline<Real>> outlines{e.outlines};
  e.area = area::package_area(system, outlines);
  e.laminate.choice = system.laminate.choice;
  if (e.laminate.table != system.laminate.table) e.laminate.table = system.laminate.table;
  network::first_order(system, outlines, e.network);
  capped_power(system, e);
  thermal::lumped(system, outlines, e.area, std::span<const power::DiePower<Real>>{e.die_powers}, e.power,
                  e.thermal);
  package_sums(system, models, e);
}

template <Number Real>
void package_sums(const System<Real>& system, const Models& models, Evaluation<Real>& e) {
  const std::span<const area::DieOutline<Real>> outlines{e.outlines};
  cost::unit_cost(system, outlines, std::span<const cost::DieCost<Real>>{e.die_costs}, e.area, models,
                  e.cost);
  e.machine = performance::machine(system, std::span<const performance::Peaks<Real>>{e.die_peaks},
                                   std::span<const performance::DieSram<Real>>{e.die_sram}, e.network);
  e.performance.clear();
  for (const auto& workload : system.workloads) {
    e.performance.push_back(performance::roofline(workload, e.machine, system.efficiency));
  }
  e.throughput = throughput(e.performance);
  e.carbon = carbon::carbon(system, std::span<const carbon::DieCarbon<Real>>{e.die_carbon}, e.area, e.cost,
                            e.power, models.quirks);
  e.supply = supply::supply<Real>({system, e.die_costs, e.cost}, outlines, e.machine.peaks);
}

template <Number Real>
Evaluation<Real> evaluate(const System<Real>& system, const Models& models) {
  Evaluation<Real> e;
  for (std::size_t d = 0; d < system.dies.size(); ++d) put(e, d, die_figures(system, d, models));
  package_figures(system, models, e);
  return e;
}

#define INSTANTIATE(Real)                                                                 \
  template DieFigures<Real> die_figures(const System<Real>&, std::size_t, const Models&); \
  template void put(Evaluation<Real>&, std::size_t, const DieFigures<Real>&);             \
  template void capped_power(const System<Real>&, Evaluation<Real>&);                     \
  template void package_figures(const System<Real>&, const Models&, Evaluation<Real>&);   \
  template void package_sums(const System<Real>&, const Models&, Evaluation<Real>&);      \
  template Evaluation<Real> evaluate(const System<Real>&, const Models&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
