#include "exchange/rapidchiplet/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "proxy/links.h"

namespace marquetry::exchange::rapidchiplet {
namespace {

constexpr double longest_mm = 1e4, most_cycles = 1e6;
constexpr std::uint32_t most_units = 4096;
constexpr std::size_t most_nodes = 4096;

std::optional<std::size_t> technology_of(const Node* node, const proxy::Design& design,
                                         Diagnostics& diagnostics) {
  if (node == nullptr) return std::nullopt;
  const auto found = std::ranges::find(design.technologies, node->text, &proxy::Technology::name);
  if (node->kind == NodeKind::text && found != design.technologies.end())
    return static_cast<std::size_t>(found - design.technologies.begin());
  std::vector<std::string_view> names;
  for (const auto& technology : design.technologies) names.push_back(technology.name);
  diagnostics.error(node->where, fmt::format("no technology {}", quoted(*node)), suggest(node->text, names));
  return std::nullopt;
}

bool flag_of(Fields& fields, std::string_view key, const Node* node, bool fallback) {
  if (node == nullptr) return fallback;
  if (node->kind == NodeKind::flag) return node->flag;
  fields.diagnostics().error(node->where, fmt::format("{}: '{}' must be true or false", fields.what(), key));
  return fallback;
}

double above_zero(Fields& fields, std::string_view key, double most, std::string_view help) {
  const double value = fields.number(key, 0, most, help);
  const auto* node = fields.optional(key);
  if (value > 0 || node == nullptr || node->kind != NodeKind::number || node->number != 0) return value;
  fields.diagnostics().error(node->where, fmt::format("{}: '{}' must be above 0", fields.what(), key));
  return 1;
}

void read_phys(Fields& fields, proxy::Type& type) {
  const auto& phys = fields.items("phys", "where its PHYs are");
  double shares = 0;
  for (std::size_t i = 0; i < phys.size(); ++i) {
    Fields phy{phys[i], fmt::format("{}, PHY {}", fields.what(), i), fields.diagnostics()};
    type.phys.push_back({phy.number("x", 0, type.width, "mm from its left side"),
                         phy.number("y", 0, type.height, "mm from its bottom"),
                         phy.number("fraction_bump_area", 0, 1, "its share of the signal bumps")});
    shares += type.phys.back().bump_share;
  }
  if (shares > 1 + 1e-9)
    fields.diagnostics().error(
        name_spot(fields.table()),
        fmt::format("{}: its PHYs take {:.3f} of the signal bumps", fields.what(), shares),
        "the 'fraction_bump_area' of all PHYs must add up to 1 at most");
}

}  // namespace

void read_technologies(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  if (!root.is_table()) return diagnostics.error(root.where, "technologies must be an object of objects");
  for (const auto& item : root.items) {
    Fields fields{item, fmt::format("technology '{}'", item.key), diagnostics};
    if (!item.is_table()) continue;
    design.technologies.push_back(
        {.name = item.key,
         .phy_latency = fields.number("phy_latency", 0, most_cycles, "cycles"),
         .wafer_radius = above_zero(fields, "wafer_radius", 1e3, "mm"),
         .wafer_cost = fields.number("wafer_cost", 0, 1e9, "of one wafer"),
         .defect_density = fields.number("defect_density", 0, 1, "defects per mm2")});
  }
}

void read_types(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  if (!root.is_table()) return diagnostics.error(root.where, "chiplets must be an object of objects");
  for (const auto& item : root.items) {
    Fields fields{item, fmt::format("chiplet '{}'", item.key), diagnostics};
    if (!item.is_table()) continue;
    proxy::Type type{.name = item.key};
    if (const auto* size = fields.required("dimensions", "its width and height")) {
      Fields sides{*size, fields.what() + ": 'dimensions'", diagnostics};
      type.width = above_zero(sides, "x", longest_mm, "width in mm");
      type.height = above_zero(sides, "y", longest_mm, "height in mm");
    }
    if (const auto* kind = fields.optional("type"); kind != nullptr) type.kind = kind->text;
    read_phys(fields, type);
    type.power_bumps = fields.number("fraction_power_bumps", 0, 1, "share of the bumps");
    if (const auto found =
            technology_of(fields.required("technology", "a name of the technologies"), design, diagnostics))
      type.technology = *found;
    type.power = fields.number("power", 0, 1e6, "W");
    type.relays = flag_of(fields, "relay", fields.required("relay", "may packets pass through it"), true);
    type.internal_latency = fields.number("internal_latency", 0, most_cycles, "cycles of its router");
    const double units = fields.number("unit_count", 1, most_units, "units that send and receive");
    type.units = static_cast<std::uint32_t>(units);
    if (const auto* node = fields.optional("unit_count"); units != std::floor(units))
      diagnostics.error(node->where, fields.what() + ": 'unit_count' must be a whole number");
    design.types.push_back(std::move(type));
  }
}

void read_chiplets(Fields& placement, std::string_view list, const PlaceKeys& keys, proxy::Design& design) {
  const auto& places = placement.items(list, "where the chiplets stand");
  auto& diagnostics = placement.diagnostics();
  std::vector<std::string_view> names;
  for (const auto& type : design.types) names.push_back(type.name);
  for (std::size_t i = 0; i < places.size(); ++i) {
    Fields fields{places[i], fmt::format("chiplet {} of the placement", i), diagnostics};
    proxy::Chiplet chiplet;
    if (const auto* name = fields.required(keys.type, "a name of the chiplets")) {
      const auto found = std::ranges::find(names, name->text);
      if (name->kind != NodeKind::text || found == names.end())
        diagnostics.error(name->where, fmt::format("no chiplet {}", quoted(*name)),
                          suggest(name->text, names));
      else
        chiplet.type = static_cast<std::size_t>(found - names.begin());
    }
    const auto* at = keys.position == nullptr ? &places[i] : fields.required(keys.position, "x and y in mm");
    if (at != nullptr) {
      Fields position{*at, fields.what(), diagnostics};
      chiplet.x = position.number("x", -longest_mm, longest_mm, "left side in mm");
      chiplet.y = position.number("y", -longest_mm, longest_mm, "bottom in mm");
    }
    const double degrees = fields.number_or(keys.rotation, 0, -360, 360);
    if (degrees != 90 * std::floor(degrees / 90)) {
      diagnostics.error(fields.optional(keys.rotation)->where,
                        fmt::format("{}: it may be turned by quarters only", fields.what()));
    } else {
      chiplet.turns = (static_cast<int>(degrees) / 90 + 4) % 4;
    }
    design.chiplets.push_back(chiplet);
  }
  if (places.empty() && diagnostics.ok())
    diagnostics.error(name_spot(placement.table()), "the placement has no chiplets");
  if (places.size() > most_nodes)
    diagnostics.error(places[most_nodes].where, fmt::format("more than {} chiplets", most_nodes));
}

void read_routers(const std::vector<Node>& routers, proxy::Design& design, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < routers.size(); ++i) {
    Fields fields{routers[i], fmt::format("interposer router {}", i), diagnostics};
    const auto* at = fields.optional("position");
    Fields position{at == nullptr ? routers[i] : *at, fields.what(), diagnostics};
    design.routers.push_back({position.number("x", -longest_mm, longest_mm, "mm"),
                              position.number("y", -longest_mm, longest_mm, "mm")});
  }
}

