// Whoever stands apart in the solution stays apart by exactly the gap: the pairs make difference constraints
// between whole numbers, which a pass from the low end and one from the high end restore after rounding.
#include "floorplan/exact_round.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "floorplan/legal.h"

namespace marquetry::floorplan::exact {
namespace {

using Lows = std::vector<Nanometre>;

// Halves go up, with what the linear program's rounding has made of them, so that a row stays a row.
Nanometre nearest(double length) { return static_cast<Nanometre>(std::floor(length + 0.5 + 1e-3)); }

struct Before {
  std::size_t a{}, b{};
  Nanometre distance{};  // from low to low, at least
};

// `order` sorts by the solution, so that every constraint leads forward.
void restore(Lows& low, const std::vector<std::size_t>& order, const std::vector<Before>& constraints,
             const std::vector<Nanometre>& extent, std::optional<Nanometre> side) {
  for (const std::size_t b : order) {
    for (const auto& c : constraints) {
      if (c.b == b) low[b] = std::max(low[b], low[c.a] + c.distance);
    }
  }
  for (auto b = order.rbegin(); b != order.rend(); ++b) {
    if (side) low[*b] = std::min(low[*b], *side - extent[*b]);
    for (const auto& c : constraints) {
      if (c.a == *b) low[*b] = std::min(low[*b], low[c.b] - c.distance);
    }
  }
}

}  // namespace

std::optional<Floorplan> rounded(const Problem& problem, const Model& model, std::span<const double> at) {
  const std::size_t n = model.blocks;
  Floorplan plan;
  std::array<std::vector<Nanometre>, 2> extent, low;
  for (std::size_t b = 0; b < n; ++b) {
    std::size_t turn = 0;
    for (std::size_t t = 1; t < model.turns[b].size(); ++t) {
      if (model.share(b, t, at) > model.share(b, turn, at)) turn = t;
    }
    const auto rotation = model.turns[b][turn].rotation;
    const Size size = geometry::turned(problem.blocks[b].size, rotation);
    plan.sizes.push_back(problem.blocks[b].size);
    plan.blocks.push_back({{}, rotation});
    for (std::size_t axis = 0; axis < 2; ++axis) {
      extent[axis].push_back(axis == 0 ? size.width : size.height);
      const double centre = at[axis == 0 ? model.x(b) : model.y(b)] * model.length;
      low[axis].push_back(nearest(centre - static_cast<double>(extent[axis].back()) / 2));
    }
  }
  std::array<std::vector<Before>, 2> constraints;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      const Nanometre gap = gap_between(problem, a, b);
      Nanometre widest = std::numeric_limits<Nanometre>::min();
      std::size_t along = 0;
      for (std::size_t axis = 0; axis < 2; ++axis) {
        const auto& l = low[axis];
        const auto& e = extent[axis];
        const Nanometre apart = std::max(l[b] - l[a] - e[a], l[a] - l[b] - e[b]) - gap;
        if (apart > widest) {
          widest = apart;
          along = axis;
        }
      }
      const bool a_first = 2 * low[along][a] + extent[along][a] <= 2 * low[along][b] + extent[along][b];
      const auto [first, second] = a_first ? std::pair{a, b} : std::pair{b, a};
      constraints[along].push_back({first, second, extent[along][first] + gap});
    }
  }
  for (std::size_t axis = 0; axis < 2; ++axis) {
    auto& l = low[axis];
    if (!problem.outline) {
      const Nanometre least = *std::ranges::min_element(l);
      if (least < 0 || std::ranges::all_of(problem.nets, [](const Net& net) {
            return std::ranges::none_of(net.pins, [](const Pin& pin) { return pin.block < 0; });
          })) {
        const bool fixed =
            std::ranges::any_of(problem.blocks, [](const Block& b) { return b.fixed.has_value(); });
        for (auto& x : l) x -= fixed ? 0 : least;
      }
    }
    for (std::size_t b = 0; b < n; ++b) {
      l[b] = std::max<Nanometre>(l[b], 0);
      if (const auto& fixed = problem.blocks[b].fixed) l[b] = axis == 0 ? fixed->low.x : fixed->low.y;
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t b) { return 2 * l[b] + extent[axis][b]; });
    std::optional<Nanometre> side;
    if (problem.outline) side = axis == 0 ? problem.outline->width : problem.outline->height;
    restore(l, order, constraints[axis], extent[axis], side);
  }
  for (std::size_t b = 0; b < n; ++b) plan.blocks[b].low = {low[0][b], low[1][b]};
  if (!is_legal(problem, plan)) return std::nullopt;
  return plan;
}

}  // namespace marquetry::floorplan::exact
