// A RapidChiplet design and its traffic in one neutral JSON object. Lengths mm, times cycles, power W.
#include <fmt/format.h>

#include "exchange/rapidchiplet/parts.h"
#include "exchange/rapidchiplet/read.h"
#include "proxy/links.h"

namespace marquetry::exchange {
namespace {

using rapidchiplet::read_index;

// {"kind": "ceil_linear", "cycles_per_mm": a}: ceil(a x).
void read_latency(Fields& packaging, proxy::Design& design) {
  const auto* node = packaging.required("link_latency", "cycles by length");
  if (node == nullptr) return;
  Fields fields{*node, "'link_latency'", packaging.diagnostics()};
  const auto* kind = fields.required("kind", "ceil_linear");
  if (kind != nullptr && kind->text != "ceil_linear")
    packaging.diagnostics().error(
        kind->where, fmt::format("a latency of kind {} is not known", quoted(*kind)), "known: ceil_linear");
  design.packaging.latency = {.per_mm = fields.number("cycles_per_mm", 0, 1e6, "cycles"),
                              .rounding = proxy::Rounding::up};
}

void read_links(Fields& root, proxy::Design& design) {
  const auto& links = root.items("links", "from PHY to PHY");
  auto& diagnostics = root.diagnostics();
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto what = fmt::format("link {}", i);
    Fields fields{links[i], what, diagnostics};
    const auto end = [&](const char* chiplet, const char* phy) -> std::optional<proxy::End> {
      const auto* node = fields.required(chiplet, "number of a chiplet");
      const auto* at = fields.required(phy, "number of a PHY");
      if (node == nullptr || at == nullptr) return std::nullopt;
      const auto index = read_index(*node, design.nodes(), what + ": chiplet", diagnostics);
      return index ? rapidchiplet::read_end(*index, *at, design, what, diagnostics) : std::nullopt;
    };
    const auto a = end("a_chiplet", "a_phy"), b = end("b_chiplet", "b_phy");
    if (a && b) rapidchiplet::add_link({*a, *b}, links[i], what, design, diagnostics);
  }
}

void read_traffic(Fields& root, proxy::Design& design) {
  const auto& flows = root.items("traffic_src_dst_load", "[source, destination, packets a cycle]");
  auto& diagnostics = root.diagnostics();
  for (const auto& flow : flows) {
    if (flow.kind != NodeKind::list || flow.items.size() != 3) {
      diagnostics.error(flow.where, "a flow must be [source, destination, packets a cycle]");
      continue;
    }
    const auto from = read_index(flow.items[0], design.chiplets.size(), "source of a flow", diagnostics),
               to = read_index(flow.items[1], design.chiplets.size(), "destination of a flow", diagnostics);
    const double load = root.checked(flow.items[2], "traffic_src_dst_load", 0, 1e9);
    if (from && to && load > 0) design.traffic.push_back({*from, *to, load});
  }
}

// A row a node, null where source and destination are one.
void read_routing(Fields& root, proxy::Design& design) {
  const auto& rows = root.items("routing_next_hop");
  auto& diagnostics = root.diagnostics();
  const auto chiplets = design.chiplets.size();
  if (rows.empty()) return;
  if (rows.size() != design.nodes())
    return diagnostics.error(
        root.optional("routing_next_hop")->where,
        fmt::format("'routing_next_hop' has {} rows, but there are {} nodes", rows.size(), design.nodes()));
  design.next_hop.assign(design.nodes() * chiplets, proxy::nowhere);
  for (std::uint32_t s = 0; s < rows.size(); ++s) {
    if (rows[s].items.size() != chiplets) {
      diagnostics.error(rows[s].where,
                        fmt::format("a row of 'routing_next_hop' must have {} entries", chiplets));
      continue;
    }
    for (std::uint32_t d = 0; d < chiplets; ++d) {
      auto& next = design.next_hop[s * chiplets + d];
      if (s == d) {
        next = d;
      } else if (const auto at = read_index(rows[s].items[d], design.nodes(), "next node", diagnostics)) {
        next = *at;
      }
    }
  }
}

}  // namespace

bool is_rapidchiplet_case(const Node& root) {
  return root.is_table() && find(root, "chiplet_types") != nullptr && find(root, "placement") != nullptr;
}

std::optional<proxy::Design> read_rapidchiplet_case(const Node& root, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  Fields fields{root, "the case", diagnostics};
  proxy::Design design{.name = "case"};
  if (const auto* name = fields.optional("case"); name != nullptr && !name->text.empty())
    design.name = name->text;
  if (const auto* name = fields.optional("traffic_pattern")) design.pattern = name->text;
  const auto* technologies = fields.required("technologies", "by name");
  const auto* types = fields.required("chiplet_types", "by name");
  const auto* packaging = fields.required("packaging", "of all links");
  if (technologies == nullptr || types == nullptr || packaging == nullptr) return std::nullopt;
  rapidchiplet::read_technologies(*technologies, design, diagnostics);
  rapidchiplet::read_types(*types, design, diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  rapidchiplet::read_chiplets(fields, "placement", {"type", "rot", nullptr}, design);
  rapidchiplet::read_routers(fields.items("interposer_routers"), design, diagnostics);
  Fields package{*packaging, "the packaging", diagnostics};
  rapidchiplet::read_packaging(package, {"bump_pitch_mm", "latency_irouter_cycles", "power_irouter_W"},
                               design);
  read_latency(package, design);
  design.packaging.power.fixed = package.number("link_power_W", 0, 1e6, "of a link");
  if (diagnostics.errors() > before) return std::nullopt;
  read_links(fields, design);
  read_traffic(fields, design);
  read_routing(fields, design);
  if (diagnostics.errors() > before) return std::nullopt;
  rapidchiplet::check(design, root.where, diagnostics);
  return diagnostics.errors() > before ? std::nullopt : std::optional{std::move(design)};
}

}  // namespace marquetry::exchange
