// The routing of a network that is looked at: a row by name, the tables of its file, or tables made for its
// traffic.
#include <fmt/format.h>

#include <algorithm>

#include "contention/contention.h"
#include "proxy/network.h"
#include "routing/certificate.h"
#include "routing/layers.h"
#include "session/commands/network_subject.h"
#include "traffic/patterns.h"

namespace marquetry {

std::string routing_name(const NetworkSubject& subject, const Arguments& given) {
  if (given.has("routing")) return given.one("routing");
  if (!subject.network.routing.empty()) return subject.network.routing;
  for (const auto* name : {"dimension-order", "nearest-common-ancestor"}) {
    std::string why;
    const auto* row = routing::find(name);
    if (row != nullptr && subject.network.graph.shape.family != topology::Family::arbitrary &&
        row->make(subject.network.graph, subject.network.router.vcs, why))
      return name;
  }
  return "shortest";
}

namespace {

std::vector<std::string_view> routing_names(const NetworkSubject& subject) {
  std::vector<std::string_view> out;
  for (const auto& row : routing::rows()) out.push_back(row.name);
  out.push_back(optimised_routing);
  out.push_back(spread_routing);
  if (subject.chiplets) out.push_back(chiplet_routing);
  return out;
}

double predicted(const simulate::NetworkCase& network, const std::vector<double>& matrix,
                 const routing::Routing& routing) {
  return contention::predict(network.graph, routing, network.router, network.packet, matrix, {}).saturation;
}

// Whether every packet that is sent arrives, and nothing can deadlock.
bool leads_all(const topology::Graph& graph, const std::vector<double>& matrix,
               const routing::Routing& routing) {
  const auto certificate = routing::certify(graph, routing);
  const auto nodes = graph.terminals.size();
  return certificate.deadlock_free && std::ranges::none_of(certificate.lost, [&](const auto& pair) {
           return matrix[pair.first * nodes + pair.second] > 0;
         });
}

// Layers of virtual channels hold a routing down by how unevenly they are used: of two ways to part the same
// load the one that is predicted to saturate later.
void parted_better(const simulate::NetworkCase& network, const std::vector<double>& matrix,
                   const std::string& name, const flow::Options& options, flow::Tables& made) {
  if (made.layers < 2) return;
  const auto vcs = network.router.vcs;
  const auto whole = name == spread_routing
                         ? flow::spread_tables(network.graph, made.optimum, vcs)
                         : flow::single_tables(network.graph, matrix, made.optimum, vcs, options);
  std::string why;
  auto parted = routing::in_layers(network.graph, whole, vcs, why);
  if (!parted || !leads_all(network.graph, matrix, parted->routing) ||
      predicted(network, matrix, parted->routing) <= predicted(network, matrix, made.routing))
    return;
  made.routing = std::move(parted->routing);
  made.layers = parted->layers;
}

}  // namespace

std::optional<flow::Tables> optimised_tables(const NetworkSubject& subject, const std::string& name,
                                             const flow::Options& options, Diagnostics& diagnostics) {
  const auto& network = subject.network;
  if (network.graph.terminals.size() > most_optimised || !traffic::sends(network.traffic)) {
    diagnostics.error({.file = "--routing"},
                      fmt::format("'{}' needs traffic, and at most {} nodes", name, most_optimised));
    return std::nullopt;
  }
  const auto matrix = traffic::matrix(network.traffic);
  const auto split = name == spread_routing ? flow::Split::spread : flow::Split::single;
  auto made = flow::optimised(network.graph, matrix, network.router.vcs, split, options);
  parted_better(network, matrix, name, options, made);
  made.routing.name = name;
  return made;
}

std::optional<routing::Routing> subject_routing(const NetworkSubject& subject, const std::string& name,
                                                const flow::Options& options, Diagnostics& diagnostics) {
  const auto& network = subject.network;
  if (subject.chiplets && name == chiplet_routing) {
    const auto& design = *subject.chiplets;
    return proxy::table(design, network.graph,
                        design.next_hop.empty() ? proxy::lowest_next_hops(design) : design.next_hop,
                        network.router.vcs);
  }
  if (name == optimised_routing || name == spread_routing) {
    auto tables = optimised_tables(subject, name, options, diagnostics);
    return tables ? std::optional{std::move(tables->routing)} : std::nullopt;
  }
  const bool is_of_file = name == network.routing && !subject.origin.empty();
  const SourceSpot where{.file = is_of_file ? subject.origin : "--routing"};
  const auto* row = routing::find(name);
  if (row == nullptr) {
    diagnostics.error(where, fmt::format("no routing '{}'", name), suggest(name, routing_names(subject)));
    return std::nullopt;
  }
  std::string why;
  auto routing = row->make(network.graph, network.router.vcs, why);
  if (!routing)
    diagnostics.error(where, fmt::format("'{}' does not fit this network: {}", name, why),
                      "'shortest' and 'optimised' fit every network");
  return routing;
}

}  // namespace marquetry
