#include "area/die_outline.h"

namespace marquetry::area {
namespace {

// Logic at the density that whole dies of this node reach, SRAM at that of its macros, analog and I/O scaled
// from 65 nm. Mixed dies reach 0.55-0.88 of a node's headline density (the node's `logic_utilisation`).
template <Number Real>
Area<Real> content_area(const Die<Real>& die) {
  Real logic{0.0};
  Data<Real> sram{};
  Area<Real> analog{}, measured{};
  for (const auto& [module, count, active, row] : die.modules) {
    logic = logic + count * module.logic;
    sram += count * module.sram;
    analog += count * module.analog;
    measured += count * module.measured;
  }
  return named("logic area", logic / (die.node.logic_density * die.node.logic_utilisation)) +
         named("SRAM area", sram / die.node.sram_density) +
         named("analog area", analog * die.node.analog_scale) + named("area of measured modules", measured);
}

// PHYs and controllers of what is attached to the die. PHYs do not shrink with the node.
template <Number Real>
Area<Real> attachment_area(const System<Real>& system, std::size_t d) {
  const auto& node = system.dies[d].node;
  Area<Real> sum{};
  for (const auto& network : system.networks) {
    if (network.from == d || network.to == d) {
      sum += modules_on(system, network, d) * network.link.module_area;
    }
  }
  for (const auto& attached : system.memories) {
    if (attached.host != d) continue;
    sum += attached.stacks *
           (attached.phy_area() + attached.memory.controller / (node.logic_density * node.logic_utilisation));
  }
  return sum;
}

}  // namespace

template <Number Real>
Real modules_on(const System<Real>& system, const Network<Real>& network, std::size_t die) {
  if (network.from == die || !network.to) return network.modules;
  const Real many = larger(system.dies[*network.to].count, Real(1.0));  // none: then there are no modules
  return network.modules * system.dies[network.from].count / many;
}

template <Number Real>
Area<Real> module_area(const Die<Real>& die, const ModuleParameters<Real>& module) {
  const auto& node = die.node;
  return module.logic / (node.logic_density * node.logic_utilisation) + module.sram / node.sram_density +
         module.analog * node.analog_scale + module.measured;
}

template <Number Real>
Area<Real> interface_area(const System<Real>& system, std::size_t d) {
  const auto& die = system.dies[d];
  Area<Real> sum{};
  for (const auto& network : system.networks) {
    if (network.from != d && network.to != d) continue;
    Real fresh{1.0};
    if (network.from != d) {
      const std::size_t near = system.dies[network.from].node_row;
      fresh = near == 0 || die.node_row == 0 ? either(Real{0.0}, Real{1.0})
                                             : Real{near == die.node_row ? 0.0 : 1.0};
    }
    sum += fresh * network.link.module_area;
  }
  for (const auto& memory : system.memories) {
    if (memory.host != d) continue;
    sum +=
        memory.phy_area() + memory.memory.controller / (die.node.logic_density * die.node.logic_utilisation);
  }
  return sum;
}

template <Number Real>
DieOutline<Real> die_outline(const System<Real>& system, std::size_t d) {
  const Die<Real>& die = system.dies[d];
  DieOutline<Real> out;
  if (die.given_width) {
    out.width = *die.given_width;
    out.height = *die.given_height;
    out.area = out.width * out.height;
  } else {
    out.area = die.given_area
                   ? *die.given_area
                   : content_area(die) + named("area of PHYs and controllers", attachment_area(system, d));
    out.area = named(label<Real>("area of die ", die.id), out.area);
    out.width = named(label<Real>("width of die ", die.id), sqrt(out.area * die.aspect));
    out.height = named(label<Real>("height of die ", die.id), out.width / die.aspect);
  }

  Real bumps{0.0};
  for (const auto& network : system.networks) {
    if (network.from != d && network.to != d) continue;
    const Real modules = modules_on(system, network, d);
    out.beachfront += modules * network.link.module_width;
    bumps = bumps + modules * network.link.wires;
  }
  for (const auto& attached : system.memories) {
    if (attached.host != d) continue;
    const Real beside = attached.stacks * attached.beside();
    out.beachfront += beside * attached.memory.phy_beachfront;
    bumps = bumps + beside * attached.memory.phy_bumps;
  }
  out.signal_bumps = bumps;
  return out;
}

#define INSTANTIATE(Real)                                                           \
  template Area<Real> module_area(const Die<Real>&, const ModuleParameters<Real>&); \
  template Area<Real> interface_area(const System<Real>&, std::size_t);             \
  template Real modules_on(const System<Real>&, const Network<Real>&, std::size_t); \
  template DieOutline<Real> die_outline(const System<Real>&, std::size_t);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::area
