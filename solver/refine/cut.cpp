#include "refine/cut.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <vector>

namespace marquetry::refine {
namespace {

constexpr double most_looked_at = 1 << 16;  // halvings times sides of the others: some milliseconds

struct Edge {
  std::uint32_t a{}, b{};
  double width{};
};

// Members first, then those of the others that join at least two routers; what only hangs on one never cuts.
struct Halves {
  std::uint32_t members{}, others{};
  std::vector<Edge> edges{};

  double cut(const std::vector<std::uint8_t>& side) const {
    double sum = 0;
    for (const auto& e : edges) sum += side[e.a] != side[e.b] ? e.width : 0;
    return sum;
  }
};

Halves halves_of(const topology::Graph& graph, std::span<const std::uint32_t> members) {
  std::vector<std::uint32_t> number(graph.routers, topology::none);
  for (std::uint32_t m = 0; m < members.size(); ++m) number[members[m]] = m;
  const auto gone = dead_ends(graph, members);
  Halves out{.members = static_cast<std::uint32_t>(members.size())};
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    if (gone[r] == 0 && number[r] == topology::none) number[r] = out.members + out.others++;
  }
  for (const auto& c : graph.channels) {
    if (gone[c.from] != 0 || gone[c.to] != 0) continue;
    const auto a = std::min(number[c.from], number[c.to]), b = std::max(number[c.from], number[c.to]);
    const auto known = std::ranges::find_if(out.edges, [&](const Edge& e) { return e.a == a && e.b == b; });
    // Half of both directions.
    if (known == out.edges.end()) {
      out.edges.push_back({a, b, c.width / 2});
    } else {
      known->width += c.width / 2;
    }
  }
  return out;
}

double halvings(std::uint32_t members) {  // with the first member on one side
  double count = 1;
  for (std::uint32_t i = 1; i <= members / 2; ++i) count = count * (members - members / 2 + i) / i;
  return members % 2 == 0 ? count / 2 : count;
}

double least_of_all(const Halves& h) {
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::uint8_t> side(h.members + h.others);
  for (std::uint32_t set = 0; set < (1U << h.members); ++set) {
    if (static_cast<std::uint32_t>(std::popcount(set)) != h.members / 2) continue;
    if (h.members % 2 == 0 && (set & 1U) != 0) continue;  // its mirror image
    for (std::uint32_t m = 0; m < h.members; ++m) side[m] = static_cast<std::uint8_t>(set >> m & 1U);
    for (std::uint32_t rest = 0; rest < (1U << h.others); ++rest) {
      for (std::uint32_t o = 0; o < h.others; ++o)
        side[h.members + o] = static_cast<std::uint8_t>(rest >> o & 1U);
      least = std::min(least, h.cut(side));
    }
  }
  return least;
}

// Others that would cut less on the far side go there, until none would.
double settled(const Halves& h, std::vector<std::uint8_t>& side) {
  double now = h.cut(side);
  for (bool again = true; again;) {
    again = false;
    for (std::uint32_t o = h.members; o < side.size(); ++o) {
      side[o] ^= 1U;
      const double then = h.cut(side);
      if (then < now - 1e-12) {
        now = then;
        again = true;
      } else {
        side[o] ^= 1U;
      }
    }
  }
  return now;
}

double exchanged(const Halves& h, std::vector<std::uint8_t> side) {
  double now = settled(h, side);
  for (bool again = true; again;) {
    again = false;
    for (std::uint32_t a = 0; a < h.members; ++a) {
      for (std::uint32_t b = a + 1; b < h.members; ++b) {
        if (side[a] == side[b]) continue;
        std::swap(side[a], side[b]);
        if (const double then = h.cut(side); then < now - 1e-12) {
          now = then;
          again = true;
        } else {
          std::swap(side[a], side[b]);
        }
      }
    }
    now = settled(h, side);
  }
  return now;
}

double least_found(const Halves& h, const topology::Graph& graph, std::span<const std::uint32_t> members) {
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::uint32_t> order(h.members);
  const auto look = [&] {
    std::vector<std::uint8_t> side(h.members + h.others);
    for (std::uint32_t i = 0; i < h.members / 2; ++i) side[order[i]] = 1;
    least = std::min(least, exchanged(h, side));
  };
  std::iota(order.begin(), order.end(), 0);
  look();
  if (graph.places.empty()) return least;
  const auto by = [&](auto coordinate) {
    std::ranges::stable_sort(order, {},
                             [&](std::uint32_t m) { return coordinate(graph.places[members[m]]); });
    look();
  };
  by([](topology::Point p) { return p.x; });
  by([](topology::Point p) { return p.y; });
  return least;
}

}  // namespace

std::vector<std::uint8_t> dead_ends(const topology::Graph& graph, std::span<const std::uint32_t> members) {
  std::vector<std::uint8_t> kept(graph.routers), gone(graph.routers);
  for (const auto m : members) kept[m] = 1;
  for (bool again = true; again;) {
    again = false;
    for (std::uint32_t r = 0; r < graph.routers; ++r) {
      if (gone[r] != 0 || kept[r] != 0) continue;
      std::uint32_t neighbour = topology::none;
      bool joins = false;
      for (const auto& c : graph.channels) {
        if (c.from != r || gone[c.to] != 0) continue;
        joins = joins || (neighbour != topology::none && neighbour != c.to);
        neighbour = c.to;
      }
      if (joins) continue;
      gone[r] = 1;
      again = true;
    }
  }
  return gone;
}

Cut narrowest_halving(const topology::Graph& graph, std::span<const std::uint32_t> members) {
  if (members.size() < 2) return {};
  const auto h = halves_of(graph, members);
  const bool is_exact = h.members <= 20 && h.others <= 10 &&
                        halvings(h.members) * static_cast<double>(1U << h.others) <= most_looked_at;
  return {is_exact ? least_of_all(h) : least_found(h, graph, members), is_exact};
}

}  // namespace marquetry::refine
