// The key `network` of a neutral case: a graph by its links, or a topology by its name and size.
#include <algorithm>
#include <cmath>

#include "exchange/network_parts.h"
#include "topology/generators.h"

namespace marquetry::exchange {
namespace {

using topology::Graph;

class LinkReader {
 public:
  LinkReader(std::uint32_t last_router, Diagnostics& diagnostics)
      : last_router_{last_router}, diagnostics_{diagnostics} {}

  void read(const Node& node, std::uint32_t number) {
    number_ = number;
    if (node.kind == NodeKind::list) return read_triple(node);
    Fields link{node, what(), diagnostics_};
    if (!node.is_table()) return;
    const auto* a = link.required("a", "the router at one end");
    const auto* b = link.required("b", "the router at the other end");
    if (a == nullptr || b == nullptr) return;
    DirectedLink there{.from = router(*a, link, "a"),
                       .to = router(*b, link, "b"),
                       .latency = link.count_or("latency", 1, 1, longest_latency)};
    const auto back = link.count_or("latency_back", there.latency, 1, longest_latency);
    there.width = width(link);
    there.length = link.number_or("length_mm", 0, 0, 1e4);
    link.reject_unknown_keys();
    add(there, back, node.where);
  }

  std::vector<DirectedLink> links{};

 private:
  std::string what() const { return "link " + std::to_string(number_); }

  void read_triple(const Node& node) {
    if (node.items.size() != 3) {
      diagnostics_.error(node.where, what() + " must be [router, router, latency in cycles]");
      return;
    }
    const Node none = empty_table();
    Fields link{none, what(), diagnostics_};
    const DirectedLink there{.from = router(node.items[0], link, "a"),
                             .to = router(node.items[1], link, "b"),
                             .latency = link.checked_count(node.items[2], "latency", 1, longest_latency)};
    add(there, there.latency, node.where);
  }

  std::uint32_t router(const Node& node, Fields& link, std::string_view key) {
    return link.checked_count(node, key, 0, last_router_);
  }

  // In flits a cycle of the network's clock: a slower clock carries less.
  double width(Fields& link) {
    const auto* node = link.optional("width");
    const double width = node == nullptr ? 1 : link.checked(*node, "width", 0, 1);
    if (node != nullptr && node->kind == NodeKind::number && node->number == 0)
      diagnostics_.error(node->where, what() + " has no width", "give it at least one lane, or drop it");
    const auto* clock = link.optional("clock");
    return clock == nullptr ? width : width * link.checked(*clock, "clock", 1e-3, 1);
  }

  void add(DirectedLink there, std::uint32_t back, const SourceSpot& where) {
    if (there.from == there.to) {
      diagnostics_.error(where, what() + " joins router " + std::to_string(there.from) + " to itself",
                         "drop it: a router needs no link to itself");
      return;
    }
    there.link = number_;
    links.push_back(there);
    std::swap(there.from, there.to);
    there.latency = back;
    links.push_back(there);
  }

