#include "power/power.h"

namespace marquetry::power {
template <Number Real>
Power<Real> link_power(const System<Real>& system, const Network<Real>& network) {
  const auto& link = network.link;
  const Bandwidth<Real> one_way =
      system.dies[network.from].count * network.modules * link.lanes * link.lane_rate;
  const bool between_types = network.to && *network.to != network.from;
  const Power<Real> busy = one_way * (between_types ? 2.0 : 1.0) * link.energy;
  if (!network.activity) return busy;
  return busy * (link.idle_share + *network.activity * (1.0 - link.idle_share));
}

template <Number Real>
Power<Real> stack_power(const AttachedMemory<Real>& memory) {
  Power<Real> moved = stack_bandwidth(memory.memory) * memory.memory.energy;
  // Through a joint no PHY drives a way across the carrier.
  if (memory.stacking) moved = moved * (1.0 - memory.on_host * memory.memory.interface_share);
  if (memory.activity) moved = moved * *memory.activity;
  return moved + memory.memory.idle_power;
}

template <Number Real>
Power<Real> phy_power(const AttachedMemory<Real>& memory) {
  Power<Real> moved = stack_bandwidth(memory.memory) * memory.memory.energy * memory.memory.interface_share;
  if (memory.stacking) moved = moved * memory.beside();
  if (memory.activity) moved = moved * *memory.activity;
  return moved;
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
  out.leakage = outline.area * die.node.leakage;
  if (die.voltage) {
    const Real ratio = *die.voltage / die.node.supply_voltage;
    out.dynamic = out.dynamic * square(ratio);
    out.leakage = out.leakage * leakage_ratio(*die.curve, *die.voltage, die.node.supply_voltage);
  }
  if (die.power_cap) out = throttled(out, *die.curve, supply_voltage(die, out), *die.power_cap);
  out.dynamic = named(label<Real>("dynamic power of a die ", die.id), out.dynamic);
  out.leakage = named(label<Real>("leakage of a die ", die.id), out.leakage);
  return out;
}

template <Number Real>
Voltage<Real> supply_voltage(const Die<Real>& die, const DiePower<Real>& power) {
  const Voltage<Real> given = die.voltage ? *die.voltage : die.node.supply_voltage;
  return power.throttle ? given * power.throttle->voltage : given;
}

template <Number Real>
void package_power(const System<Real>& system, std::span<const DiePower<Real>> die, PackagePower<Real>& out) {
  out.dies.resize(system.dies.size());
  out.memories.resize(system.memories.size());
  out.phys.assign(system.dies.size(), {});
  Power<Real> load{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    out.dies[d] = system.dies[d].count * (die[d].dynamic + die[d].leakage);
    load += out.dies[d];
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& memory = system.memories[m];
    out.memories[m] = {};
    if (memory.sold_separately) continue;
    out.memories[m] = memory.stacks * system.dies[memory.host].count * stack_power(memory);
    load += out.memories[m];
    out.phys[memory.host] += memory.memory.on_package * memory.stacks * phy_power(memory);
  }
  out.links = {};
  for (const auto& network : system.networks) {
    const Power<Real> all = link_power(system, network);
    const std::size_t to = network.to.value_or(network.from);
    for (const std::size_t end : {network.from, to})
      out.phys[end] += all / (2.0 * larger(system.dies[end].count, Real(1.0)));
    out.links += all;
  }
  load = named("power of the loads", load + named("link power", out.links));
  out.total = load / system.assumptions.regulator_efficiency;
  out.conversion = out.total - load;
}

template <Number Real>
void keep_cap(const System<Real>& system, std::vector<DiePower<Real>>& die, PackagePower<Real>& out) {
  if (!system.power_cap) return;
  Power<Real> fixed = out.links;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (!system.dies[d].curve) fixed += out.dies[d];
  }
  for (const auto& memory : out.memories) fixed += memory;
  const Power<Real> room = larger(*system.power_cap * system.assumptions.regulator_efficiency - fixed,
                                  Power<Real>(1e-9 * unit::W));
  const std::vector<DiePower<Real>> before = die;
  const auto drawn = [&before](std::size_t d) {
    return larger(before[d].dynamic + before[d].leakage, Power<Real>(1e-9 * unit::W));
  };
  Real slowest{1.0};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& part = system.dies[d];
    if (!part.curve) continue;
    Real shares =
        part.count;  // all that is clocked / what one of these draws; its own power once, for ranges
    for (std::size_t other = 0; other < system.dies.size(); ++other) {
      if (other == d || !system.dies[other].curve) continue;
      shares = shares + system.dies[other].count * (drawn(other) / drawn(d));
    }
    die[d] = throttled(before[d], *part.curve, supply_voltage(part, before[d]), room / shares);
    slowest = smaller(slowest, die[d].throttle->clock);
    if (!before[d].throttle) continue;
    die[d].throttle->clock = die[d].throttle->clock * before[d].throttle->clock;
    die[d].throttle->voltage = die[d].throttle->voltage * before[d].throttle->voltage;
  }
  package_power(system, std::span<const DiePower<Real>>{die}, out);
  // Kept, unless some clock is as low as it gets; ranges do not see that by themselves.
  const Power<Real> kept = smaller(out.total, *system.power_cap);
  out.total = named("power within the cap",
                    Power<Real>::from_si(select_less(Real(least_clock), slowest, kept.si(), out.total.si())));
}

#define INSTANTIATE(Real)                                                                                 \
  template Power<Real> link_power(const System<Real>&, const Network<Real>&);                             \
  template Power<Real> stack_power(const AttachedMemory<Real>&);                                          \
  template Power<Real> phy_power(const AttachedMemory<Real>&);                                            \
  template DiePower<Real> die_power(const Die<Real>&, const area::DieOutline<Real>&);                     \
  template Voltage<Real> supply_voltage(const Die<Real>&, const DiePower<Real>&);                         \
  template void package_power(const System<Real>&, std::span<const DiePower<Real>>, PackagePower<Real>&); \
  template void keep_cap(const System<Real>&, std::vector<DiePower<Real>>&, PackagePower<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::power
