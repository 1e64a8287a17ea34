#include "routing/journeys.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "routing/outcomes.h"

namespace marquetry::routing {
namespace {

using topology::none;

// Stops by their values: open addressing, doubled at half full.
class StopIndex {
 public:
  // The number of a stop, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::vector<Stop>& stops, const Stop& stop) {
    if (slots_.size() < 2 * (stops.size() + 1)) grow(stops);
    auto& slot = slots_[find(stops, stop)];
    if (slot != none) return {slot, false};
    slot = static_cast<std::uint32_t>(stops.size());
    stops.push_back(stop);
    return {slot, true};
  }

 private:
  std::size_t find(const std::vector<Stop>& stops, const Stop& stop) const {
    std::uint64_t hash = (std::uint64_t{stop.channel} << 32 | stop.vc) * 0x9e3779b97f4a7c15u;
    hash = (std::rotl(hash, 23) ^ (std::uint64_t{stop.via} << 32 | stop.phase)) * 0xbf58476d1ce4e5b9u;
    auto i = (hash ^ hash >> 31) & (slots_.size() - 1);
    while (slots_[i] != none && !(stops[slots_[i]] == stop)) i = (i + 1) & (slots_.size() - 1);
    return i;
  }
  void grow(const std::vector<Stop>& stops) {
    slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), none);
    for (std::uint32_t i = 0; i < stops.size(); ++i) slots_[find(stops, stops[i])] = i;
  }
  std::vector<std::uint32_t> slots_{};
};

class Explorer {
 public:
  Explorer(const topology::Graph& graph, const topology::Ports& ports, const Routing& routing,
           std::uint32_t destination, Leg leg)
      : graph_{graph}, ports_{ports}, routing_{routing}, destination_{destination}, leg_{leg} {}

  Journeys run() {
    const auto channels = static_cast<std::uint32_t>(graph_.channels.size());
    for (std::uint32_t s = 0; s < graph_.terminals.size(); ++s)
      out_.source.push_back(index_.add(out_.stops, {channels + s, 0, via(s)}).first);
    for (std::uint32_t stop = 0; stop < out_.stops.size(); ++stop) look(stop);
    out_.first_outcome.push_back(static_cast<std::uint32_t>(out_.outcomes.size()));
    sort();
    return std::move(out_);
  }

 private:
  // The first leg ends, and the second one begins, at the node between.
  std::uint32_t via(std::uint32_t start) const {
    return leg_ == Leg::whole ? 0 : leg_ == Leg::first ? destination_ : start;
  }

  void look(std::uint32_t number) {
    out_.first_outcome.push_back(static_cast<std::uint32_t>(out_.outcomes.size()));
    const Stop stop = out_.stops[number];
    const auto channels = graph_.channels.size();
    const bool starts = stop.channel >= channels;
    Arrival at{.vc = stop.vc, .at_source = starts && leg_ == Leg::whole};
    Packet packet{.destination = destination_, .via = stop.via, .phase = stop.phase};
    if (starts) {
      packet.source = static_cast<std::uint32_t>(stop.channel - channels);
      at.router = graph_.terminals[packet.source].router;
      at.port = graph_.terminals[packet.source].in_port;
    } else {
      at.router = graph_.channels[stop.channel].to;
      at.port = graph_.channels[stop.channel].in_port;
    }
    each_outcome(graph_, routing_, at, packet, [&](double share, const Packet& after, const Ways& ways) {
      const auto first = static_cast<std::uint32_t>(out_.ways.size());
      for (const auto& way : ways) add(at.router, way, after);
      out_.outcomes.push_back({number, share, first, static_cast<std::uint32_t>(out_.ways.size())});
    });
  }

  void add(std::uint32_t router, const Way& way, const Packet& after) {
    const auto channels = graph_.channels.size();
    const auto at = way.port < ports_.ports ? ports_.out_of(router)[way.port] : none;
    WayOn on{at, way.first_vc, way.last_vc, way.priority, static_cast<std::uint32_t>(out_.next.size())};
    if (at >= channels)
      on.channel = at == channels + destination_ ? static_cast<std::uint32_t>(channels) : none;
    else
      for (auto vc = way.first_vc; vc <= way.last_vc; ++vc)
        out_.next.push_back(index_.add(out_.stops, {at, vc, after.via, after.phase}).first);
    out_.ways.push_back(on);
  }

  bool leads_nowhere(std::uint32_t stop) const {
    for (auto o = out_.first_outcome[stop]; o != out_.first_outcome[stop + 1]; ++o) {
      const auto& outcome = out_.outcomes[o];
      if (outcome.first_way == outcome.last_way) return true;
      for (auto w = outcome.first_way; w != outcome.last_way; ++w)
        if (out_.ways[w].channel == none) return true;
    }
    return false;
  }

  // Depth first, without recursion; the stops after one are those in `next` from its first way to the next
  // stop's.
  void sort() {
    const auto n = static_cast<std::uint32_t>(out_.stops.size());
    first_.assign(n + 1, static_cast<std::uint32_t>(out_.next.size()));
    for (std::uint32_t i = n; i-- > 0;) {
      const auto way = out_.outcomes[out_.first_outcome[i]].first_way;
      first_[i] = way < out_.ways.size() ? out_.ways[way].next : first_[i + 1];
    }
    at_.assign(first_.begin(), first_.end() - 1);
    state_.assign(n, unseen);
    for (const auto start : out_.source)
      if (state_[start] == unseen) follow(start);
    out_.is_lost.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) out_.is_lost[i] = state_[i] != done;
  }

  void follow(std::uint32_t start) {
    state_[start] = open;
    std::vector<std::uint32_t> stack{start};
    bool fails = false;  // what was left last
    while (!stack.empty()) {
      const auto here = stack.back();
      if (fails || at_[here] == first_[here + 1]) {
        fails = fails || leads_nowhere(here);
        state_[here] = fails ? lost : done;
        if (!fails) out_.order.push_back(here);
        stack.pop_back();
        continue;
      }
      const auto next = out_.next[at_[here]++];
      if (state_[next] == unseen) {
        state_[next] = open;
        stack.push_back(next);
      } else {
        fails = state_[next] != done;
      }
    }
  }

  enum State : std::uint8_t { unseen, open, done, lost };
  const topology::Graph& graph_;
  const topology::Ports& ports_;
  const Routing& routing_;
  std::uint32_t destination_{};
  Leg leg_{};
  Journeys out_{};
  StopIndex index_{};
  std::vector<std::uint8_t> state_{};
  std::vector<std::uint32_t> first_{}, at_{};  // by stop, in `next`
};

}  // namespace

Journeys journeys(const topology::Graph& graph, const topology::Ports& ports, const Routing& routing,
                  std::uint32_t destination, Leg leg) {
  return Explorer{graph, ports, routing, destination, leg}.run();
}

bool any_lost(const Journeys& all) {
  return std::any_of(all.source.begin(), all.source.end(), [&](auto stop) { return all.is_lost[stop]; });
}

}  // namespace marquetry::routing
