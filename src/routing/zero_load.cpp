#include <algorithm>
#include <cmath>
#include <optional>

#include "routing/journeys.h"
#include "routing/load.h"
#include "routing/table_view.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

constexpr std::uint32_t never = none / 2;  // two of them still add up

// Widths of channels, each once, rising: where they differ, a packet is as slow as the narrowest on its way.
std::vector<double> widths(const Graph& graph) {
  std::vector<double> out;
  for (const auto& c : graph.channels) out.push_back(c.width);
  if (out.empty()) out.push_back(1);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Cycles from the head's leaving its source to its arrival at the node, over channels of at least that
// width.
class Heads {
 public:
  Heads(const Graph& graph, const Routing& routing, const Router& router)
      : graph_{graph}, router_{router}, routing_{routing} {}

  std::uint32_t at(std::uint32_t r) const { return router_.at(r).cycles(); }

  template <class Take>
  void by_table(TableView& view, double least, std::uint32_t d, Take take) {
    cycles_.resize(view.rows());
    for (const auto row : view.sweep(d)) {
      auto best = never;
      for (auto way = view.begin(row, d); way != view.end(row, d); ++way) {
        if (view.ends(way, d)) {
          best = 0;
          continue;
        }
        const auto& c = graph_.channels[view.channel(way)];
        if (c.width >= least) best = std::min(best, c.latency + cycles_[view.row_after(view.channel(way))]);
      }
      cycles_[row] = std::min(never, best + at(view.router_of(row)));
    }
    for (std::uint32_t s = 0; s < graph_.terminals.size(); ++s) {
      const auto row = view.row_of_source(s);
      take(s, view.is_lost(row) ? never : cycles_[row]);
    }
  }

  template <class Take>
  void by_functions(const Journeys& all, double least, Take take) {
    const auto channels = graph_.channels.size();
    cycles_.assign(all.stops.size(), never);
    for (const auto stop : all.order) {
      auto best = never;
      for (auto w = all.outcomes[all.first_outcome[stop]].first_way;
           w != all.outcomes[all.first_outcome[stop + 1] - 1].last_way; ++w) {
        const auto& way = all.ways[w];
        if (way.channel == channels) {
          best = 0;
          continue;
        }
        const auto& c = graph_.channels[way.channel];
        for (auto v = way.first_vc; c.width >= least && v <= way.last_vc; ++v)
          best = std::min(best, c.latency + cycles_[all.next[way.next + v - way.first_vc]]);
      }
      const auto into = all.stops[stop].channel;
      const auto router =
          into < channels ? graph_.channels[into].to : graph_.terminals[into - channels].router;
      cycles_[stop] = std::min(never, best + at(router));
    }
    for (std::uint32_t s = 0; s < graph_.terminals.size(); ++s) take(s, cycles_[all.source[s]]);
  }

 private:
  const Graph& graph_;
  const Router& router_;
  const Routing& routing_;
  std::vector<std::uint32_t> cycles_{};
};

}  // namespace

std::vector<std::uint32_t> zero_load(const Graph& graph, const Routing& routing, const Router& router,
                                     std::uint32_t packet_flits) {
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  std::vector<std::uint32_t> out(std::size_t{nodes} * nodes, none);
  Heads heads{graph, routing, router};
  const auto narrowest = packet_flits > 1 ? widths(graph) : std::vector<double>{0};
  const auto ports = topology::ports(graph);
  std::optional<TableView> view;
  if (routing.is_table()) view.emplace(graph, routing);
  for (std::uint32_t d = 0; d < nodes; ++d) {
    std::optional<Journeys> all;
    if (!view) all = journeys(graph, ports, routing, d);
    for (const auto width : narrowest) {
      const auto tail = static_cast<std::uint32_t>(std::ceil((packet_flits - 1) / (width > 0 ? width : 1)));
      const auto take = [&](std::uint32_t s, std::uint32_t cycles) {
        if (cycles >= never) return;
        const auto ends = graph.terminals[s].latency + graph.terminals[d].latency + 1;
        auto& best = out[std::size_t{s} * nodes + d];
        best = std::min(best, ends + cycles + tail);
      };
      if (view)
        heads.by_table(*view, width, d, take);
      else
        heads.by_functions(*all, width, take);
    }
  }
  return out;
}

}  // namespace marquetry::routing
