#include "placement/front.h"

#include <algorithm>
#include <cmath>

#include "placement/finish.h"
#include "placement/lessons.h"
#include "placement/objective.h"

namespace marquetry::placement {
namespace {

// Weights of a kelvin, in shares of the wire per kelvin above the ambient of the shortest layout.
constexpr std::size_t weights_of_a_sweep = 12;
constexpr double lightest = 0.05, heaviest = 50;
constexpr std::size_t most_points = 40;

double weight(std::size_t k, double wire, double rise) {
  const double part = static_cast<double>(k) / static_cast<double>(weights_of_a_sweep - 1);
  return wire / std::max(rise, 1e-9) * lightest * std::pow(heaviest / lightest, part);
}

}  // namespace

Harvest sweep(const Task& task, const Search& how, const Harvest& known, std::uint64_t& steps) {
  Harvest all = known;
  const auto shortest = known.crops();
  if (shortest.empty()) return all;
  const auto& start = shortest.front();
  const double rounds = std::ceil(static_cast<double>(weights_of_a_sweep) / std::max(1, how.threads));
  const Rng rng{how.seed};
  auto found = parallel::map(weights_of_a_sweep, how.threads, [&](std::size_t k) {
    Task hot = task;
    hot.weights = {.wire = 1, .temperature = weight(k, start.wire, start.peak)};
    floorplan::AnnealOptions anneal;
    anneal.budget = how.budget;
    anneal.start = start.plan;
    anneal.hot = 0.5;
    anneal.packing = packing_of(hot);
    Harvest harvest;
    const floorplan::Clock clock{how.budget, 1 / rounds, 1 / static_cast<double>(weights_of_a_sweep)};
    const auto end =
        floorplan::Annealer<Judge>{hot.frame, Judge{hot, &harvest}, anneal, rng.fork(k)}.run(clock);
    return std::pair{std::move(harvest), end.steps};
  });
  for (auto& [harvest, own] : found) {
    all.merge(harvest);
    steps += own;
  }
  return all;
}

std::vector<Point> front(const Task& task, const Harvest& harvest, const std::atomic<bool>* stop) {
  const auto& problem = *task.problem;
  std::vector<Point> points;
  Options wire;
  for (const auto& crop : harvest.crops(most_points)) {
    Point point{layout_of(problem, task.blocks, floorplan::floorplan_of(task.frame, crop.plan)), {}};
    finish(problem, point.layout);
    if (!layout::violations(problem, point.layout).empty()) continue;
    point.figures = heated(problem, point.layout, figures(problem, point.layout), stop);
    if (!point.figures.peak) continue;
    if (problem.section) point.figures.peak_estimate = estimated_peak(task, point.layout);
    points.push_back(std::move(point));
  }
  const auto length = [&](const Point& p) {
    return objective(problem, task.metric, wire, p.layout, p.figures);
  };
  std::ranges::stable_sort(points, {}, [&](const Point& p) { return std::pair{length(p), p.figures.peak}; });
  std::vector<Point> kept;
  for (auto& point : points) {
    const bool is_cooler = kept.empty() || *point.figures.peak < *kept.back().figures.peak;
    if (is_cooler) kept.push_back(std::move(point));
  }
  return kept;
}

}  // namespace marquetry::placement
