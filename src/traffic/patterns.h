// Patterns of traffic as rows of a table: who sends to whom, by name. Whoever adds one adds a function and a
// row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "traffic/traffic.h"

namespace marquetry::traffic {

// What a pattern may be told; each takes what it needs.
struct PatternArguments {
  std::vector<std::uint32_t> spots{};    // hotspot: who is sent to; background: who is not
  std::vector<std::uint32_t> rates{};    // hotspot: shares by spot; where they end the last one goes on
  std::vector<std::uint32_t> targets{};  // permutation: by source
  std::vector<double> weights{};         // matrix: [source * nodes + destination]
  std::uint32_t radix{}, dimensions{};   // patterns of digits; 0: a square of nodes, else a row of them
  std::uint32_t group{};                 // group: nodes in one; 0: the square root of all
  std::uint64_t seed{1};                 // random permutation
  bool includes_self{};                  // a node may send to itself, as in BookSim2
};

struct Pattern {
  std::string_view name{};
  std::string_view alias{};  // BookSim2's name, where it is another one
  std::string_view summary{};
  // Nothing, and why, where that many nodes or those arguments do not fit.
  std::optional<Traffic> (*make)(std::uint32_t nodes, const PatternArguments& arguments, std::string& why){};
};

std::span<const Pattern> patterns();
const Pattern* find_pattern(std::string_view name);  // or alias

// Whether anybody sends anything.
bool sends(const Traffic& traffic);

}  // namespace marquetry::traffic
