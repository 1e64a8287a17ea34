#include <algorithm>
#include <optional>

#include "routing/journeys.h"
#include "routing/load.h"
#include "routing/lone_packet.h"
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

// The quickest ways of heads to a node over channels of at least some width: a tree of rows or of stops.
class Heads {
 public:
  Heads(const Graph& graph, const Router& router) : graph_{graph}, router_{router} {}

  struct Step {
    std::uint32_t cycles{never};  // until it is at the node's channel
    std::uint32_t channel{none}, next{none};
  };
  // Of a node: where it starts.
  const Step& from(std::uint32_t node) const { return steps_[start_[node]]; }
  const Step& after(const Step& step) const { return steps_[step.next]; }

  void by_table(TableView& view, double least, std::uint32_t d) {
    steps_.assign(view.rows(), {});
    for (const auto row : view.sweep(d)) {
      Step best;
      for (auto way = view.begin(row, d); way != view.end(row, d); ++way) {
        if (view.ends(way, d))
          best = {0, none, none};
        else
          better(best, view.channel(way), view.row_after(view.channel(way)), least);
      }
      settle(row, best, view.router_of(row));
    }
    start_.clear();
    for (std::uint32_t s = 0; s < graph_.terminals.size(); ++s) start_.push_back(view.row_of_source(s));
  }

  void by_functions(const Journeys& all, double least) {
    const auto channels = graph_.channels.size();
    steps_.assign(all.stops.size(), {});
    for (const auto stop : all.order) {
      Step best;
      for (auto w = all.outcomes[all.first_outcome[stop]].first_way;
           w != all.outcomes[all.first_outcome[stop + 1] - 1].last_way; ++w) {
        const auto& way = all.ways[w];
        if (way.channel == channels) {
          best = {0, none, none};
          continue;
        }
        for (auto v = way.first_vc; v <= way.last_vc; ++v)
          better(best, way.channel, all.next[way.next + v - way.first_vc], least);
      }
      const auto into = all.stops[stop].channel;
      settle(stop, best,
             into < channels ? graph_.channels[into].to : graph_.terminals[into - channels].router);
    }
    start_ = all.source;
  }

 private:
  void better(Step& best, std::uint32_t channel, std::uint32_t next, double least) const {
    const auto& c = graph_.channels[channel];
    const auto cycles = c.latency + steps_[next].cycles;
    if (c.width >= least && cycles < best.cycles) best = {cycles, channel, next};
  }
  void settle(std::uint32_t at, Step best, std::uint32_t router) {
    if (best.cycles < never) best.cycles += router_.at(router).cycles();
    steps_[at] = best;
  }

  const Graph& graph_;
  const Router& router_;
  std::vector<Step> steps_{};
  std::vector<std::uint32_t> start_{};
};

// The cycles of whole packets over the ways of their heads.
class Packets {
 public:
  Packets(const Graph& graph, const Router& router, std::uint32_t flits)
      : graph_{graph},
        flits_{flits},
        follows_{follows_at_once(graph, router, flits)},
        widths_{follows_ ? std::vector<double>{0} : widths(graph)},
        packet_{graph, router, flits} {}

  // Least widths of channels to look for ways over: one alone does where all flits follow at once.
  const std::vector<double>& least_widths() const { return widths_; }

  std::uint32_t cycles(const Heads& heads, std::uint32_t s, std::uint32_t d) {
    const auto& head = heads.from(s);
    if (head.cycles >= never) return none;
    if (follows_) return whole(head.cycles, s, d);
    channels_.clear();
    add(heads, s);
    return packet_.cycles(s, d, channels_);
  }

  // By way of a node between: of the heads to it and from it on.
  std::uint32_t cycles(const Heads& there, const Heads& on, std::uint32_t head, std::uint32_t s,
                       std::uint32_t via, std::uint32_t d) {
    if (follows_) return whole(head, s, d);
    channels_.clear();
    add(there, s);
    add(on, via);
    return packet_.cycles(s, d, channels_);
  }

