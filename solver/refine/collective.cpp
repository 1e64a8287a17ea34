#include "refine/collective.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "routing/load.h"

namespace marquetry::refine {
namespace {

constexpr std::size_t most_starts = 8;  // of the tour

// Cycles from one node to another, of a lone flit.
struct Distances {
  std::span<const std::uint32_t> zero_load{};
  std::size_t nodes{};
  double there(std::uint32_t a, std::uint32_t b) const { return zero_load[a * nodes + b]; }
  double both(std::uint32_t a, std::uint32_t b) const { return there(a, b) + there(b, a); }
};

// The nearest next, from that member on.
std::vector<std::uint32_t> nearest_tour(std::span<const std::uint32_t> members, std::size_t start,
                                        const Distances& distance) {
  std::vector<std::uint32_t> tour(members.begin(), members.end());
  std::swap(tour[0], tour[start]);
  for (std::size_t i = 1; i + 1 < tour.size(); ++i) {
    const auto next = std::min_element(
        tour.begin() + static_cast<std::ptrdiff_t>(i), tour.end(), [&](std::uint32_t a, std::uint32_t b) {
          return std::pair{distance.both(tour[i - 1], a), a} < std::pair{distance.both(tour[i - 1], b), b};
        });
    std::swap(tour[i], *next);
  }
  return tour;
}

// Two edges are exchanged for two shorter ones until none are left (Croes, Oper. Res. 6, 1958).
void uncross(std::vector<std::uint32_t>& tour, const Distances& distance) {
  const std::size_t n = tour.size();
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i + 2 < n; ++i) {
      for (std::size_t j = i + 2; j < n; ++j) {
        const auto a = tour[i], b = tour[i + 1], c = tour[j], d = tour[(j + 1) % n];
        if (d == a) continue;
        const double now = distance.both(a, b) + distance.both(c, d),
                     then = distance.both(a, c) + distance.both(b, d);
        if (then >= now) continue;
        std::reverse(tour.begin() + static_cast<std::ptrdiff_t>(i + 1),
                     tour.begin() + static_cast<std::ptrdiff_t>(j + 1));
        again = true;
      }
    }
  }
}

Ring along(const topology::Graph& graph, const routing::Routing& routing, std::vector<std::uint32_t> tour,
           const Distances& distance) {
  Ring out{.order = std::move(tour), .schedule = {.way = "ring"}};
  const std::size_t n = out.order.size();
  std::vector<double> onward(distance.nodes * distance.nodes), both(onward.size());
  for (std::size_t i = 0; i < n; ++i) {
    const auto a = out.order[i], b = out.order[(i + 1) % n];
    onward[a * distance.nodes + b] += 1;
    both[a * distance.nodes + b] += 0.5;
    both[b * distance.nodes + a] += 0.5;
  }
  const double one = carried(graph, routing::loads(graph, routing, onward)),
               two = carried(graph, routing::loads(graph, routing, both));
  out.both_ways = two > one * (1 + 1e-9);
  out.schedule.bandwidth = std::max(one, two);
  for (std::size_t i = 0; i < n; ++i) {
    const auto a = out.order[i], b = out.order[(i + 1) % n];
    out.schedule.step = std::max(out.schedule.step, distance.there(a, b));
    if (out.both_ways) out.schedule.step = std::max(out.schedule.step, distance.there(b, a));
  }
  return out;
}

}  // namespace

double carried(const topology::Graph& graph, std::span<const double> loads) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < loads.size(); ++c) {
    if (loads[c] > 0) least = std::min(least, graph.channels[c].width / loads[c]);
  }
  return least;
}

Ring ring(const topology::Graph& graph, const routing::Routing& routing,
          std::span<const std::uint32_t> members, std::span<const std::uint32_t> zero_load) {
  const Distances distance{zero_load, graph.terminals.size()};
  Ring best;
  for (std::size_t start = 0; start < std::min(members.size(), most_starts); ++start) {
    auto tour = nearest_tour(members, start, distance);
    uncross(tour, distance);
    auto made = along(graph, routing, std::move(tour), distance);
    const auto& [way, bandwidth, step] = made.schedule;
    const bool better = bandwidth > best.schedule.bandwidth * (1 + 1e-9) ||
                        (bandwidth > best.schedule.bandwidth * (1 - 1e-9) && step < best.schedule.step);
    if (start == 0 || better) best = std::move(made);
  }
  return best;
}

Schedule direct(const topology::Graph& graph, const routing::Routing& routing,
                std::span<const std::uint32_t> members, std::span<const std::uint32_t> zero_load) {
  const std::size_t nodes = graph.terminals.size();
  const double others = static_cast<double>(members.size()) - 1;
  std::vector<double> matrix(nodes * nodes);
  Schedule out{.way = "direct"};
  for (const auto s : members) {
    for (const auto d : members) {
      if (s == d) continue;
      matrix[s * nodes + d] = 1 / others;
      out.step = std::max(out.step, zero_load[s * nodes + d] / others);
    }
  }
  out.bandwidth = carried(graph, routing::loads(graph, routing, matrix));
  return out;
}

}  // namespace marquetry::refine
