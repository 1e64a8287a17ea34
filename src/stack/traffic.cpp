#include "stack/traffic.h"

#include <cmath>

namespace marquetry::stack {
namespace {

constexpr double giga_pico = 1e-3;  // W in Gbit/s * pJ/bit

template <Number Real>
class Carrier {
 public:
  Carrier(const Stack<Real>& stack, const Quirks& quirks, Workspace<Real>& workspace)
      : stack_{stack},
        chips_{workspace.figures.chips},
        signals_{workspace.signals},
        area_twice_{quirks.has(quirk("catch-bidirectional-area-twice"))},
        unit_dropped_{quirks.has(quirk("catch-io-energy-1e12"))} {}

  void carry(const Net<Real>& net) {
    const auto& link = stack_.links[net.link_index];
    const double instances =
        net.count ? *net.count : std::ceil(representative(net.bandwidth) / representative(link.bandwidth));
    const bool both = area_twice_ && link.bidirectional;
    const Real each = both ? Real(link.transmitter_area + link.receiver_area) : Real(0.0);
    // Half of what a bidirectional link carries goes each way, and it is counted both ways.
    const double picojoules = link.energy_in_joule && !unit_dropped_ ? 1e12 : 1.0;
    const Real power = net.utilization * net.bandwidth * link.energy * (picojoules * giga_pico);
    const double counted = instances > 0 ? 1.0 : 0.0;
    add(net, net.from_index, net.to_index, instances, both ? each : link.transmitter_area, power * counted);
    add(net, net.to_index, net.from_index, instances, both ? each : link.receiver_area, power * counted);
  }

 private:
  bool is_on(std::size_t block, std::size_t chip) const {
    return block != nowhere && block >= chip && block < stack_.chips[chip].end;
  }

  void add(const Net<Real>& net, std::size_t chip, std::size_t other, double instances, const Real& area,
           const Real& power) {
    if (chip == nowhere) return;
    auto& figures = chips_[chip];
    figures.io_area = figures.io_area + instances * area;
    figures.io_power = figures.io_power + power;
    const double wires = instances * stack_.links[net.link_index].wires;
    if (!is_on(other, chip)) {
      figures.signal_pads += wires;
      signals_[chip * stack_.reaches.size() + stack_.reach_of_link[net.link_index]] += wires;
    }
    const std::size_t parent = stack_.chips[chip].parent;
    if (parent != nowhere && !is_on(other, parent)) chips_[parent].bonds += wires;
  }

  const Stack<Real>& stack_;
  std::vector<ChipFigures<Real>>& chips_;
  std::vector<double>& signals_;
  bool area_twice_{}, unit_dropped_{};
};

}  // namespace

template <Number Real>
void carry_nets(const Stack<Real>& stack, const Quirks& quirks, Workspace<Real>& workspace) {
  workspace.signals.assign(stack.chips.size() * stack.reaches.size(), 0.0);
  Carrier<Real> carrier{stack, quirks, workspace};
  for (const auto& net : stack.nets) carrier.carry(net);
}

template void carry_nets(const Stack<double>&, const Quirks&, Workspace<double>&);
template void carry_nets(const Stack<Dual>&, const Quirks&, Workspace<Dual>&);

}  // namespace marquetry::stack
