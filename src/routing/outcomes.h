// Every outcome of a routing's lots at one stop of one packet.
#pragma once

#include <cstdint>
#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

// Answers draws with one sequence of numbers after the other.
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
  double share() const {
    double out = 1;
    for (const auto n : of) out /= n;
    return out;
  }
  bool advance() {  // false after the last one
    at = 0;
    while (!choice.empty() && choice.back() + 1 == of.back()) {
      choice.pop_back();
      of.pop_back();
    }
    if (choice.empty()) return false;
    ++choice.back();
    return true;
  }
};

// f(share, packet as it goes on, ways) of each.
template <class F>
void each_outcome(const topology::Graph& graph, const Routing& routing, const Arrival& at,
                  const Packet& packet, F f) {
  Script script;
  const Lots lots{Script::below, &script};
  do {
    Packet after = packet;
    Ways ways;
    if (at.at_source && routing.start != nullptr) routing.start(graph, routing, lots, after);
    routing.next(graph, routing, at, lots, after, ways);
    f(script.share(), after, ways);
  } while (script.advance());
}

}  // namespace marquetry::routing
