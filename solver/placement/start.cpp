// Stress majorisation (Gansner, Koren, North, "Graph drawing by stress majorization", 2004): coordinates
// whose distances are as near as they can be to the lengths of the shortest paths through the links, each
// pair weighted by 1 / length^2. A picture of the links has no up and no right: it is turned to where the
// links, measured along the axes, are shortest.
#include "placement/start.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marquetry::placement {
namespace {

constexpr std::size_t fewest = 3, most = 1500;
constexpr int rounds = 60, turns = 48;

struct Spot {
  double x{}, y{};
};

struct Neighbour {
  std::size_t block{};
  double length{}, wires{};
};
using Graph = std::vector<std::vector<Neighbour>>;

double mean_side(const floorplan::Block& block) {
  return (static_cast<double>(block.size.width) + static_cast<double>(block.size.height)) / 2;
}

Graph graph(const Task& task) {
  const auto& blocks = task.blocks;
  Graph made(blocks.die.size());
  for (const auto& link : task.problem->links) {
    const std::size_t a = blocks.of_die[link.a], b = blocks.of_die[link.b];
    if (a == b) continue;
    const double length = (mean_side(blocks.problem.blocks[a]) + mean_side(blocks.problem.blocks[b])) / 2 +
                          static_cast<double>(task.problem->gap);
    made[a].push_back({b, length, link.wires});
    made[b].push_back({a, length, link.wires});
  }
  return made;
}

// From one block to all, by Dijkstra; unlinked ones are as far away as it gets.
std::vector<double> distances(const Graph& graph, std::size_t from, double side) {
  std::vector<double> distance(graph.size(), -1);
  std::vector<std::pair<double, std::size_t>> open{{0, from}};
  double farthest = side;
  while (!open.empty()) {
    std::ranges::pop_heap(open, std::greater<>{});
    const auto [at, block] = open.back();
    open.pop_back();
    if (distance[block] >= 0) continue;
    distance[block] = at;
    farthest = std::max(farthest, at);
    for (const auto& next : graph[block]) {
      if (distance[next.block] >= 0) continue;
      open.emplace_back(at + next.length, next.block);
      std::ranges::push_heap(open, std::greater<>{});
    }
  }
  for (auto& each : distance) each = each < 0 ? 1.2 * farthest : each;
  return distance;
}

// Unfolded to begin with: between two blocks far from each other, and across between two more.
std::vector<Spot> unfolded(const std::vector<std::vector<double>>& wanted, double side, Rng& rng) {
  const std::size_t n = wanted.size();
  const auto farthest = [n](auto&& distance) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < n; ++i) best = distance(i) > distance(best) ? i : best;
    return best;
  };
  const std::size_t from = rng.below(n);
  const auto& west = wanted[farthest([&](std::size_t i) { return wanted[from][i]; })];
  const auto& east = wanted[farthest([&](std::size_t i) { return west[i]; })];
  const auto off = [&](std::size_t i) { return west[i] + east[i] - 2 * std::abs(west[i] - east[i]); };
  const auto& south = wanted[farthest(off)];
  const auto& north = wanted[farthest([&](std::size_t i) { return south[i]; })];
  std::vector<Spot> spots;
  for (std::size_t i = 0; i < n; ++i) {
    const double shake = 0.02 * side;
    spots.push_back(
        {(west[i] - east[i]) / 2 + shake * rng.uniform(), (south[i] - north[i]) / 2 + shake * rng.uniform()});
  }
  return spots;
}

void majorise(const std::vector<std::vector<double>>& wanted, std::vector<Spot>& spots) {
  const std::size_t n = spots.size();
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < n; ++i) {
      Spot sum;
      double weights = 0;
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j) continue;
        const double dx = spots[i].x - spots[j].x, dy = spots[i].y - spots[j].y;
        const double is = std::max(std::hypot(dx, dy), 1e-9), length = std::max(wanted[i][j], 1.0);
        const double weight = 1 / (length * length);
        sum.x += weight * (spots[j].x + length * dx / is);
        sum.y += weight * (spots[j].y + length * dy / is);
        weights += weight;
      }
      spots[i] = {sum.x / weights, sum.y / weights};
    }
  }
}

Spot turned(Spot s, double angle) {
  return {s.x * std::cos(angle) - s.y * std::sin(angle), s.x * std::sin(angle) + s.y * std::cos(angle)};
}

double along_axes(const Graph& graph, const std::vector<Spot>& spots, double angle) {
  double sum = 0;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const auto& next : graph[i]) {
      const Spot by = turned({spots[i].x - spots[next.block].x, spots[i].y - spots[next.block].y}, angle);
      sum += std::abs(by.x) + std::abs(by.y);
    }
  }
  return sum;
}

}  // namespace

std::optional<floorplan::Plan> start_from_links(const Task& task, Rng rng) {
  const auto links = graph(task);
  const std::size_t n = links.size();
  if (n < fewest || n > most || task.problem->links.size() + 1 < n / 2) return std::nullopt;
  std::vector<std::vector<double>> wanted;
  for (std::size_t i = 0; i < n; ++i) wanted.push_back(distances(links, i, task.frame.side));
  std::vector<Spot> spots = unfolded(wanted, task.frame.side, rng);
  majorise(wanted, spots);
  double best = 0, least = -1;
  for (int k = 0; k < turns; ++k) {
    const double angle = std::numbers::pi / 2 * k / turns;
    const double length = along_axes(links, spots, angle);
    if (least >= 0 && length >= least) continue;
    least = length;
    best = angle;
  }
  // Fixed blocks keep their places; the others come round the middle of the outline.
  const auto& problem = task.blocks.problem;
  floorplan::Floorplan made;
  Spot middle;
  for (auto& spot : spots) {
    spot = turned(spot, best);
    middle.x += spot.x / static_cast<double>(n);
    middle.y += spot.y / static_cast<double>(n);
  }
  for (std::size_t b = 0; b < n; ++b) {
    const auto& shape = task.frame.shapes[b][rng.below(task.frame.shapes[b].size())];
    const Spot centre{problem.outline ? static_cast<double>(problem.outline->width) / 2 : middle.x,
                      problem.outline ? static_cast<double>(problem.outline->height) / 2 : middle.y};
    const geometry::Point low{
        static_cast<Nanometre>(centre.x + spots[b].x - middle.x) - shape.size.width / 2,
        static_cast<Nanometre>(centre.y + spots[b].y - middle.y) - shape.size.height / 2};
    made.blocks.push_back(problem.blocks[b].fixed.value_or(geometry::Placement{low, shape.rotation}));
    made.sizes.push_back(geometry::turned(shape.size, shape.rotation));
  }
  return floorplan::plan_of(task.frame, made);
}

}  // namespace marquetry::placement