  std::uint32_t last_router_{}, number_{};
  Diagnostics& diagnostics_;
};

// Latency of the channels of each node: one number for all, or a list.
std::vector<std::uint32_t> read_node_latencies(Fields& network, std::size_t nodes) {
  const auto* node = network.optional("node_latency_cycles");
  std::vector<std::uint32_t> out(nodes, 1);
  if (node == nullptr) return out;
  if (node->kind != NodeKind::list) {
    std::ranges::fill(out, network.checked_count(*node, "node_latency_cycles", 1, longest_latency));
  } else if (node->items.size() != nodes) {
    network.diagnostics().error(node->where,
                                "'node_latency_cycles' has " + std::to_string(node->items.size()) +
                                    " entries, but there are " + std::to_string(nodes) + " nodes");
  } else {
    for (std::size_t i = 0; i < nodes; ++i)
      out[i] = network.checked_count(node->items[i], "node_latency_cycles", 1, longest_latency);
  }
  return out;
}

std::vector<std::string> read_names(Fields& network, std::uint32_t routers) {
  const auto& items = network.items("router_names");
  if (items.empty()) return {};
  std::vector<std::string> out;
  for (const auto& item : items) {
    if (item.kind == NodeKind::text && !item.text.empty()) {
      out.push_back(item.text);
    } else {
      network.diagnostics().error(item.where, "the name of a router must be a text that is not empty");
    }
  }
  if (items.size() == routers) return out;
  network.diagnostics().error(items.front().where, "'router_names' has " + std::to_string(items.size()) +
                                                       " entries, but there are " + std::to_string(routers) +
                                                       " routers");
  return {};
}

std::optional<Graph> read_arbitrary(Fields& network) {
  auto& diagnostics = network.diagnostics();
  const int before = diagnostics.errors();
  const auto given = network.count_or("routers", 0, 1, most_routers);
  const auto& places = network.items("router_of_node", "the router of each node");
  const auto* objects = network.optional("links");
  const auto* triples = network.optional("links_a_b_latency_cycles");
  if (objects != nullptr && triples != nullptr)
    diagnostics.error(objects->key_where, "'links' and 'links_a_b_latency_cycles' say the same: keep one");
  const auto& links = network.items(objects != nullptr ? "links" : "links_a_b_latency_cycles");
  if (places.size() > most_nodes || links.size() > most_links) {
    diagnostics.error(name_spot(network.table()), "the network has " + std::to_string(places.size()) +
                                                      " nodes and " + std::to_string(links.size()) +
                                                      " links, but at most " + std::to_string(most_nodes) +
                                                      " and " + std::to_string(most_links) + " are read");
    return std::nullopt;
  }
  const auto last = (given > 0 ? given : most_routers) - 1;
  std::vector<NodePlace> nodes;
  std::uint32_t routers = std::max(given, 1u);
  for (const auto& place : places) {
    nodes.push_back({network.checked_count(place, "router_of_node", 0, last), 1});
    routers = std::max(routers, nodes.back().router + 1);
  }
  LinkReader reader{last, diagnostics};
  for (std::uint32_t i = 0; i < links.size(); ++i) reader.read(links[i], i);
  for (const auto& link : reader.links) routers = std::max(routers, link.from + 1);
  const auto latencies = read_node_latencies(network, nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].latency = latencies[i];
  auto names = read_names(network, routers);
  if (diagnostics.errors() > before) return std::nullopt;
  auto graph = arbitrary_graph(routers, nodes, std::move(reader.links));
  graph.names = std::move(names);
  return graph;
}

// k, n, c of BookSim2's topologies, rows and columns of the others. x, y, xr and yr must agree with them.
topology::Size read_size(Fields& network, std::string_view topology) {
  topology::Size size{.routers = network.count_or("routers", 0, 1, most_routers),
                      .rows = network.count_or("rows", 0, 1, most_routers),
                      .columns = network.count_or("columns", 0, 1, most_routers),
                      .k = network.count_or("k", 0, 1, most_routers),
                      .n = network.count_or("n", 0, 1, 32),
                      .c = network.count_or("c", 0, 1, most_nodes),
                      .inner = network.count_or("inner", 0, 1, most_routers)};
  const bool concentrated = topology == "concentrated-mesh" || topology == "flattened-butterfly";
  const auto agree = [&](std::string_view key, std::uint32_t expected, std::string_view of) {
    const auto* node = network.optional(key);
    if (node == nullptr) return;
    const auto value = network.checked_count(*node, key, 1, most_routers);
    if (!concentrated || expected == 0 || value == expected) return;
    network.diagnostics().error(node->where, "'" + std::string{key} + "' = " + std::to_string(value) +
                                                 " does not fit '" + std::string{of} + "', which makes it " +
                                                 std::to_string(expected));
  };
  const auto side = static_cast<std::uint32_t>(std::lround(std::sqrt(size.c)));
  agree("x", size.k, "k");
  agree("y", size.k, "k");
  agree("xr", side, "c");
  agree("yr", side, "c");
  return size;
}

std::optional<Graph> read_named(Fields& network, const std::string& given, const SourceSpot& where) {
  auto& diagnostics = network.diagnostics();
  const auto name = topology_of_booksim(given);
  const auto* row = topology::find_generator(name);
  if (row == nullptr) {
    std::vector<std::string_view> names{"anynet"};
    for (const auto& known : topology::generators()) names.push_back(known.name);
    diagnostics.error(where, "no topology '" + given + "'", suggest(given, names));
    return std::nullopt;
  }
  const int before = diagnostics.errors();
  const auto size = read_size(network, name);
  if (diagnostics.errors() > before) return std::nullopt;
  std::string why;
  auto graph = row->build(size, why);
  if (!graph) {
    diagnostics.error(where, "no " + std::string{name} + " of that size: " + why);
  } else if (graph->routers > most_routers || graph->terminals.size() > most_nodes) {
    diagnostics.error(where, "the network has " + std::to_string(graph->routers) + " routers and " +
                                 std::to_string(graph->terminals.size()) + " nodes, but at most " +
                                 std::to_string(most_routers) + " and " + std::to_string(most_nodes) +
                                 " are read");
    return std::nullopt;
  }
  return graph;
}

}  // namespace

std::optional<topology::Graph> read_graph(Fields& network) {
  const auto* topology =
      network.required("topology", "\"anynet\" with its links, or \"mesh\", \"torus\" ...");
  if (topology == nullptr) return std::nullopt;
  const auto name = network.text_or("topology", "");
  if (topology->kind != NodeKind::text) return std::nullopt;
  const auto& where = topology->where;
  auto graph =
      name == "anynet" || name == "arbitrary" ? read_arbitrary(network) : read_named(network, name, where);
  if (!graph) return std::nullopt;
  const auto* links = network.optional("links");
  if (links == nullptr) links = network.optional("links_a_b_latency_cycles");
  const auto faults = topology::faults(*graph);
  for (const auto& fault : faults)
    network.diagnostics().error(links == nullptr ? where : links->where, fault.message, fault.hint);
  if (!faults.empty()) return std::nullopt;
  return graph;
}

}  // namespace marquetry::exchange