void read_packaging(Fields& fields, const PackagingKeys& keys, proxy::Design& design) {
  auto& packaging = design.packaging;
  auto& diagnostics = fields.diagnostics();
  if (const auto* metric = fields.required("link_routing", "manhattan or euclidean")) {
    packaging.metric = metric->text == "euclidean" ? proxy::Metric::euclidean : proxy::Metric::manhattan;
    if (metric->text != "euclidean" && metric->text != "manhattan")
      diagnostics.error(
          metric->where,
          fmt::format("'link_routing' = {} must be \"manhattan\" or \"euclidean\"", quoted(*metric)));
  }
  packaging.yield = above_zero(fields, "packaging_yield", 1, "share of good packages");
  packaging.bump_pitch = above_zero(fields, keys.pitch, 10, "mm");
  packaging.non_data_wires = fields.number("non_data_wires", 0, 1e6, "of a link");
  packaging.is_active = flag_of(fields, "is_active", fields.optional("is_active"), false);
  if (flag_of(fields, "has_interposer", fields.optional("has_interposer"), false))
    packaging.interposer = technology_of(
        fields.required("interposer_technology", "a name of the technologies"), design, diagnostics);
  packaging.router_latency = fields.number_or(keys.router_latency, 0, 0, most_cycles);
  packaging.router_power = fields.number_or(keys.router_power, 0, 0, 1e6);
}

