#include "refine/links.h"

#include <algorithm>
#include <cmath>

namespace marquetry::refine {
namespace {

constexpr Length<> nanometre = unit::nm;

// Of every link of the problem: the wires of its modules.
struct Wiring {
  Length<> longest{}, sum{};
  double count{};
};

// A link whose modules have no place goes from centre to centre.
Length<> centre_distance(const layout::Layout& layout, std::size_t a, std::size_t b) {
  const auto one = layout::outline(layout, a), two = layout::outline(layout, b);
  const auto apart = [](auto low, auto high, auto other_low, auto other_high) {
    return std::abs(static_cast<double>(low + high - other_low - other_high)) / 2;
  };
  return (apart(one.low.x, one.high.x, two.low.x, two.high.x) +
          apart(one.low.y, one.high.y, two.low.y, two.high.y)) *
         nanometre;
}

std::vector<Wiring> wires_by_link(const placement::PackageProblem& package, const layout::Layout& layout) {
  std::vector<Wiring> out(package.problem.links.size());
  for (const auto& wire : placement::module_wires(package.problem, layout)) {
    auto& link = out[wire.link];
    const Length<> length = wire.length * nanometre;
    link.longest = std::max(link.longest, length);
    link.sum += length;
    ++link.count;
  }
  for (std::size_t l = 0; l < out.size(); ++l) {
    if (out[l].count > 0) continue;
    const auto& link = package.problem.links[l];
    out[l].longest = out[l].sum = centre_distance(layout, link.a, link.b);
    out[l].count = 1;
  }
  return out;
}

// Of a die: what is left of its edge or its bumps for each that is asked for, at most all of it.
double share(double there, double asked) {
  return asked > there && asked > 0 ? std::max(there, 0.0) / asked : 1;
}

link::Room room_on(const System<double>& system, const Evaluation<double>& e, const Network<double>& network,
                   std::size_t d, const Wires* wires) {
  const auto& die = system.dies[d];
  const auto& outline = e.outlines[d];
  const double modules = area::modules_on(system, network, d);
  const bool stacked = in_stack(system, network);
  const auto& joint = joint_of(system, network);
  link::Room room{.bump_pitch = joint.bump_pitch};
  const Area<> one = joint.bump_pitch * joint.bump_pitch;
  if (one.si() > 0) {
    const auto& power = e.die_powers[d];
    const double supply = 2 * ((power.dynamic + power.leakage) / power::supply_voltage(die, power) /
                               system.assumptions.bump_current);
    const double signals = stacked ? 1 : share(outline.area / one - supply, outline.signal_bumps);
    room.area = std::min(modules * network.link.module_area, signals * modules * network.link.wires * one);
    room.area = std::max(room.area, 1e-9 * one);
  }
  if (stacked) return room;
  const Length<> edge = 2 * (outline.width + outline.height) * system.assumptions.beachfront_share;
  room.edge = modules * network.link.module_width * share(edge / unit::m, outline.beachfront / unit::m);
  if (wires != nullptr) room.escape = PerLength<>::from_si(wires->escape.typ);
  return room;
}

// Both directions of a network.
PlacedLink network_link(const Prepared& prepared, const Choice& choice, const System<double>& system,
                        const Evaluation<double>& analytic, std::size_t n, double modules,
                        const Wiring& wiring) {
  const Library& library = *prepared.library;
  const Design& design = *prepared.design;
  const auto& packaging = *find(library.packagings, chosen(design, choice, design.packaging));
  const auto& row = *find(library.links, chosen(design, choice, design.links[n].link));
  const auto& network = system.networks[n];
  const bool stacked = in_stack(system, network);
  const auto* wires = stacked ? nullptr : link::wires_of(library, packaging, row.link_class);
  PlacedLink out{
      .of = n, .modules = modules, .longest = wiring.longest, .sum = wiring.sum, .wires = wiring.count};
  out.lane_rate = stacked ? network.link.lane_rate
                          : link::highest_rate(row, wires, out.longest).value_or(link::rates(row).front());
  out.lanes = usable_lanes(row, system, analytic, n, wires).count;
  const Time<> one_way =
      network.link.latency + (wires == nullptr ? out.longest / unit::m * system.assumptions.wire_delay
                                               : link::flight(*wires, out.longest));
  out.retry = link::retry(row, link::round_trip(row, one_way, out.lanes, out.lane_rate));
  out.efficiency = network.link.efficiency * out.retry.efficiency;
  out.latency = one_way + out.retry.mean;
  out.payload = modules * out.lanes * out.efficiency * out.lane_rate;
  return out;
}

PlacedLink memory_link(const Prepared& prepared, const Choice& choice, const System<double>& system,
                       std::size_t m, const Wiring& wiring) {
  const Design& design = *prepared.design;
  const auto& packaging = *find(prepared.library->packagings, chosen(design, choice, design.packaging));
  const auto* wires = link::wires_of(*prepared.library, packaging, "advanced");
  PlacedLink out{.is_memory = true,
                 .of = m,
                 .modules = 1,
                 .longest = wiring.longest,
                 .sum = wiring.sum,
                 .wires = wiring.count,
                 .lane_rate = system.memories[m].memory.pin_rate,
                 .payload = power::stack_bandwidth(system.memories[m].memory)};
  out.latency = wires == nullptr ? out.longest / unit::m * system.assumptions.wire_delay
                                 : link::flight(*wires, out.longest);
  return out;
}

// Of the die's modules a link has no more than its share: with fewer modules than links each is placed with a
// whole one, of which it uses a part.
double modules_of(const System<double>& system, const placement::PackageProblem& package, std::size_t l) {
  const auto placed = static_cast<double>(package.problem.links[l].phy->modules);
  const auto& of = package.wiring[l];
  if (of.is_memory) return placed;
  const auto& network = system.networks[of.of];
  if (network.to != network.from) return placed;
  return std::min(placed, network.modules / std::max(1.0, network.graph.degree));
}

// Those of networks within piles, which no layout has.
void add_stacked(const Prepared& prepared, const Choice& choice, const System<double>& system,
                 const Evaluation<double>& analytic, const placement::PackageProblem& package,
                 std::vector<PlacedLink>& out) {
  for (std::size_t n = 0; n < system.networks.size(); ++n) {
    const auto& network = system.networks[n];
    if (!in_stack(system, network)) continue;
    const bool from_top = system.dies[network.from].parent == network.to;
    const std::size_t top = from_top ? network.from : *network.to;
    const double modules = area::modules_on(system, network, top);
    for (std::size_t d = 0; d < package.parts.size(); ++d) {
      const auto& part = package.parts[d];
      if (part.is_memory || part.type != top || !package.problem.dies[d].on) continue;
      auto link = network_link(prepared, choice, system, analytic, n, modules,
                               {.longest = {}, .sum = {}, .count = 1});
      link.a = from_top ? d : *package.problem.dies[d].on;
      link.b = from_top ? *package.problem.dies[d].on : d;
      out.push_back(link);
    }
  }
}

}  // namespace

const PackagingParameters<double>& joint_of(const System<double>& system, const Network<double>& network) {
  if (!in_stack(system, network)) return system.packaging;
  const bool from_top = system.dies[network.from].parent == network.to;
  return system.dies[from_top ? network.from : *network.to].stacking;
}

std::vector<PlacedLink> placed_links(const Prepared& prepared, const Choice& choice,
                                     const System<double>& system, const Evaluation<double>& analytic,
                                     const placement::PackageProblem& package, const layout::Layout& layout) {
  std::vector<PlacedLink> out;
  const auto wirings = wires_by_link(package, layout);
  for (std::size_t l = 0; l < wirings.size(); ++l) {
    const auto& of = package.wiring[l];
    const double modules = modules_of(system, package, l);
    auto link = of.is_memory ? memory_link(prepared, choice, system, of.of, wirings[l])
                             : network_link(prepared, choice, system, analytic, of.of, modules, wirings[l]);
    link.a = of.a;
    link.b = of.b;
    out.push_back(link);
  }
  add_stacked(prepared, choice, system, analytic, package, out);
  return out;
}

UsableLanes usable_lanes(const Link& row, const System<double>& system, const Evaluation<double>& analytic,
                         std::size_t n, const Wires* wires) {
  const auto& network = system.networks[n];
  UsableLanes out{.count = network.link.lanes};
  const auto look = [&](std::size_t die) {
    const double modules = area::modules_on(system, network, die);
    if (modules <= 0) return;
    const auto most = link::lanes(row, room_on(system, analytic, network, die, wires));
    const double each = std::floor(most.count / modules + 1e-9);
    if (each >= out.count) return;
    out.count = each;
    out.limit = most.limit;
  };
  look(network.from);
  if (network.to && *network.to != network.from) look(*network.to);
  return out;
}

}  // namespace marquetry::refine
