#include "power/breakdown.h"

#include <algorithm>

namespace marquetry::power {
namespace {

// Of the energy of a clock, what modules that are nothing but SRAM take.
double sram_energy_share(const Library& library, const Die<double>& die) {
  if (die.given_power) return 0;
  double sram = 0, all = 0;
  for (const auto& use : die.modules) {
    const double energy = use.active * use.module.energy.si();
    all += energy;
    if (use.row > 0 && library.modules[use.row - 1].kind == "sram") sram += energy;
  }
  return all > 0 ? sram / all : 0;
}

// Of a die's area, what its SRAM macros take; of a module that was measured as one nothing is known.
double sram_area_share(const Die<double>& die, const area::DieOutline<double>& outline) {
  Data<> bits{};
  for (const auto& use : die.modules) bits += use.count * use.module.sram;
  const double share = bits / die.node.sram_density / outline.area;
  return std::min(share, 1.0);
}

}  // namespace

std::vector<Item> breakdown(const Library& library, const System<double>& system,
                            std::span<const Memory* const> memories,
                            std::span<const area::DieOutline<double>> outlines,
                            std::span<const DiePower<double>> dies, const PackagePower<double>& power) {
  std::vector<Item> out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    const Power<> dynamic = die.count * dies[d].dynamic, leakage = die.count * dies[d].leakage;
    const double switched = sram_energy_share(library, die), cells = sram_area_share(die, outlines[d]);
    out.push_back({"dynamic: " + die.id, (1 - switched) * dynamic});
    out.push_back({"sram: " + die.id, switched * dynamic});
    out.push_back({"leakage: " + die.id, (1 - cells) * leakage});
    out.push_back({"sram leakage: " + die.id, cells * leakage});
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    const auto& memory = system.memories[m];
    if (memory.sold_separately) continue;
    const Power<> idle = memory.stacks * system.dies[memory.host].count * memory.memory.idle_power;
    const Power<> moved = power.memories[m] - idle;
    const double at_host = memory.beside() * memories[m]->interface_share.typ;
    out.push_back({"memory: " + memory.id, (1 - at_host) * moved});
    out.push_back({"memory phy: " + memory.id, at_host * moved});
    out.push_back({"refresh and standby: " + memory.id, idle});
  }
  for (const auto& network : system.networks) {
    out.push_back({"link: " + network.id, link_power(system, network)});
  }
  out.push_back({"regulators", power.conversion});
  return out;
}

}  // namespace marquetry::power