 private:
  std::uint32_t whole(std::uint32_t head, std::uint32_t s, std::uint32_t d) const {
    return graph_.terminals[s].latency + graph_.terminals[d].latency + head + flits_;
  }
  void add(const Heads& heads, std::uint32_t from) {
    for (auto step = heads.from(from); step.channel != none; step = heads.after(step))
      channels_.push_back(step.channel);
  }

  const Graph& graph_;
  std::uint32_t flits_{};
  bool follows_{};
  std::vector<double> widths_;
  LonePacket packet_;
  std::vector<std::uint32_t> channels_{};
};

// By way of nodes between, over channels of at least some width: the least of both legs, which share the
// router of the node between. False where a leg is lost.
bool by_legs(const Graph& graph, const Routing& routing, const Router& router, double width, Packets& packets,
             std::vector<std::uint32_t>& out) {
  const auto ports = topology::ports(graph);
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  std::vector<Heads> there(nodes, Heads{graph, router});
  std::vector<std::uint32_t> first(out.size());  // by source * nodes + node between
  for (std::uint32_t v = 0; v < nodes; ++v) {
    const auto all = journeys(graph, ports, routing, v, Leg::first);
    if (any_lost(all)) return false;
    there[v].by_functions(all, width);
    for (std::uint32_t s = 0; s < nodes; ++s) first[std::size_t{s} * nodes + v] = there[v].from(s).cycles;
  }
  Heads on{graph, router};
  std::vector<std::uint32_t> second(nodes);
  for (std::uint32_t d = 0; d < nodes; ++d) {
    const auto all = journeys(graph, ports, routing, d, Leg::second);
    if (any_lost(all)) return false;
    on.by_functions(all, width);
    for (std::uint32_t v = 0; v < nodes; ++v) {
      const auto cycles = on.from(v).cycles;
      second[v] = cycles < never ? cycles - router.at(graph.terminals[v].router).cycles() : never;
    }
    for (std::uint32_t s = 0; s < nodes; ++s) {
      const auto* const to = first.data() + std::size_t{s} * nodes;
      std::uint32_t least = never, via = none;
      for (std::uint32_t v = 0; v < nodes; ++v) {
        if (to[v] + second[v] >= least || routing.chance(graph, routing, s, d, v) == 0) continue;
        least = to[v] + second[v];
        via = v;
      }
      if (via == none) continue;
      auto& best = out[std::size_t{s} * nodes + d];
      best = std::min(best, packets.cycles(there[via], on, least, s, via, d));
    }
  }
  return true;
}

}  // namespace

std::vector<std::uint32_t> zero_load(const Graph& graph, const Routing& routing, const Router& router,
                                     std::uint32_t packet_flits) {
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  std::vector<std::uint32_t> out(std::size_t{nodes} * nodes, none);
  Packets packets{graph, router, packet_flits};
  if (routing.chance != nullptr) {
    const auto& all = packets.least_widths();
    if (std::all_of(all.begin(), all.end(),
                    [&](double width) { return by_legs(graph, routing, router, width, packets, out); }))
      return out;
    std::fill(out.begin(), out.end(), none);
  }
  Heads heads{graph, router};
  const auto ports = topology::ports(graph);
  std::optional<TableView> view;
  if (routing.is_table()) view.emplace(graph, routing);
  for (std::uint32_t d = 0; d < nodes; ++d) {
    std::optional<Journeys> all;
    if (!view) all = journeys(graph, ports, routing, d);
    for (const auto width : packets.least_widths()) {
      if (view)
        heads.by_table(*view, width, d);
      else
        heads.by_functions(*all, width);
      for (std::uint32_t s = 0; s < nodes; ++s) {
        auto& best = out[std::size_t{s} * nodes + d];
        best = std::min(best, packets.cycles(heads, s, d));
      }
    }
  }
  return out;
}

}  // namespace marquetry::routing
