#include "report/network_places.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marquetry::report {
namespace {

using topology::Graph;
using topology::Point;
using Points = std::vector<Point>;

constexpr std::uint32_t most_spread = 300;  // routers: its time grows with the square

double least_distance(const Points& places) {
  double least = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = i + 1; j < places.size(); ++j) {
      const double d = std::hypot(places[i].x - places[j].x, places[i].y - places[j].y);
      if (i == 0 && j == 1)
        least = d;
      else
        least = std::min(least, d);
    }
  }
  return least;
}

// Levels from the roots down; routers of a level side by side.
Points tree(const Graph& graph) {
  const auto levels = std::max(1u, graph.shape.n), width = graph.routers / levels;
  Points out;
  for (std::uint32_t r = 0; r < graph.routers; ++r)
    out.push_back({static_cast<double>(r % width), 3.0 * (levels - 1 - r / width)});
  return out;
}

std::vector<std::uint32_t> degrees(const Graph& graph) {
  std::vector<std::uint32_t> degree(graph.routers);
  for (const auto& channel : graph.channels) ++degree[channel.from];
  return degree;
}

// One router alone that at least half of all are joined to.
bool has_hub(const Graph& graph) {
  const auto degree = degrees(graph);
  if (graph.routers < 4) return false;
  const auto most = std::ranges::max(degree);
  return 2 * most >= graph.routers && std::ranges::count(degree, most) == 1;
}

Points circle(const Graph& graph) {
  const auto degree = degrees(graph);
  const auto hub = std::ranges::max_element(degree) - degree.begin();
  const bool central = has_hub(graph);
  const double others = graph.routers - (central ? 1 : 0);
  const double radius = others > 1 ? 0.5 / std::sin(std::numbers::pi / others) : 0;
  Points out;
  double i = 0;
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    if (central && r == hub) {
      out.push_back({0, 0});
      continue;
    }
    const double angle = std::numbers::pi / 2 - 2 * std::numbers::pi * i++ / others;
    out.push_back({std::max(1.0, radius) * std::cos(angle), std::max(1.0, radius) * std::sin(angle)});
  }
  return out;
}

// Links on the shortest way between each two, both directions taken as one.
std::vector<double> distances(const Graph& graph) {
  const std::size_t n = graph.routers;
  std::vector<std::vector<std::uint32_t>> neighbours(n);
  for (const auto& channel : graph.channels) neighbours[channel.from].push_back(channel.to);
  std::vector<double> out(n * n, static_cast<double>(n));
  for (std::uint32_t from = 0; from < n; ++from) {
    std::vector<std::uint32_t> order{from};
    out[from * n + from] = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const auto to : neighbours[order[i]]) {
        if (to == from || out[from * n + to] < static_cast<double>(n)) continue;
        out[from * n + to] = out[from * n + order[i]] + 1;
        order.push_back(to);
      }
    }
  }
  return out;
}

// The largest axis of the doubly centred squares of distances, with the ones before it taken out: Torgerson,
// Psychometrika 17, 1952. By power iteration from a fixed start.
std::vector<double> axis(const std::vector<double>& centred, const std::vector<std::vector<double>>& before) {
  const auto n = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(centred.size()))));
  std::vector<double> v(n), next(n);
  for (std::size_t i = 0; i < n; ++i) v[i] = std::sin(1.0 + static_cast<double>(i * (before.size() + 1)));
  double length = 0;
  for (int round = 0; round < 60; ++round) {
    for (std::size_t i = 0; i < n; ++i) {
      next[i] = 0;
      for (std::size_t j = 0; j < n; ++j) next[i] += centred[i * n + j] * v[j];
    }
    for (const auto& other : before) {
      double along = 0, square = 0;
      for (std::size_t i = 0; i < n; ++i) along += next[i] * other[i], square += other[i] * other[i];
      for (std::size_t i = 0; i < n && square > 0; ++i) next[i] -= along / square * other[i];
    }
    length = 0;
    for (const double x : next) length += x * x;
    length = std::sqrt(length);
    if (length <= 0) return v;
    for (std::size_t i = 0; i < n; ++i) v[i] = next[i] / length;
  }
  for (auto& x : v) x *= std::sqrt(length);
  return v;
}

// As far from each other as the shortest ways are long, as well as a plane allows: stress majorisation,
// Gansner, Koren, North, Graph Drawing 2004.
Points by_distance(const Graph& graph) {
  const std::size_t n = graph.routers;
  const auto wanted = distances(graph);
  std::vector<double> centred(n * n), mean(n);
  double all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      mean[i] += wanted[i * n + j] * wanted[i * n + j] / static_cast<double>(n);
    all += mean[i] / static_cast<double>(n);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      centred[i * n + j] = -0.5 * (wanted[i * n + j] * wanted[i * n + j] - mean[i] - mean[j] + all);
  }
  const auto x = axis(centred, {}), y = axis(centred, {x});
  Points places(n), next(n);
  for (std::size_t i = 0; i < n; ++i) places[i] = {x[i], y[i]};
  for (int round = 0; round < 150; ++round) {
    for (std::size_t i = 0; i < n; ++i) {
      double weights = 0;
      next[i] = {};
      for (std::size_t j = 0; j < n; ++j) {
        if (j == i) continue;
        const double w = 1 / (wanted[i * n + j] * wanted[i * n + j]);
        const double dx = places[i].x - places[j].x, dy = places[i].y - places[j].y;
        const double pull = wanted[i * n + j] / std::max(1e-9, std::hypot(dx, dy));
        next[i].x += w * (places[j].x + pull * dx);
        next[i].y += w * (places[j].y + pull * dy);
        weights += w;
      }
      next[i] = {next[i].x / weights, next[i].y / weights};
    }
    places.swap(next);
  }
  return places;
}

// k x k, further dimensions as grids of grids.
Points grid(const Graph& graph, std::uint32_t k) {
  Points out;
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    double x = 0, y = 0, step_x = 1, step_y = 1;
    auto rest = r;
    for (int dimension = 0; rest > 0; ++dimension) {
      auto& at = dimension % 2 == 0 ? x : y;
      auto& step = dimension % 2 == 0 ? step_x : step_y;
      at += step * (rest % k);
      step *= k + 1;
      rest /= k;
    }
    out.push_back({x, y});
  }
  return out;
}

}  // namespace

Points drawn_places(const Graph& graph) {
  Points places = graph.places;
  if (places.size() != graph.routers || (graph.routers > 1 && least_distance(places) <= 0)) {
    if (graph.shape.family == topology::Family::fat_tree)
      places = tree(graph);
    else if (graph.shape.family != topology::Family::arbitrary && graph.shape.k > 1)
      places = grid(graph, graph.shape.k);
    else
      places = has_hub(graph) || graph.routers < 4 || graph.routers > most_spread ? circle(graph)
                                                                                  : by_distance(graph);
    if (graph.routers > 1 && least_distance(places) < 0.2) places = circle(graph);
  }
  const double least = graph.routers > 1 ? least_distance(places) : 1;
  for (auto& p : places) p = {p.x / least, p.y / least};
  return places;
}

}  // namespace marquetry::report
