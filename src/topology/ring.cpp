#include "topology/ring.h"

#include <algorithm>
#include <numeric>

#include "base/rng.h"

namespace marquetry::topology {
namespace {

// Who is within that many links of whom, among the members.
std::vector<std::vector<std::uint32_t>> near(const std::vector<std::vector<std::uint32_t>>& away,
                                             std::uint32_t step) {
  std::vector<std::vector<std::uint32_t>> list(away.size());
  for (std::uint32_t a = 0; a < away.size(); ++a)
    for (std::uint32_t b = 0; b < away.size(); ++b)
      if (a != b && away[a][b] <= step) list[a].push_back(b);
  return list;
}

struct Found {
  std::vector<std::uint32_t> path{};
  bool closed{};
};

// Extends the path at its end, or turns round the part behind a neighbour of its end; a ring where the ends
// meet, else the last full path.
Found search(const std::vector<std::vector<std::uint32_t>>& near, std::uint32_t start, std::uint32_t moves,
             Rng& rng) {
  const std::size_t all = near.size();
  std::vector<std::uint32_t> path{start};
  std::vector<std::size_t> place(all, all);
  place[start] = 0;
  Found found;
  for (std::uint32_t move = 0; move < moves; ++move) {
    const auto end = path.back();
    if (path.size() == all) {
      const bool meets = std::ranges::find(near[end], path.front()) != near[end].end();
      if (meets || found.path.empty()) found = {path, meets};
      if (meets) return found;
    }
    // A free neighbour with the fewest free neighbours of its own first (Warnsdorff), ties by lot.
    std::uint32_t next = none, fewest = none, ties = 0;
    for (const auto n : near[end]) {
      if (place[n] != all) continue;
      const auto free = static_cast<std::uint32_t>(
          std::ranges::count_if(near[n], [&](std::uint32_t m) { return place[m] == all; }));
      if (free < fewest)
        next = n, fewest = free, ties = 1;
      else if (free == fewest && rng.below(++ties) == 0)
        next = n;
    }
    if (next != none) {
      place[next] = path.size();
      path.push_back(next);
      continue;
    }
    const auto pivot = near[end][rng.below(near[end].size())];
    std::reverse(path.begin() + static_cast<std::ptrdiff_t>(place[pivot]) + 1, path.end());
    for (std::size_t i = place[pivot] + 1; i < path.size(); ++i) place[path[i]] = i;
    // The other end may be the one that is stuck.
    if (move % 16 == 15) {
      std::ranges::reverse(path);
      for (std::size_t i = 0; i < path.size(); ++i) place[path[i]] = i;
    }
  }
  return found;
}

// Where the members split into two kinds of which each has only the other for neighbours, a ring has as many
// of the one as of the other.
bool may_close(const std::vector<std::vector<std::uint32_t>>& near) {
  std::vector<int> kind(near.size());
  std::vector<std::uint32_t> open{0};
  kind[0] = 1;
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (const auto n : near[open[i]]) {
      if (kind[n] == kind[open[i]]) return true;
      if (kind[n] == 0) kind[n] = -kind[open[i]], open.push_back(n);
    }
  }
  return std::accumulate(kind.begin(), kind.end(), 0) == 0;
}

}  // namespace

Ring ring_through(const Adjacency& graph, std::uint32_t members, std::uint32_t tries) {
  Ring best;
  best.order.resize(members);
  std::iota(best.order.begin(), best.order.end(), 0u);
  if (members < 2) return best;
  std::vector<std::vector<std::uint32_t>> away;
  std::uint32_t farthest = 0;
  for (std::uint32_t r = 0; r < members; ++r) {
    away.push_back(hops(graph, r));
    away.back().resize(members);
    for (const auto h : away.back())
      if (h != none) farthest = std::max(farthest, h);
  }
  Rng rng{members};
  for (std::uint32_t step = 1; step <= farthest; ++step) {
    const auto list = near(away, step);
    if (std::ranges::any_of(list, [](const auto& n) { return n.empty(); })) continue;
    const bool closes = may_close(list);
    Found found;
    for (std::uint32_t start = 0; start < members && !found.closed; ++start) {
      auto here = search(list, start, tries / members + 4 * members, rng);
      if (here.closed || (found.path.empty() && !here.path.empty())) found = std::move(here);
      if (!found.path.empty() && !closes) break;
    }
    if (found.path.empty()) continue;
    best.order = found.path;
    best.step = step;
    best.closing = away[found.path.back()][found.path.front()];
    return best;
  }
  // Nothing found: by number.
  for (std::size_t i = 0; i + 1 < members; ++i)
    best.step = std::max(best.step, away[best.order[i]][best.order[i + 1]]);
  best.closing = away[best.order.back()][best.order.front()];
  return best;
}

}  // namespace marquetry::topology
