#include "routing/leg_dependencies.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "routing/journeys.h"
#include "routing/outcomes.h"

namespace marquetry::routing {
namespace {

using topology::Graph;

// Of routings by way of a node between. For each such node: its first leg; what packets may do besides at
// their destination's router before it; and how the second leg goes on from there.
class LegPackets {
 public:
  LegPackets(const Graph& graph, const Routing& routing, Dependencies& out)
      : graph_{graph},
        routing_{routing},
        out_{out},
        ports_{topology::ports(graph)},
        channels_{static_cast<std::uint32_t>(graph.channels.size())},
        nodes_{static_cast<std::uint32_t>(graph.terminals.size())},
        at_router_(graph.routers) {
    for (std::uint32_t n = 0; n < nodes_; ++n) at_router_[graph.terminals[n].router].push_back(n);
  }

  // False where a leg is lost.
  bool run() {
    for (std::uint32_t n = 0; n < nodes_; ++n) {
      for (const auto leg : {Leg::first, Leg::second}) {
        const auto all = journeys(graph_, ports_, routing_, n, leg);
        if (any_lost(all)) return false;
        for (const auto& outcome : all.outcomes) add(all, outcome, channels_, out_);
        if (leg == Leg::first) {
          pass_destinations(all, n);
          join(all, n);
        }
      }
    }
    return true;
  }

 private:
  using Set = std::vector<std::uint32_t>;  // of vertices, rising

  std::uint32_t router_of(const Stop& stop) const {
    return stop.channel < channels_ ? graph_.channels[stop.channel].to
                                    : graph_.terminals[stop.channel - channels_].router;
  }
  static auto key(const Stop& stop) { return std::tuple{stop.channel, stop.vc, stop.phase}; }
  std::uint32_t vertex(const Stop& stop) const { return stop.channel * routing_.vcs + stop.vc; }

  void pass_destinations(const Journeys& first, std::uint32_t via) {
    known_ = first.stops;
    const auto before = [](const Stop& a, const Stop& b) { return key(a) < key(b); };
    std::sort(known_.begin(), known_.end(), before);
    for (const auto& stop : first.stops) {
      const auto router = router_of(stop);
      if (router == graph_.terminals[via].router) continue;
      for (const auto d : at_router_[router]) {
        open_.assign(1, stop);
        for (std::size_t i = 0; i < open_.size(); ++i) look(Stop{open_[i]}, d);
      }
    }
  }

  // On from a stop, as far as no other packet has come.
  void look(const Stop& stop, std::uint32_t destination) {
    const auto router = router_of(stop);
    Arrival at{.router = router, .vc = stop.vc};
    at.port = stop.channel < channels_ ? graph_.channels[stop.channel].in_port
                                       : graph_.terminals[stop.channel - channels_].in_port;
    const Packet packet{.destination = destination, .via = stop.via, .phase = stop.phase};
    each_outcome(graph_, routing_, at, packet, [&](double, const Packet& after, const Ways& ways) {
      for (const auto& way : ways) {
        const auto channel = ports_.out_of(router)[way.port];
        if (channel >= channels_) continue;
        for (auto v = way.first_vc; v <= way.last_vc; ++v) {
          const Stop next{channel, v, after.via, after.phase};
          out_.used[vertex(next)] = true;
          if (stop.channel < channels_) add_once(out_.after[vertex(stop)], vertex(next));
          const auto before = [](const Stop& a, const Stop& b) { return key(a) < key(b); };
          if (!std::binary_search(known_.begin(), known_.end(), next, before) &&
              std::find(open_.begin(), open_.end(), next) == open_.end())
            open_.push_back(next);
        }
      }
    });
  }

  // From the last stops of the first leg to the first ones of the second: for each two that some pair of
  // nodes has.
  void join(const Journeys& first, std::uint32_t via) {
    const auto groups = arrivals(first, via);
    std::map<Set, std::vector<std::uint32_t>> leaving;  // destinations
    for (std::uint32_t d = 0; d < nodes_; ++d) leaving[departures(via, d)].push_back(d);
    for (const auto& [held, sources] : groups) {
      for (const auto& [asked, destinations] : leaving) {
        if (held.empty() || asked.empty()) continue;
        if (!any_pair(sources, destinations, via)) continue;
        for (const auto from : held)
          for (const auto to : asked) add_once(out_.after[from], to);
      }
    }
  }

  bool any_pair(const std::vector<std::uint32_t>& sources, const std::vector<std::uint32_t>& destinations,
                std::uint32_t via) const {
    for (const auto s : sources)
      for (const auto d : destinations)
        if (routing_.chance(graph_, routing_, s, d, via) > 0) return true;
    return false;
  }

  // What sources hold when they come to the node between, and which sources.
  std::map<Set, std::vector<std::uint32_t>> arrivals(const Journeys& first, std::uint32_t via) const {
    std::map<Set, std::uint32_t> numbers;
    std::vector<const Set*> sets;
    std::vector<std::uint32_t> of(first.stops.size());
    const auto number = [&](Set set) {
      const auto [at, is_new] = numbers.emplace(std::move(set), static_cast<std::uint32_t>(sets.size()));
      if (is_new) sets.push_back(&at->first);
      return at->second;
    };
    std::vector<std::uint32_t> reached;
    for (const auto stop : first.order) {
      const auto& here = first.stops[stop];
      if (router_of(here) == graph_.terminals[via].router) {
        of[stop] = number(here.channel < channels_ ? Set{vertex(here)} : Set{});
        continue;
      }
      reached.clear();
      const auto end = first.outcomes[first.first_outcome[stop + 1] - 1].last_way;
      for (auto w = first.outcomes[first.first_outcome[stop]].first_way; w != end; ++w)
        for (auto v = first.ways[w].first_vc; v <= first.ways[w].last_vc; ++v)
          reached.push_back(of[first.next[first.ways[w].next + v - first.ways[w].first_vc]]);
      std::sort(reached.begin(), reached.end());
      reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
      if (reached.size() == 1) {
        of[stop] = reached.front();
        continue;
      }
      Set all;
      for (const auto r : reached) all.insert(all.end(), sets[r]->begin(), sets[r]->end());
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      of[stop] = number(std::move(all));
    }
    std::map<Set, std::vector<std::uint32_t>> out;
    for (std::uint32_t s = 0; s < nodes_; ++s) out[*sets[of[first.source[s]]]].push_back(s);
    return out;
  }

  // What the second leg may ask for first.
  Set departures(std::uint32_t via, std::uint32_t destination) const {
    const auto& from = graph_.terminals[via];
    const Packet packet{.destination = destination, .via = via};
    Set out;
    each_outcome(graph_, routing_, {.router = from.router, .port = from.in_port}, packet,
                 [&](double, const Packet&, const Ways& ways) {
                   for (const auto& way : ways) {
                     const auto channel = ports_.out_of(from.router)[way.port];
                     if (channel >= channels_) continue;
                     for (auto v = way.first_vc; v <= way.last_vc; ++v)
                       out.push_back(channel * routing_.vcs + v);
                   }
                 });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  const Graph& graph_;
  const Routing& routing_;
  Dependencies& out_;
  topology::Ports ports_;
  std::uint32_t channels_{}, nodes_{};
  std::vector<std::vector<std::uint32_t>> at_router_;
  std::vector<Stop> known_{}, open_{};
};

}  // namespace

bool add_legs(const Graph& graph, const Routing& routing, Dependencies& out) {
  return LegPackets{graph, routing, out}.run();
}

}  // namespace marquetry::routing
