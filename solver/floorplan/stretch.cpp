#include "floorplan/stretch.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "floorplan/legal.h"
#include "floorplan/tight.h"

namespace marquetry::floorplan {
namespace {

constexpr std::size_t most_tried = 200;

struct Need {
  bool up{};           // else sideways
  Nanometre length{};  // of the box that way
};

std::optional<Need> need(const Problem& problem, Size all) {
  const double width = static_cast<double>(all.width), height = static_cast<double>(all.height);
  if (problem.largest_aspect > 0 && width > problem.largest_aspect * height) {
    return Need{true, static_cast<Nanometre>(std::ceil(width / problem.largest_aspect))};
  }
  if (width < problem.least_aspect * height) {
    return Need{false, static_cast<Nanometre>(std::ceil(height * problem.least_aspect))};
  }
  return std::nullopt;
}

geometry::Rect hull(const Floorplan& floorplan) {
  auto all = geometry::outline(floorplan.blocks[0], floorplan.sizes[0]);
  for (std::size_t b = 1; b < floorplan.blocks.size(); ++b) {
    all = geometry::hull(all, geometry::outline(floorplan.blocks[b], floorplan.sizes[b]));
  }
  return all;
}

}  // namespace

std::optional<Floorplan> stretched(const Problem& problem, const Floorplan& floorplan) {
  if (floorplan.blocks.empty()) return floorplan;
  const auto all = hull(floorplan);
  const auto need = floorplan::need(problem, {all.width(), all.height()});
  if (!need) return floorplan;
  const auto along = [&](Point p) { return need->up ? p.y : p.x; };
  std::vector<std::size_t> order(problem.blocks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::optional<Floorplan> best;
  double least = 0;
  for (const bool to_the_end : {true, false}) {
    // The nearest to that end first.
    const auto distance = [&](std::size_t b) {
      const auto rect = geometry::outline(floorplan.blocks[b], floorplan.sizes[b]);
      return to_the_end ? along(all.high) - along(rect.high) : along(rect.low) - along(all.low);
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return distance(a) < distance(b); });
    for (std::size_t i = 0; i < std::min(order.size(), most_tried); ++i) {
      const auto b = order[i];
      if (problem.blocks[b].fixed) continue;
      Floorplan moved = floorplan;
      const Size turned = geometry::turned(moved.sizes[b], moved.blocks[b].rotation);
      Nanometre& at = need->up ? moved.blocks[b].low.y : moved.blocks[b].low.x;
      at = to_the_end ? along(all.low) + need->length - (need->up ? turned.height : turned.width)
                      : along(all.high) - need->length;
      if (at < 0) continue;
      const double cost = objective(problem, moved);
      if ((best && cost >= least) || !is_legal(problem, moved)) continue;
      best = std::move(moved);
      least = cost;
    }
  }
  return best;
}

}  // namespace marquetry::floorplan
