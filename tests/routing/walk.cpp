#include "routing/walk.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

#include "routing/routings.h"
#include "topology/generators.h"

namespace marquetry::test {
namespace {

using routing::Arrival;
using routing::Packet;
using topology::Graph;

// Answers draws with the numbers of one sequence, and tells the next sequence.
struct Script {
  std::vector<std::uint32_t> choice{}, of{};
  std::size_t at{};

  static std::uint32_t below(void* context, std::uint32_t n) {
    auto& script = *static_cast<Script*>(context);
    if (script.at == script.choice.size()) {
      script.choice.push_back(0);
      script.of.push_back(n);
    }
    return script.choice[script.at++];
  }
  bool advance() {
    choice.resize(at);
    of.resize(at);
    while (!choice.empty() && ++choice.back() == of.back()) {
      choice.pop_back();
      of.pop_back();
    }
    at = 0;
    return !choice.empty();
  }
};

using State = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;  // into, vc, via, phase

struct Walker {
  const Graph& graph;
  const routing::Routing& routing;
  Seen seen{};
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> channel_at{};  // by router and port
  std::uint32_t source{}, destination{};
  std::map<State, int> visit{};                                      // 1: on the way, 2: done
  std::map<State, std::pair<std::uint32_t, std::uint32_t>> least{};  // hops, cycles from there

  void note(const Arrival& at, const std::vector<Answer>& ways) {
    if (at.router == graph.terminals[destination].router) return;
    std::set<Hop> offer;
    for (const auto& answer : ways)
      for (auto vc = answer.way.first_vc; vc <= answer.way.last_vc; ++vc)
        if (channel_at.contains({at.router, answer.way.port}))
          offer.insert({channel_at[{at.router, answer.way.port}], vc});
    seen.offers.insert(std::move(offer));
  }

  std::pair<std::uint32_t, std::uint32_t> from(const Arrival& at, std::uint32_t into, const Packet& packet) {
    const State state{into, at.vc, packet.via, packet.phase};
    if (visit[state] == 1) seen.arrives = false;
    if (visit[state] != 0) return least[state];
    visit[state] = 1;
    std::pair<std::uint32_t, std::uint32_t> best{1u << 20, 1u << 20};
    std::vector<Answer> all;
    each_outcome(graph, routing, at, packet, [&](double, const std::vector<Answer>& ways) {
      all.insert(all.end(), ways.begin(), ways.end());
      note(at, ways);
    });
    if (all.empty()) seen.arrives = false;
    for (const auto& [way, after] : all) {
      const auto& end = graph.terminals[destination];
      if (end.router == at.router && end.out_port == way.port) {
        best = {0, 0};
        continue;
      }
      const auto found = channel_at.find({at.router, way.port});
      const auto over = found == channel_at.end() ? topology::none : found->second;
      if (over == topology::none || way.last_vc < way.first_vc || way.last_vc >= routing.vcs) {
        seen.arrives = false;
        continue;
      }
      const auto& channel = graph.channels[over];
      for (auto vc = way.first_vc; vc <= way.last_vc; ++vc) {
        if (!at.at_source) seen.dependencies.insert({{into, at.vc}, {over, vc}});
        const auto rest = from({channel.to, channel.in_port, vc, false}, over, after);
        best = {std::min(best.first, rest.first + 1), std::min(best.second, rest.second + channel.latency)};
      }
    }
    visit[state] = 2;
    return least[state] = best;
  }
};

}  // namespace

void each_outcome(const Graph& graph, const routing::Routing& routing, const Arrival& at,
                  const Packet& packet,
                  const std::function<void(double chance, const std::vector<Answer>& ways)>& look) {
  if (!routing.is_table()) {
    Script script;
    do {
      Packet after = packet;
      routing::Ways ways;
      const routing::Lots lots{Script::below, &script};
      if (at.at_source && routing.start != nullptr) routing.start(graph, routing, lots, after);
      routing.next(graph, routing, at, lots, after, ways);
      std::vector<Answer> out;
      for (const auto& way : ways) out.push_back({way, after});
      double chance = 1;
      for (std::size_t i = 0; i < script.at; ++i) chance /= script.of[i];
      look(chance, out);
    } while (script.advance());
    return;
  }
  std::size_t row = at.router;
  if (routing.key == routing::Key::input) {
    row = graph.channels.size() + packet.source;
    for (std::size_t c = 0; !at.at_source && c < graph.channels.size(); ++c)
      if (graph.channels[c].to == at.router && graph.channels[c].in_port == at.port) row = c;
  }
  std::vector<Answer> out;
  const auto cell = row * graph.terminals.size() + packet.destination;
  for (auto i = routing.begin[cell]; i < routing.begin[cell + 1]; ++i) {
    auto way = routing.ways[i];
    if (!routing.layer.empty()) {
      const auto range =
          routing::vcs_of_layer(routing.layer[packet.source * graph.terminals.size() + packet.destination],
                                routing.layers, routing.vcs);
      way.first_vc = range.first;
      way.last_vc = range.last;
    }
    out.push_back({way, packet});
  }
  look(1, out);
}

std::vector<Answer> answers(const Graph& graph, const routing::Routing& routing, const Arrival& at,
                            const Packet& packet) {
  std::vector<Answer> out;
  each_outcome(graph, routing, at, packet, [&](double, const std::vector<Answer>& all) {
    out.insert(out.end(), all.begin(), all.end());
  });
  return out;
}

Seen walk(const Graph& graph, const routing::Routing& routing) {
  Walker walker{.graph = graph, .routing = routing};
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c)
    walker.channel_at[{graph.channels[c].from, graph.channels[c].out_port}] = c;
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  for (walker.source = 0; walker.source < nodes; ++walker.source) {
    for (walker.destination = 0; walker.destination < nodes; ++walker.destination) {
      walker.visit.clear();
      walker.least.clear();
      const auto& start = graph.terminals[walker.source];
      const auto least = walker.from({start.router, start.in_port, 0, true}, topology::none,
                                     {walker.source, walker.destination});
      walker.seen.least_hops.push_back(least.first);
      walker.seen.least_cycles.push_back(least.second);
    }
  }
  return std::move(walker.seen);
}

routing::Routing made(std::string_view row, const Graph& graph, std::uint32_t vcs) {
  std::string why;
  auto out = routing::find(row)->make(graph, vcs, why);
  if (!out) throw std::runtime_error{std::string{row} + " on " + graph.name + ": " + why};
  return std::move(*out);
}

Graph built(std::string_view topology, std::uint32_t routers) {
  std::string why;
  auto out = topology::find_generator(topology)->build({.routers = routers}, why);
  if (!out) throw std::runtime_error{why};
  return std::move(*out);
}

Graph cube(std::string_view topology, std::uint32_t k, std::uint32_t n) {
  std::string why;
  auto out = topology::find_generator(topology)->build({.k = k, .n = n}, why);
  if (!out) throw std::runtime_error{why};
  return std::move(*out);
}

}  // namespace marquetry::test
