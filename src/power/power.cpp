#include "power/power.h"

namespace marquetry::power {
template <Number Real>
Power<Real> link_power(const System<Real>& system, const Network<Real>& network) {
  const auto& link = network.link;
  const Bandwidth<Real> one_way =
      system.dies[network.from].count * network.modules * link.lanes * link.lane_rate;
  const bool between_types = network.to && *network.to != network.from;
  return one_way * (between_types ? 2.0 : 1.0) * link.energy;
}

template <Number Real>
DiePower<Real> die_power(const Die<Real>& die, const area::DieOutline<Real>& outline) {
  DiePower<Real> out;
  if (die.given_power) {
    out.dynamic = *die.given_power;
  } else {
    Energy<Real> clock_energy{};
    for (const auto& use : die.modules) clock_energy += use.active * use.module.energy;
    out.dynamic = clock_energy * (die.node.energy_scale * die.activity) * die.clock;
  }
  out.dynamic = named(label<Real>("dynamic power of a die ", die.id), out.dynamic);
  out.leakage = named(label<Real>("leakage of a die ", die.id), outline.area * die.node.leakage);
  return out;
}

template <Number Real>
void package_power(const System<Real>& system, std::span<const DiePower<Real>> die, PackagePower<Real>& out) {
  out.dies.resize(system.dies.size());
  out.memories.resize(system.memories.size());
  Power<Real> load{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    out.dies[d] = system.dies[d].count * (die[d].dynamic + die[d].leakage);
    load += out.dies[d];
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& [id, memory, stacks, host, separate, unattachable] = system.memories[m];
    out.memories[m] = {};
    if (separate) continue;
    out.memories[m] =
        stacks * system.dies[host].count * (stack_bandwidth(memory) * memory.energy + memory.idle_power);
    load += out.memories[m];
  }
  out.links = {};
  for (const auto& network : system.networks) out.links += link_power(system, network);
  load = named("power of the loads", load + named("link power", out.links));
  out.total = load / system.assumptions.regulator_efficiency;
  out.conversion = out.total - load;
}

#define INSTANTIATE(Real)                                                             \
  template Power<Real> link_power(const System<Real>&, const Network<Real>&);         \
  template DiePower<Real> die_power(const Die<Real>&, const area::DieOutline<Real>&); \
  template void package_power(const System<Real>&, std::span<const DiePower<Real>>, PackagePower<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::power