std::optional<std::uint32_t> read_index(const Node& node, std::size_t count, const std::string& what,
                                        Diagnostics& diagnostics) {
  if (node.kind == NodeKind::number && node.number >= 0 && node.number < static_cast<double>(count) &&
      node.number == std::floor(node.number))
    return static_cast<std::uint32_t>(node.number);
  diagnostics.error(node.where, count == 0 ? fmt::format("{}: there is none", what)
                                           : fmt::format("{}: {} must be a whole number from 0 to {}", what,
                                                         quoted(node), count - 1));
  return std::nullopt;
}

std::optional<proxy::End> read_end(std::uint32_t node, const Node& phy, const proxy::Design& design,
                                   const std::string& what, Diagnostics& diagnostics) {
  if (!design.is_chiplet(node)) return proxy::End{node, 0};
  const auto index = read_index(phy, design.type_of(node).phys.size(),
                                fmt::format("{}: PHY of chiplet {}", what, node), diagnostics);
  return index ? std::optional{proxy::End{node, *index}} : std::nullopt;
}

void add_link(const proxy::Link& link, const Node& node, const std::string& what, proxy::Design& design,
              Diagnostics& diagnostics) {
  if (link.a.node == link.b.node)
    diagnostics.error(node.where, fmt::format("{} joins node {} to itself", what, link.a.node));
  else
    design.links.push_back(link);
}

void check(proxy::Design& design, const SourceSpot& spot, Diagnostics& diagnostics) {
  if (!diagnostics.ok()) return;
  const auto wires = proxy::wires(design, {});
  for (std::size_t i = 0; i < wires.size(); ++i) {
    if (wires[i].bandwidth > 0) continue;
    diagnostics.error(
        spot,
        fmt::format("link {}, between nodes {} and {}, has no wires for data", i, wires[i].a, wires[i].b),
        "its PHYs have too few bumps for its other wires: a finer pitch, or a larger share");
  }
  const auto next = proxy::lowest_next_hops(design);
  const auto chiplets = design.chiplets.size();
  for (std::uint32_t node = 0; node < chiplets; ++node) {
    for (std::uint32_t to = 0; to < chiplets; ++to) {
      if (next[node * chiplets + to] != proxy::nowhere) continue;
      return diagnostics.error(spot, fmt::format("no way leads from chiplet {} to chiplet {}", node, to),
                               "add links, or let the chiplets between them relay");
    }
  }
  // A table of the file may run in a circle, or along no link.
  if (design.next_hop.empty()) return;
  for (const auto& flow : design.traffic) {
    auto at = flow.source;
    for (std::size_t hops = 0; at != flow.destination; ++hops) {
      if (hops > design.nodes())
        return diagnostics.error(spot,
                                 fmt::format("the routing table leads packets from chiplet {} to chiplet "
                                             "{} in a circle",
                                             flow.source, flow.destination));
      const auto to = design.next_hop[at * chiplets + flow.destination];
      const auto joined = [&](const proxy::Link& link) {
        return (link.a.node == at && link.b.node == to) || (link.b.node == at && link.a.node == to);
      };
      if (std::ranges::none_of(design.links, joined))
        return diagnostics.error(spot,
                                 fmt::format("the routing table goes from node {} to node {}, between which "
                                             "there is no link",
                                             at, to));
      at = to;
    }
  }
}

}  // namespace marquetry::exchange::rapidchiplet
