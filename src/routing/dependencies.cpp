#include "routing/dependencies.h"

#include <algorithm>

#include "routing/journeys.h"
#include "routing/leg_dependencies.h"
#include "routing/table_view.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

// A table's packets are told apart by the channel and the range of virtual channels that they may be in.
class TablePackets {
 public:
  TablePackets(const Graph& graph, const Routing& routing)
      : graph_{graph},
        routing_{routing},
        view_{graph, routing},
        nodes_{static_cast<std::uint32_t>(graph.terminals.size())},
        of_channel_(graph.channels.size()) {}

  Dependencies run() {
    Dependencies out{.vcs = routing_.vcs};
    for (std::uint32_t d = 0; d < nodes_; ++d) {
      view_.sweep(d);
      for (std::uint32_t s = 0; s < nodes_; ++s) {
        if (view_.is_lost(view_.row_of_source(s))) out.lost.emplace_back(s, d);
        if (s == 0 || !routing_.layer.empty()) ++stamp_;
        walk(s, d);
      }
    }
    std::sort(out.lost.begin(), out.lost.end());
    expand(out);
    return out;
  }

 private:
  struct Held {
    std::uint32_t channel{};
    VcRange vcs{};
    std::uint32_t stamp{};
    std::vector<std::uint32_t> after{};
  };

  std::uint32_t held(std::uint32_t channel, VcRange vcs) {
    for (const auto h : of_channel_[channel])
      if (held_[h].vcs.first == vcs.first && held_[h].vcs.last == vcs.last) return h;
    of_channel_[channel].push_back(static_cast<std::uint32_t>(held_.size()));
    held_.push_back({channel, vcs});
    return of_channel_[channel].back();
  }

  void walk(std::uint32_t s, std::uint32_t d) {
    open_.clear();
    follow(view_.row_of_source(s), none, s, d);
    while (!open_.empty()) {
      const auto here = open_.back();
      open_.pop_back();
      follow(view_.row_after(held_[here].channel), here, s, d);
    }
  }

  void follow(std::uint32_t row, std::uint32_t from, std::uint32_t s, std::uint32_t d) {
    for (auto i = view_.begin(row, d); i != view_.end(row, d); ++i) {
      if (view_.channel(i) >= graph_.channels.size()) continue;
      const auto& way = routing_.ways[i];
      const auto vcs = routing_.layer.empty() ? VcRange{way.first_vc, way.last_vc}
                                              : vcs_of_layer(routing_.layer[std::size_t{s} * nodes_ + d],
                                                             routing_.layers, routing_.vcs);
      const auto to = held(view_.channel(i), vcs);
      if (from != none) add_once(held_[from].after, to);
      if (held_[to].stamp == stamp_) continue;
      held_[to].stamp = stamp_;
      open_.push_back(to);
    }
  }

  void expand(Dependencies& out) const {
    const auto n = graph_.channels.size() * routing_.vcs;
    out.used.resize(n);
    out.after.resize(n);
    out.offered_last.resize(n);
    for (const auto& h : held_) {
      for (auto v = h.vcs.first; v <= h.vcs.last; ++v) {
        const auto from = h.channel * routing_.vcs + v;
        out.used[from] = true;
        for (const auto a : h.after)
          for (auto w = held_[a].vcs.first; w <= held_[a].vcs.last; ++w)
            add_once(out.after[from], held_[a].channel * routing_.vcs + w);
      }
    }
  }

  const Graph& graph_;
  const Routing& routing_;
  TableView view_;
  std::uint32_t nodes_{}, stamp_{};
  std::vector<Held> held_{};
  std::vector<std::vector<std::uint32_t>> of_channel_;
  std::vector<std::uint32_t> open_{};
};

bool offers(const WayOn& way, std::size_t channels, std::uint32_t vcs, const std::vector<bool>& escape) {
  if (way.channel == channels) return true;
  if (way.channel == none) return false;
  const auto first = escape.begin() + static_cast<std::ptrdiff_t>(way.channel * vcs + way.first_vc);
  return std::find(first, first + (way.last_vc - way.first_vc + 1), true) !=
         first + (way.last_vc - way.first_vc + 1);
}

}  // namespace

void add_once(std::vector<std::uint32_t>& list, std::uint32_t value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

void add(const Journeys& all, const Outcome& outcome, std::size_t channels, Dependencies& out) {
  const auto& stop = all.stops[outcome.stop];
  std::uint32_t highest = 0;
  for (auto w = outcome.first_way; w != outcome.last_way; ++w)
    highest = std::max(highest, all.ways[w].priority);
  for (auto w = outcome.first_way; w != outcome.last_way; ++w) {
    const auto& way = all.ways[w];
    if (way.channel >= channels) continue;
    for (auto v = way.first_vc; v <= way.last_vc; ++v) {
      const auto to = way.channel * out.vcs + v;
      out.used[to] = true;
      if (way.priority < highest) out.offered_last[to] = true;
      if (stop.channel < channels) add_once(out.after[stop.channel * out.vcs + stop.vc], to);
    }
  }
}

std::size_t Dependencies::count() const {
  std::size_t sum = 0;
  for (const auto& list : after) sum += list.size();
  return sum;
}

Dependencies dependencies(const Graph& graph, const Routing& routing) {
  if (routing.is_table()) return TablePackets{graph, routing}.run();
  const auto n = graph.channels.size() * routing.vcs;
  const Dependencies empty{routing.vcs,
                           std::vector<bool>(n),
                           std::vector<std::vector<std::uint32_t>>(n),
                           std::vector<bool>(n),
                           {}};
  auto out = empty;
  if (routing.chance != nullptr) {
    if (add_legs(graph, routing, out)) return out;
    out = empty;
  }
  const auto ports = topology::ports(graph);
  for (std::uint32_t d = 0; d < graph.terminals.size(); ++d) {
    const auto all = journeys(graph, ports, routing, d);
    for (const auto& outcome : all.outcomes) add(all, outcome, graph.channels.size(), out);
    for (std::uint32_t s = 0; s < all.source.size(); ++s)
      if (all.is_lost[all.source[s]]) out.lost.emplace_back(s, d);
  }
  std::sort(out.lost.begin(), out.lost.end());
  return out;
}

bool always_offers(const Graph& graph, const Routing& routing, const std::vector<bool>& escape) {
  const auto ports = topology::ports(graph);
  for (std::uint32_t d = 0; d < graph.terminals.size(); ++d) {
    const auto all = journeys(graph, ports, routing, d);
    for (const auto& outcome : all.outcomes)
      if (std::none_of(
              all.ways.begin() + outcome.first_way, all.ways.begin() + outcome.last_way,
              [&](const WayOn& way) { return offers(way, graph.channels.size(), routing.vcs, escape); }))
        return false;
  }
  return true;
}

std::vector<std::vector<std::uint32_t>> extended(const Dependencies& all, const std::vector<bool>& escape) {
  const auto n = static_cast<std::uint32_t>(all.after.size());
  std::vector<std::vector<std::uint32_t>> out(n);
  std::vector<std::uint32_t> stamp(n, none), open;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (!escape[v]) continue;
    open.assign(1, v);
    while (!open.empty()) {
      const auto here = open.back();
      open.pop_back();
      for (const auto next : all.after[here]) {
        if (stamp[next] == v) continue;
        stamp[next] = v;
        if (escape[next])
          out[v].push_back(next);
        else
          open.push_back(next);
      }
    }
  }
  return out;
}

}  // namespace marquetry::routing
