// How far apart dies are at least, whatever is built: by how many links each has room for, and by what is in
// reach.
#include <algorithm>
#include <functional>

#include "synthesis/program.h"

namespace marquetry::synthesis {
namespace {

constexpr double edge_slack = 1e-9;

// Links on the shortest way from a die over everything that may be built.
std::vector<std::uint32_t> rings(const std::vector<std::vector<std::uint32_t>>& near, std::uint32_t from) {
  std::vector<std::uint32_t> ring(near.size(), topology::none), open{from};
  ring[from] = 0;
  for (std::size_t k = 0; k < open.size(); ++k) {
    for (const auto to : near[open[k]]) {
      if (ring[to] != topology::none) continue;
      ring[to] = ring[open[k]] + 1;
      open.push_back(to);
    }
  }
  return ring;
}

}  // namespace

std::uint32_t most_links(const Problem& problem, std::uint32_t die) {
  std::vector<double> widths;
  for (const auto& c : problem.candidates) {
    if ((c.a == die || c.b == die) && in_reach(c)) widths.push_back(c.beachfront);
  }
  std::ranges::sort(widths);
  const auto& limits = problem.dies[die];
  double sum = 0;
  std::uint32_t count = 0;
  for (const double w : widths) {
    sum += w;
    if (sum > limits.beachfront + edge_slack || count >= limits.phys) break;
    ++count;
  }
  return count;
}

// From a die with k links at most k others are one hop away and, where none has more than m, k (m - 1)^(h-1)
// are h. Moore's bound; Hoffman, Singleton, IBM J. Res. Dev. 4(5), 1960. What is out of reach waits for a
// later ring; of the others those with the most traffic come first, which no other order betters (unit jobs
// with release dates).
double fewest_hops(const Problem& problem) {
  const auto n = static_cast<std::uint32_t>(problem.dies.size());
  std::vector<std::vector<std::uint32_t>> near(n);
  for (const auto& c : problem.candidates) {
    if (!in_reach(c)) continue;
    near[c.a].push_back(c.b);
    near[c.b].push_back(c.a);
  }
  std::vector<std::uint32_t> room(n);
  for (std::uint32_t d = 0; d < n; ++d) room[d] = most_links(problem, d);
  const double most = *std::ranges::max_element(room);
  double sum = 0;
  for (std::uint32_t s = 0; s < n; ++s) {
    const auto ring = rings(near, s);
    std::vector<std::pair<double, std::uint32_t>> waiting;  // traffic, ring
    for (std::uint32_t d = 0; d < n; ++d) {
      if (d == s) continue;
      if (ring[d] == topology::none) return infinity;
      waiting.push_back({problem.traffic[std::size_t{s} * n + d], ring[d]});
    }
    std::ranges::stable_sort(waiting, std::greater{}, &std::pair<double, std::uint32_t>::first);
    double places = room[s];
    for (std::uint32_t hops = 1; !waiting.empty(); ++hops, places = std::min(1.0 * n, places * (most - 1))) {
      if (places < 1 && hops > 1) return infinity;
      auto left = places;
      std::erase_if(waiting, [&](const auto& one) {
        if (left < 1 || one.second > hops) return false;
        --left;
        sum += one.first * hops;
        return true;
      });
    }
  }
  return sum;
}

}  // namespace marquetry::synthesis
