#include "proxy/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numbers>

namespace marquetry::proxy {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

Area area_of(const Design& design, const Quirks& quirks) {
  const bool turned = !quirks.has(quirk("rapidchiplet-unturned-box"));
  double left = infinite, bottom = infinite, right = -infinite, top = -infinite;
  const auto take = [&](double x, double y, double width, double height) {
    left = std::min(left, x);
    bottom = std::min(bottom, y);
    right = std::max(right, x + width);
    top = std::max(top, y + height);
  };
  Area area;
  for (const auto& chiplet : design.chiplets) {
    const auto& type = design.types[chiplet.type];
    area.chiplets += type.width * type.height;
    if (turned && chiplet.turns % 2 == 1)
      take(chiplet.x, chiplet.y, type.height, type.width);
    else
      take(chiplet.x, chiplet.y, type.width, type.height);
  }
  for (const auto& router : design.routers) take(router.x, router.y, 0, 0);
  area.width = right - left;
  area.height = top - bottom;
  area.interposer = area.width * area.height;
  return area;
}

Power power_of(const Design& design, const std::vector<Wire>& wires, const Quirks& quirks) {
  Power power;
  for (const auto& chiplet : design.chiplets) power.chiplets += design.types[chiplet.type].power;
  if (design.packaging.is_active)
    power.interposer = static_cast<double>(design.routers.size()) * design.packaging.router_power;
  for (const auto& wire : wires) power.links += wire.power;
  power.total = power.chiplets + power.interposer;
  if (!quirks.has(quirk("rapidchiplet-no-link-power"))) power.total += power.links;
  return power;
}

Spread spread(const std::vector<Wire>& wires, double Wire::*figure, const Quirks& quirks) {
  Spread out{.least = infinite, .greatest = -infinite};
  for (const auto& wire : wires) {
    out.least = std::min(out.least, wire.*figure);
    out.greatest = std::max(out.greatest, wire.*figure);
    out.mean += wire.*figure;
  }
  if (wires.empty()) return {};
  out.mean /= static_cast<double>(wires.size());
  if (quirks.has(quirk("rapidchiplet-micron-lengths"))) {
    // As Python rounds: to the nearest number of three decimals, as a decimal text has it.
    for (auto* value : {&out.least, &out.greatest}) *value = std::stod(fmt::format("{:.3f}", *value));
  }
  return out;
}

// Whole dies of a wafer: de Vries, IEEE Trans. Semicond. Manuf. 18(1), 2005. Defects that cluster as in
// Seeds' model: yield 1 / (1 + D A).
Lot lot_of(const Technology& technology, double area) {
  Lot lot;
  const double r = technology.wafer_radius;
  lot.dies_per_wafer = std::max(
      0.0, std::floor(std::numbers::pi * r * r / area - std::numbers::pi * 2 * r / std::sqrt(2 * area)));
  lot.yield = 1 / (1 + technology.defect_density * area);
  lot.good = lot.dies_per_wafer * lot.yield;
  lot.cost = lot.good > 0 ? technology.wafer_cost / lot.good : infinite;
  return lot;
}

Cost cost_of(const Design& design, const Area& area) {
  Cost cost;
  cost.types.resize(design.types.size());
  for (const auto& chiplet : design.chiplets) {
    auto& lot = cost.types[chiplet.type];
    const auto& type = design.types[chiplet.type];
    if (!lot) lot = lot_of(design.technologies[type.technology], type.width * type.height);
    cost.total += lot->cost;
  }
  if (const auto technology = design.packaging.interposer) {
    cost.interposer = lot_of(design.technologies[*technology], area.interposer);
    cost.total += cost.interposer->cost;
  }
  cost.total /= design.packaging.yield;
  return cost;
}

// All links between two nodes, in one direction.
struct Hop {
  double bandwidth{}, fastest{infinite}, mean{}, slowest{};
  double load{};  // packets a cycle at an injection of 1
};
using Hops = std::map<std::pair<std::uint32_t, std::uint32_t>, Hop>;

// Packets are spread over parallel links by their bandwidths.
Hops hops_of(const std::vector<Wire>& wires) {
  Hops hops;
  for (const auto& wire : wires) {
    for (const auto& pair : {std::pair{wire.a, wire.b}, std::pair{wire.b, wire.a}}) {
      auto& hop = hops[pair];
      const double all = hop.bandwidth + wire.bandwidth;
      hop.mean = all > 0 ? (hop.mean * hop.bandwidth + wire.latency * wire.bandwidth) / all : wire.latency;
      hop.bandwidth = all;
      hop.fastest = std::min(hop.fastest, wire.latency);
      hop.slowest = std::max(hop.slowest, wire.latency);
    }
  }
  return hops;
}

// Injection 1, ejection 1, retirement 1; each chiplet its inner latency, and a PHY wherever the path enters
// or leaves one.
Spread latency_of(const Design& design, const std::vector<std::uint32_t>& next_hop, Hops& hops) {
  const auto chiplets = design.chiplets.size();
  Spread out{.least = infinite, .greatest = -infinite};
  double weights = 0;
  for (const auto& flow : design.traffic) {
    const double ends = 3 + design.node_latency(flow.source) + design.node_latency(flow.destination) +
                        design.phy_latency(flow.source) + design.phy_latency(flow.destination);
    double fastest = ends, mean = ends, slowest = ends;
    for (auto at = flow.source; at != flow.destination;) {
      const auto to = next_hop[at * chiplets + flow.destination];
      auto& hop = hops.at({at, to});
      hop.load += flow.load;
      const double relay = to == flow.destination ? 0 : 2 * design.phy_latency(to) + design.node_latency(to);
      fastest += hop.fastest + relay;
      mean += hop.mean + relay;
      slowest += hop.slowest + relay;
      at = to;
    }
    out.least = std::min(out.least, fastest);
    out.greatest = std::max(out.greatest, slowest);
    out.mean += mean * flow.load;
    weights += flow.load;
  }
  if (design.traffic.empty() || weights <= 0) return {};
  out.mean /= weights;
  return out;
}

std::string name_of(const Design& design, std::uint32_t node) {
  return design.is_chiplet(node) ? fmt::format("chiplet {}", node)
                                 : fmt::format("interposer router {}", node - design.chiplets.size());
}

Throughput throughput_of(const Design& design, const Hops& hops, const std::vector<Wire>& wires,
                         const Quirks& quirks) {
  Throughput out{.per_load = infinite};
  const auto limit = [&](double bandwidth, double load, const auto& name) {
    if (load <= 0 || bandwidth / load >= out.per_load) return;
    out.per_load = bandwidth / load;
    out.binding = name();
  };
  for (const auto& [pair, hop] : hops)
    limit(hop.bandwidth, hop.load, [&, nodes = pair] {
      return fmt::format("{} to {}", name_of(design, nodes.first), name_of(design, nodes.second));
    });
  std::vector<double> sent(design.chiplets.size()), taken(design.chiplets.size());
  double all = 0;
  for (const auto& flow : design.traffic) {
    sent[flow.source] += flow.load;
    taken[flow.destination] += flow.load;
    all += flow.load;
  }
  if (!quirks.has(quirk("rapidchiplet-no-ejection"))) {
    double widest = 0;
    for (const auto& wire : wires) widest = std::max(widest, wire.bandwidth);
    for (std::uint32_t c = 0; c < design.chiplets.size(); ++c) {
      const double units = widest * design.type_of(c).units;
      limit(units, sent[c], [&] { return fmt::format("what the units of chiplet {} send", c); });
      limit(units, taken[c], [&] { return fmt::format("what the units of chiplet {} take", c); });
    }
  }
  if (out.per_load == infinite) return {};
  out.aggregate = out.per_load * all;
  return out;
}

}  // namespace

std::vector<Flow> uniform_traffic(const Design& design) {
  double units = 0;
  for (const auto& chiplet : design.chiplets) units += design.types[chiplet.type].units;
  std::vector<Flow> flows;
  const auto chiplets = static_cast<std::uint32_t>(design.chiplets.size());
  for (std::uint32_t s = 0; s < chiplets; ++s) {
    const double own = design.type_of(s).units;
    for (std::uint32_t d = 0; d < chiplets; ++d) {
      if (d != s) flows.push_back({s, d, own * design.type_of(d).units / (units - own)});
    }
  }
  return flows;
}

Figures evaluate(const Design& design, const std::vector<std::uint32_t>& next_hop, const Quirks& quirks) {
  const auto links = wires(design, quirks);
  Figures figures;
  figures.area = area_of(design, quirks);
  figures.power = power_of(design, links, quirks);
  figures.lengths = spread(links, &Wire::length, quirks);
  figures.bandwidths = spread(links, &Wire::bandwidth, quirks);
  figures.cost = cost_of(design, figures.area);
  auto hops = hops_of(links);
  figures.latency = latency_of(design, next_hop, hops);
  figures.throughput = throughput_of(design, hops, links, quirks);
  return figures;
}

}  // namespace marquetry::proxy
