// Topologies without a grid: everyone to everyone, to a hub, or in groups.
#include <algorithm>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

constexpr std::uint64_t most_links = 1u << 21;

// Of a number of dies: groups of `a`, of which there are `n / a`, so that the busiest die has fewest links;
// among equals larger groups. Nothing where only one group or groups of one would do.
std::uint32_t group_size(std::uint32_t n) {
  std::uint32_t best = 0, fewest = n;
  for (std::uint32_t a = 2; a <= n / 2; ++a) {
    if (n % a != 0) continue;
    const std::uint32_t global = (n / a - 1 + a - 1) / a;
    if (a - 1 + global <= fewest) best = a, fewest = a - 1 + global;
  }
  return best;
}

}  // namespace

std::optional<Graph> all_pairs(const Size& size, std::string& why) {
  const auto sides = grid(size, why);
  if (!sides) return std::nullopt;
  const std::uint32_t n = sides->routers;
  if (std::uint64_t{n} * (n - 1) / 2 > most_links) {
    why = "it would have more than two million links";
    return std::nullopt;
  }
  Builder made{"all", n};
  made.graph.places = places(*sides);
  for (std::uint32_t a = 0; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b) made.link(a, b);
  made.terminals();
  return std::move(made.graph);
}

// The hub has the last number; the others stand in rings of 4, 8, 12 ... around it.
std::optional<Graph> star(const Size& size, std::string& why) {
  const auto count = dies(size, why);
  if (!count) return std::nullopt;
  Builder made{"star", *count + 1};
  std::vector<Point> around;
  for (int ring = 1; around.size() < *count; ++ring) {
    Point here{static_cast<double>(ring), 0};
    for (const Point step : {Point{-1, 1}, Point{-1, -1}, Point{1, -1}, Point{1, 1}})
      for (int i = 0; i < ring && around.size() < *count; ++i, here = {here.x + step.x, here.y + step.y})
        around.push_back(here);
  }
  around.push_back({0, 0});
  made.graph.places = std::move(around);
  for (std::uint32_t die = 0; die < *count; ++die) made.link(die, *count);
  made.terminals();
  return std::move(made.graph);
}

// Kim, Dally, Scott, Abts, ISCA 2008: k dies a group, n groups; the q-th next group is joined to a group's
// die q modulo k. By dies: the shape with the fewest links a die.
std::optional<Graph> dragonfly(const Size& size, std::string& why) {
  std::uint32_t group = size.k, groups = size.n;
  if (group == 0) {
    const auto count = dies(size, why);
    if (!count) return std::nullopt;
    group = group_size(*count);
    if (group == 0) {
      why = std::to_string(*count) + " dies do not make groups of at least 2";
      return std::nullopt;
    }
    groups = *count / group;
  }
  if (groups == 0) groups = group + 1;  // one link to another group for each die
  const std::uint64_t all = std::uint64_t{group} * groups;
  if (all > most_routers || all * (group - 1) / 2 + std::uint64_t{groups} * groups / 2 > most_links) {
    why = "it would be too large";
    return std::nullopt;
  }
  Builder made{"dragonfly", group * groups};
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::uint32_t i = 0; i < group; ++i) {
      made.graph.places.push_back({static_cast<double>(i), static_cast<double>(g)});
      for (std::uint32_t j = i + 1; j < group; ++j) made.link(g * group + i, g * group + j);
    }
  }
  for (std::uint32_t g = 0; g < groups; ++g) {
    for (std::uint32_t to = g + 1; to < groups; ++to) {
      const std::uint32_t next = to - g - 1, back = groups - 2 - next;
      made.link(g * group + next % group, to * group + back % group);
    }
  }
  made.terminals();
  return std::move(made.graph);
}

}  // namespace marquetry::topology
