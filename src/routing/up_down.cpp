// Up a tree towards its root, then down: no packet goes up again, so no circle can close. Schroeder et al.,
// "Autonet", IEEE J. Sel. Areas Commun. 9(8), 1991.
#include "routing/up_down.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "routing/paths.h"
#include "routing/rows.h"
#include "routing/turns.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

// Links from the root, breadth first; a channel goes up if it leads nearer to it, or to a lower router of the
// same level.
std::vector<std::uint32_t> levels(const Graph& graph, std::uint32_t root) {
  std::vector<std::vector<std::uint32_t>> next(graph.routers);
  for (const auto& c : graph.channels) next[c.from].push_back(c.to);
  std::vector<std::uint32_t> out(graph.routers, none), reached{root};
  out[root] = 0;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const auto to : next[reached[i]]) {
      if (out[to] != none) continue;
      out[to] = out[reached[i]] + 1;
      reached.push_back(to);
    }
  }
  return out;
}

// Routers with the least sum of distances to all others first; the lowest among equals.
std::vector<std::uint32_t> central_routers(const Graph& graph, std::size_t most) {
  const auto paths = shortest_paths(graph);
  const std::size_t n = graph.routers;
  std::vector<std::uint64_t> sum(n);
  for (std::size_t i = 0; i < n * n; ++i) sum[i / n] += paths.distance[i];
  std::vector<std::uint32_t> out(n);
  std::iota(out.begin(), out.end(), 0u);
  std::stable_sort(out.begin(), out.end(), [&](auto a, auto b) { return sum[a] < sum[b]; });
  out.resize(std::min(most, n));
  return out;
}

}  // namespace

std::vector<bool> channels_up(const Graph& graph, std::uint32_t root) {
  const auto level = levels(graph, root);
  std::vector<bool> out(graph.channels.size());
  for (std::size_t c = 0; c < out.size(); ++c) {
    const auto &from = graph.channels[c].from, &to = graph.channels[c].to;
    out[c] = std::pair{level[to], to} < std::pair{level[from], from};
  }
  return out;
}

UpDown best_up_down(const Graph& graph, std::uint32_t vcs) {
  // More roots than these are not tried: the best lie in the middle. Fewer where turns are very many.
  constexpr std::size_t most_roots = 8, most_work = 20'000'000;
  const auto turns = onward(graph, [](auto, auto) { return true; }).channel.size();
  const auto roots = std::clamp<std::size_t>(most_work / (turns * graph.terminals.size() + 1), 1, most_roots);
  std::optional<UpDown> best;
  double most = 0, cycles = 0;
  for (const auto root : central_routers(graph, roots)) {
    const auto up = channels_up(graph, root);
    const auto legal = onward(graph, [&](auto before, auto after) { return up[before] || !up[after]; });
    auto made = shortest_tables("up-down", graph, legal, vcs, 2);
    if (!made.complete || (best && std::pair{made.most, made.cycles} >= std::pair{most, cycles})) continue;
    best = UpDown{std::move(made.routing), root};
    most = made.most;
    cycles = made.cycles;
  }
  return best ? std::move(*best) : UpDown{.root = none};
}

Made up_down(const Graph& graph, std::uint32_t vcs, std::string& why) {
  auto best = best_up_down(graph, vcs);
  if (best.root != none) return std::move(best.routing);
  why = "up*/down* needs links that lead both ways between all routers";
  return std::nullopt;
}

}  // namespace marquetry::routing
