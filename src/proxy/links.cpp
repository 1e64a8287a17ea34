#include "proxy/links.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numbers>

namespace marquetry::proxy {
namespace {

struct Spot {
  double x{}, y{};
};

// A quarter turn takes (x, y) of a w x h chiplet to (h - y, x).
Spot turned(const Type& type, const Phy& phy, int turns) {
  switch (turns) {
    case 1:
      return {type.height - phy.y, phy.x};
    case 2:
      return {type.width - phy.x, type.height - phy.y};
    case 3:
      return {phy.y, type.width - phy.x};
    default:
      return {phy.x, phy.y};
  }
}

// The same about the centre, as RapidChiplet's helpers.py has it.
Spot turned_by_sine(const Type& type, const Phy& phy, int turns) {
  if (turns == 0) return {phy.x, phy.y};
  const double angle = std::numbers::pi / 2 * turns, sine = std::sin(angle), cosine = std::cos(angle);
  const double x = phy.x - type.width / 2, y = phy.y - type.height / 2;
  const bool odd = turns % 2 == 1;
  return {(odd ? type.height : type.width) / 2 + (x * cosine - y * sine),
          (odd ? type.width : type.height) / 2 + (x * sine + y * cosine)};
}

Spot spot_of(const Design& design, const End& end, const Quirks& quirks) {
  if (!design.is_chiplet(end.node)) {
    const auto& router = design.routers[end.node - design.chiplets.size()];
    return {router.x, router.y};
  }
  const auto& chiplet = design.chiplets[end.node];
  const auto& type = design.types[chiplet.type];
  const auto turn = quirks.has(quirk("rapidchiplet-turn-by-sine")) ? turned_by_sine : turned;
  const auto spot = turn(type, type.phys[end.phy], chiplet.turns);
  return {chiplet.x + spot.x, chiplet.y + spot.y};
}

// Data wires of an end, both directions: its share of the signal bumps, without clocks and the like. A router
// of the interposer has no bumps. The product is in RapidChiplet's order: it is rounded down.
double data_wires(const Design& design, const End& end) {
  if (!design.is_chiplet(end.node)) return std::numeric_limits<double>::infinity();
  const auto& type = design.type_of(end.node);
  const double pitch = 1 / design.packaging.bump_pitch;
  const double bumps =
      type.width * type.height * (1 - type.power_bumps) * type.phys[end.phy].bump_share * (pitch * pitch);
  return std::max(0.0, std::floor(bumps - design.packaging.non_data_wires));
}

Wire wire_of(const Design& design, const Link& link, const Quirks& quirks) {
  const auto a = spot_of(design, link.a, quirks), b = spot_of(design, link.b, quirks);
  const double dx = std::abs(a.x - b.x), dy = std::abs(a.y - b.y);
  const auto& packaging = design.packaging;
  Wire wire{.a = link.a.node, .b = link.b.node};
  wire.length = packaging.metric == Metric::manhattan ? dx + dy : std::sqrt(dx * dx + dy * dy);
  wire.latency = std::ceil(packaging.latency.at(wire.length));
  wire.bandwidth = std::min(data_wires(design, link.a), data_wires(design, link.b)) / 2;
  wire.power = packaging.power.at(wire.length);
  return wire;
}

}  // namespace

std::vector<Wire> wires(const Design& design, const Quirks& quirks) {
  std::vector<Wire> all;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> of_pair;
  for (const auto& link : design.links) {
    const auto wire = wire_of(design, link, quirks);
    const auto [known, is_new] = of_pair.try_emplace(std::minmax(wire.a, wire.b), all.size());
    if (is_new || !quirks.has(quirk("rapidchiplet-last-of-parallel")))
      all.push_back(wire);
    else
      all[known->second] = wire;
  }
  return all;
}

std::vector<std::uint32_t> lowest_next_hops(const Design& design) {
  const auto nodes = design.nodes(), chiplets = design.chiplets.size();
  std::vector<std::vector<std::uint32_t>> neighbours(nodes);
  for (const auto& link : design.links) {
    neighbours[link.a.node].push_back(link.b.node);
    neighbours[link.b.node].push_back(link.a.node);
  }
  // Routers of the interposer come first among equals.
  const auto rank = [&](std::uint32_t node) { return std::pair{design.is_chiplet(node), node}; };
  std::vector<std::uint32_t> next(nodes * chiplets, nowhere), hops(nodes), front, further;
  for (std::uint32_t to = 0; to < chiplets; ++to) {
    std::ranges::fill(hops, nowhere);
    hops[to] = 0;
    next[to * chiplets + to] = to;
    front = {to};
    for (std::uint32_t distance = 1; !front.empty(); ++distance) {
      further.clear();
      for (const auto via : front) {
        if (via != to && !design.relays(via)) continue;
        for (const auto node : neighbours[via]) {
          auto& step = next[node * chiplets + to];
          if (hops[node] == nowhere) {
            hops[node] = distance;
            step = via;
            further.push_back(node);
          } else if (hops[node] == distance && rank(via) < rank(step)) {
            step = via;
          }
        }
      }
      front.swap(further);
    }
  }
  return next;
}

}  // namespace marquetry::proxy
