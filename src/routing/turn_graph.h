// What the packets of a table hold and ask for, pair by pair, and graphs of it that stay without circles.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

// A turn: one channel held, another asked for. Each has a number.
struct PairTurns {
  std::uint32_t channels{};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> turns{};
  // Of the pairs that turn at all: which (source * nodes + destination), and their turns by number.
  std::vector<std::uint32_t> pair{}, begin{0}, turn{};

  std::uint32_t size() const { return static_cast<std::uint32_t>(pair.size()); }
};
PairTurns pair_turns(const topology::Graph& graph, const Routing& table);

// The turns of one layer.
class TurnGraph {
 public:
  // `steps`: what is left of the work that may be done.
  TurnGraph(const PairTurns& all, std::uint64_t& steps);

  // Adds all of a pair's turns, or none of them where a circle would close or no steps are left to look.
  bool add(std::uint32_t pair);
  std::uint32_t pairs() const { return pairs_; }

 private:
  bool reaches(std::uint32_t from, std::uint32_t to);

  const PairTurns* all_{};
  std::uint64_t* steps_{};
  std::vector<bool> has_;                          // by turn
  std::vector<std::vector<std::uint32_t>> after_;  // by channel
  std::vector<std::uint32_t> stamp_, open_{}, added_{};
  std::uint32_t now_{}, pairs_{};
};

// A circle of turns among those of which `count` is not 0; empty where there is none.
std::vector<std::uint32_t> circle(const PairTurns& all, const std::vector<std::uint32_t>& count);

}  // namespace marquetry::routing
