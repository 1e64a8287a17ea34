#include "evaluation/physical.h"

#include <algorithm>

namespace marquetry {

Physical assumed(const System<double>& system, const Evaluation<double>& analytic) {
  Physical out{.carrier = analytic.area.carrier,
               .substrate = analytic.area.substrate,
               .mended = std::vector<double>(system.dies.size(), 1),
               .dies = analytic.thermal.dies,
               .memories = analytic.thermal.memories};
  out.refresh.resize(system.memories.size());
  for (const auto& power : analytic.die_powers) out.leakage.push_back(power.leakage);
  for (std::size_t n = 0; n < system.networks.size(); ++n) {
    const auto& link = system.networks[n].link;
    out.networks.push_back({.wire = analytic.network.wire[n],
                            .hop = analytic.network.hop[n],
                            .lane_rate = link.lane_rate,
                            .reach = link.reach,
                            .energy = link.energy,
                            .lanes = link.lanes,
                            .efficiency = link.efficiency});
  }
  return out;
}

namespace {

void take(const Routed& routed, network::NetworkFigures<double>& out) {
  if (routed.longest.si() > 0) out.latency = routed.longest;
  if (routed.bisection) out.bisection = *routed.bisection;
  for (const auto& network : routed.networks) out.collectives.push_back({network.collective, network.step});
}

}  // namespace

namespace {

// What the metal of the package takes of its power, the regulators' share included; what is lost on the board
// before it is not the package's.
Power<> lost(const System<double>& system, const Physical& physical) {
  const double watts = physical.delivered ? physical.delivered->package : 0;
  return watts * unit::W / system.assumptions.regulator_efficiency;
}

}  // namespace

System<double> placed(const System<double>& system, const Physical& physical) {
  System<double> out = system;
  for (std::size_t n = 0; n < out.networks.size(); ++n) {
    auto& link = out.networks[n].link;
    link.lanes = physical.networks[n].lanes;
    if (!out.networks[n].to) continue;
    link.lane_rate = physical.networks[n].lane_rate;
    link.reach = physical.networks[n].reach;
    link.energy = physical.networks[n].energy;
    link.efficiency = physical.networks[n].efficiency;
  }
  for (std::size_t d = 0; d < out.dies.size(); ++d) out.dies[d].mended = physical.mended[d];
  for (std::size_t m = 0; m < out.memories.size(); ++m) {
    auto& memory = out.memories[m].memory;
    memory.idle_power = physical.refresh[m].idle * memory.idle_power;
    memory.pin_rate = physical.refresh[m].rate * memory.pin_rate;
  }
  out.bridges = physical.bridges;
  return out;
}

Evaluation<double> evaluate(const System<double>& composed, const Physical& physical,
                            const Evaluation<double>& analytic, const Models& models) {
  System<double> system = placed(composed, physical);
  const Power<> metal = lost(system, physical);
  if (system.power_cap) system.power_cap = std::max(*system.power_cap - metal, 1e-9 * unit::W);
  Evaluation<double> e = analytic;
  e.area.carrier = physical.carrier;
  e.area.substrate = physical.substrate;
  for (std::size_t n = 0; n < system.networks.size(); ++n) {
    if (!system.networks[n].to) continue;
    e.network.wire[n] = physical.networks[n].wire;
    e.network.hop[n] = physical.networks[n].hop;
  }
  network::over_links(system, e.network);
  if (physical.routed) take(*physical.routed, e.network);
  for (std::size_t d = 0; d < e.die_powers.size(); ++d) {
    auto& leakage = e.die_powers[d].leakage;
    if (leakage.si() > 0)
      e.uncapped_powers[d].leakage = physical.leakage[d] / leakage * e.uncapped_powers[d].leakage;
    leakage = physical.leakage[d];
  }
  capped_power(system, e);
  e.power.total += metal;
  e.power.conversion += metal;
  thermal::lumped(system, std::span<const area::DieOutline<double>>{e.outlines}, e.area,
                  std::span<const power::DiePower<double>>{e.die_powers}, e.power, e.thermal);
  e.thermal.dies = physical.dies;
  e.thermal.memories = physical.memories;
  if (!physical.dies.empty()) e.thermal.peak = *std::ranges::max_element(physical.dies);
  package_sums(system, models, e);
  return e;
}

}  // namespace marquetry
