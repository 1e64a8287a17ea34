#include <algorithm>
#include <limits>
#include <optional>

#include "routing/journeys.h"
#include "routing/load.h"
#include "routing/table_view.h"

namespace marquetry::routing {
namespace {

using topology::Graph;

// What has come to a row goes on by all its ways.
void pass_on(const TableView& view, std::uint32_t row, std::uint32_t d, std::vector<double>& loads,
             std::vector<double>& through) {
  for (auto way = view.begin(row, d); way != view.end(row, d); ++way) {
    if (view.ends(way, d)) continue;
    const double flow = through[row] * view.share(row, d, way);
    loads[view.channel(way)] += flow;
    through[view.row_after(view.channel(way))] += flow;
  }
}

// The same where rows have one way.
void pass_on_whole(const TableView& view, std::uint32_t row, std::uint32_t way, std::vector<double>& loads,
                   std::vector<double>& through) {
  const auto channel = view.channel(way);
  if (channel >= loads.size()) return;
  loads[channel] += through[row];
  through[view.row_after(channel)] += through[row];
}

// Farthest rows first: what has come to a row by then is all that ever comes to it.
std::vector<double> table_loads(const Graph& graph, const Routing& routing, std::span<const double> matrix) {
  TableView view{graph, routing};
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  std::vector<double> out(graph.channels.size()), through(view.rows());
  for (std::uint32_t d = 0; d < nodes; ++d) {
    const auto order = view.sweep(d);
    for (const auto row : order) through[row] = 0;
    for (std::uint32_t s = 0; s < nodes; ++s) {
      const auto row = view.row_of_source(s);
      if (!view.is_lost(row)) through[row] += matrix[std::size_t{s} * nodes + d];
    }
    for (auto i = order.size(); i-- > 0;) {
      if (view.is_one_way())
        pass_on_whole(view, order[i], order[i] * nodes + d, out, through);
      else
        pass_on(view, order[i], d, out, through);
    }
  }
  return out;
}

// The ways of an outcome's highest priority.
struct Foremost {
  std::uint32_t priority{}, count{};
};
Foremost foremost(const Journeys& all, const Outcome& outcome) {
  Foremost out;
  for (auto w = outcome.first_way; w != outcome.last_way; ++w) {
    const auto priority = all.ways[w].priority;
    if (out.count == 0 || priority > out.priority)
      out = {priority, 1};
    else if (priority == out.priority)
      ++out.count;
  }
  return out;
}

void pass_on(const Journeys& all, const Outcome& outcome, std::vector<double>& loads,
             std::vector<double>& through) {
  const auto best = foremost(all, outcome);
  for (auto w = outcome.first_way; w != outcome.last_way; ++w) {
    const auto& way = all.ways[w];
    if (way.channel >= loads.size() || way.priority < best.priority) continue;
    const double flow = through[outcome.stop] * outcome.share / best.count;
    loads[way.channel] += flow;
    const auto vcs = way.last_vc - way.first_vc + 1;
    for (std::uint32_t v = 0; v < vcs; ++v) through[all.next[way.next + v]] += flow / vcs;
  }
}

// Of what starts at each node.
void follow(const Journeys& all, const std::vector<double>& starts, std::vector<double>& loads,
            std::vector<double>& through) {
  through.assign(all.stops.size(), 0);
  for (std::size_t s = 0; s < starts.size(); ++s) through[all.source[s]] += starts[s];
  for (auto i = all.order.size(); i-- > 0;) {
    const auto stop = all.order[i];
    if (through[stop] == 0) continue;
    for (auto o = all.first_outcome[stop]; o != all.first_outcome[stop + 1]; ++o)
      pass_on(all, all.outcomes[o], loads, through);
  }
}

// Of both legs by way of nodes between; nothing where one of them is lost.
std::optional<std::vector<double>> leg_loads(const Graph& graph, const Routing& routing,
                                             std::span<const double> matrix) {
  const auto ports = topology::ports(graph);
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  std::vector<double> out(graph.channels.size()), through, starts(nodes);
  std::vector<double> onward(matrix.size());  // by destination * nodes + node between
  for (std::uint32_t v = 0; v < nodes; ++v) {
    for (std::uint32_t s = 0; s < nodes; ++s) {
      starts[s] = 0;
      for (std::uint32_t d = 0; d < nodes; ++d) {
        const double rate = matrix[std::size_t{s} * nodes + d];
        if (rate == 0) continue;
        const double part = rate * routing.chance(graph, routing, s, d, v);
        starts[s] += part;
        onward[std::size_t{d} * nodes + v] += part;
      }
    }
    const auto all = journeys(graph, ports, routing, v, Leg::first);
    if (any_lost(all)) return std::nullopt;
    follow(all, starts, out, through);
  }
  for (std::uint32_t d = 0; d < nodes; ++d) {
    const auto all = journeys(graph, ports, routing, d, Leg::second);
    if (any_lost(all)) return std::nullopt;
    const auto* const from = onward.data() + std::size_t{d} * nodes;
    starts.assign(from, from + nodes);
    follow(all, starts, out, through);
  }
  return out;
}

std::vector<double> function_loads(const Graph& graph, const Routing& routing,
                                   std::span<const double> matrix) {
  if (routing.chance != nullptr)
    if (auto out = leg_loads(graph, routing, matrix)) return std::move(*out);
  const auto ports = topology::ports(graph);
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  std::vector<double> out(graph.channels.size()), through, starts(nodes);
  for (std::uint32_t d = 0; d < nodes; ++d) {
    for (std::uint32_t s = 0; s < nodes; ++s) starts[s] = matrix[std::size_t{s} * nodes + d];
    follow(journeys(graph, ports, routing, d), starts, out, through);
  }
  return out;
}

}  // namespace

std::vector<double> loads(const Graph& graph, const Routing& routing, std::span<const double> matrix) {
  return routing.is_table() ? table_loads(graph, routing, matrix) : function_loads(graph, routing, matrix);
}

Bound channel_bound(const Graph& graph, std::span<const double> matrix, std::span<const double> loads) {
  const auto channels = static_cast<std::uint32_t>(graph.channels.size());
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  Bound out{std::numeric_limits<double>::infinity(), topology::none};
  const auto offer = [&](double load, double width, std::uint32_t channel) {
    if (load <= 0 || width / load >= out.load) return false;
    out = {width / load, channel};
    return true;
  };
  for (std::uint32_t c = 0; c < channels; ++c) offer(loads[c], graph.channels[c].width, c);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    double sent = 0, received = 0;
    for (std::uint32_t other = 0; other < nodes; ++other) {
      sent += matrix[std::size_t{node} * nodes + other];
      received += matrix[std::size_t{other} * nodes + node];
    }
    if (offer(received, 1, channels + node)) out.by_ejection = true;
    if (offer(sent, 1, channels + node)) out.by_injection = true;
  }
  return out;
}

}  // namespace marquetry::routing
