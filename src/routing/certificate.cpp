#include "routing/certificate.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <iterator>

#include "routing/dependencies.h"

namespace marquetry::routing {
namespace {

using topology::none;
using Lists = std::vector<std::vector<std::uint32_t>>;
using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                               boost::no_property, std::uint32_t, std::size_t>;

Csr graph_of(const Lists& after) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::uint32_t v = 0; v < after.size(); ++v)
    for (const auto w : after[v]) edges.emplace_back(v, w);
  return {boost::edges_are_sorted, edges.begin(), edges.end(), static_cast<std::uint32_t>(after.size())};
}

// Vertices in an order that all dependencies follow; empty where they go round in a circle.
std::vector<std::uint32_t> ordered(const Csr& graph) {
  std::vector<std::uint32_t> out;
  try {
    boost::topological_sort(graph, std::back_inserter(out));
  } catch (const boost::not_a_dag&) {
    return {};
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// A shortest circle through a vertex, within its strong component, if it is shorter than `most`.
std::vector<std::uint32_t> circle_through(std::uint32_t start, const Lists& after,
                                          const std::vector<std::uint32_t>& component, std::size_t most,
                                          std::vector<std::uint32_t>& from) {
  std::vector<std::uint32_t> reached{start};
  std::vector<std::uint32_t> out;
  std::size_t length = 1, level_end = 1;
  for (std::size_t i = 0; i < reached.size() && out.empty(); ++i) {
    if (i == level_end) {
      ++length;
      level_end = reached.size();
    }
    if (length >= most) break;
    for (const auto next : after[reached[i]]) {
      if (next == start) {
        for (auto v = reached[i]; v != start; v = from[v]) out.push_back(v);
        out.push_back(start);
        break;
      }
      if (component[next] != component[start] || from[next] != none) continue;
      from[next] = reached[i];
      reached.push_back(next);
    }
  }
  for (const auto v : reached) from[v] = none;
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<std::uint32_t> shortest_circle(const Csr& graph, const Lists& after) {
  std::vector<std::uint32_t> component(after.size());
  boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::uint32_t> best, from(after.size(), none);
  for (std::uint32_t v = 0; v < after.size(); ++v) {
    auto found = circle_through(v, after, component, best.empty() ? after.size() + 1 : best.size(), from);
    if (!found.empty()) best = std::move(found);
  }
  return best;
}

std::vector<VirtualChannel> named(const std::vector<std::uint32_t>& vertices, std::uint32_t vcs,
                                  const std::vector<bool>& used) {
  std::vector<VirtualChannel> out;
  for (const auto v : vertices)
    if (used[v]) out.push_back({v / vcs, v % vcs});
  return out;
}

// The escape is what is offered last, or the lowest virtual channels of all.
std::vector<std::vector<bool>> escapes(const Dependencies& all) {
  std::vector<std::vector<bool>> out{all.offered_last};
  for (std::uint32_t least = 1; least < all.vcs; ++least) {
    std::vector<bool> lowest(all.used.size());
    for (std::size_t v = 0; v < lowest.size(); ++v) lowest[v] = all.used[v] && v % all.vcs < least;
    out.push_back(std::move(lowest));
  }
  return out;
}

std::string name(const topology::Graph& graph, const VirtualChannel& at) {
  const auto& c = graph.channels[at.channel];
  return topology::router_name(graph, c.from) + " > " + topology::router_name(graph, c.to) + " (vc " +
         std::to_string(at.vc) + ")";
}

}  // namespace

Certificate certify(const topology::Graph& graph, const Routing& routing) {
  auto all = dependencies(graph, routing);
  for (auto& list : all.after) std::sort(list.begin(), list.end());
  Certificate out{.dependencies = all.count(), .lost = std::move(all.lost)};
  const auto whole = graph_of(all.after);
  out.order = named(ordered(whole), all.vcs, all.used);
  const bool uses_none = std::find(all.used.begin(), all.used.end(), true) == all.used.end();
  out.deadlock_free = uses_none || !out.order.empty();
  if (out.deadlock_free) return out;
  const bool chooses =
      std::find(all.offered_last.begin(), all.offered_last.end(), true) != all.offered_last.end();
  if (chooses) {
    for (const auto& escape : escapes(all)) {
      const auto between = extended(all, escape);
      auto order = ordered(graph_of(between));
      if (order.empty() || !always_offers(graph, routing, escape)) continue;
      out.deadlock_free = out.by_escape = true;
      out.order = named(order, all.vcs, escape);
      out.dependencies = 0;
      for (const auto& list : between) out.dependencies += list.size();
      return out;
    }
  }
  out.cycle = named(shortest_circle(whole, all.after), all.vcs, all.used);
  return out;
}

std::string text(const topology::Graph& graph, const Certificate& certificate) {
  std::string out;
  if (certificate.deadlock_free) {
    out = "ordered: " + std::to_string(certificate.dependencies) + " dependencies of " +
          std::to_string(certificate.order.size()) + " virtual channels" +
          (certificate.by_escape ? " to escape by" : "");
  } else {
    out = "circle of " + std::to_string(certificate.cycle.size()) + ": ";
    for (const auto& at : certificate.cycle) out += name(graph, at) + ", ";
    out += "and again " + name(graph, certificate.cycle.front());
  }
  if (!certificate.lost.empty()) {
    const auto& [s, d] = certificate.lost.front();
    out += "; no sure way from node " + std::to_string(s) + " to node " + std::to_string(d);
    if (const auto others = certificate.lost.size() - 1; others > 0)
      out += ", nor for " + std::to_string(others) + (others == 1 ? " other pair" : " other pairs");
  }
  return out;
}

}  // namespace marquetry::routing
