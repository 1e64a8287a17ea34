// Turns are prohibited router by router: always at the one with fewest neighbours left whose going leaves the
// others in one piece; of each circle, the first of its routers to go has its turn prohibited. Starobinski,
// Karpovsky, Zakrevski, "Application of Network Calculus to General Topologies Using Turn-Prohibition",
// IEEE/ACM Trans. Netw. 11(3), 2003 (simple cycle-breaking).
#include <algorithm>
#include <set>

#include "routing/rows.h"
#include "routing/turns.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using Neighbours = std::vector<std::set<std::uint32_t>>;

bool hangs_together(const Neighbours& next, const std::vector<bool>& gone, std::uint32_t without) {
  std::vector<bool> seen = gone;
  seen[without] = true;
  const auto start = std::find(seen.begin(), seen.end(), false);
  if (start == seen.end()) return true;
  *start = true;
  std::vector<std::uint32_t> open{static_cast<std::uint32_t>(start - seen.begin())};
  while (!open.empty()) {
    const auto here = open.back();
    open.pop_back();
    for (const auto to : next[here]) {
      if (seen[to]) continue;
      seen[to] = true;
      open.push_back(to);
    }
  }
  return std::find(seen.begin(), seen.end(), false) == seen.end();
}

// When each router goes.
std::vector<std::uint32_t> order_of_going(const Graph& graph) {
  Neighbours next(graph.routers);
  for (const auto& c : graph.channels) {
    next[c.from].insert(c.to);
    next[c.to].insert(c.from);
  }
  std::vector<bool> gone(graph.routers);
  std::vector<std::uint32_t> out(graph.routers);
  for (std::uint32_t time = 0; time < graph.routers; ++time) {
    std::vector<std::uint32_t> left;
    for (std::uint32_t r = 0; r < graph.routers; ++r)
      if (!gone[r]) left.push_back(r);
    std::stable_sort(left.begin(), left.end(),
                     [&](auto a, auto b) { return next[a].size() < next[b].size(); });
    const auto found =
        std::find_if(left.begin(), left.end(), [&](auto r) { return hangs_together(next, gone, r); });
    const auto goes = found == left.end() ? left.front() : *found;
    gone[goes] = true;
    out[goes] = time;
    for (const auto n : next[goes]) next[n].erase(goes);
    next[goes].clear();
  }
  return out;
}

}  // namespace

Made turn_prohibition(const Graph& graph, std::uint32_t vcs, std::string& why) {
  const auto time = order_of_going(graph);
  const auto legal = onward(graph, [&](auto before, auto after) {
    const auto &in = graph.channels[before], &out = graph.channels[after];
    return time[in.from] < time[in.to] || time[out.to] < time[in.to];
  });
  auto made = shortest_tables("turn-prohibition", graph, legal, vcs, 4);
  if (made.complete) return std::move(made.routing);
  why = "turn prohibition needs links that lead both ways between all routers";
  return std::nullopt;
}

}  // namespace marquetry::routing
