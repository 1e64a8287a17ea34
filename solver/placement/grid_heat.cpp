#include "placement/grid_heat.h"

#include <algorithm>
#include <limits>

#include "thermal/heat.h"
#include "thermal/placed.h"
#include "units/units.h"

namespace marquetry::placement {
namespace {

constexpr double freezing = unit::freezing_point.si();

// A die of a level that makes no heat of its own is as hot as the one it stands on.
double of_die(const layout::Problem& problem, const std::vector<double>& known, std::size_t die) {
  while (known[die] < 0 && problem.dies[die].on) die = *problem.dies[die].on;
  return known[die] < 0 ? problem.ambient : known[die] - freezing;
}

}  // namespace

std::optional<GridHeat> grid_heat(const layout::Problem& problem, const layout::Layout& layout,
                                  const conduction::Request& request) {
  std::vector<geometry::Rect> rects, bridges;
  for (std::size_t d = 0; d < layout.dies.size(); ++d) rects.push_back(layout::outline(layout, d));
  for (const auto& bridge : layout.bridges) bridges.push_back(bridge.rect);
  const auto stack = thermal::placed_stack(problem, rects, layout.carrier, layout.package, bridges);
  const auto heat = thermal::steady(stack, {}, request);
  if (heat.outcome.state != conduction::State::solved) return std::nullopt;
  std::vector<double> hottest(problem.dies.size(), -1);  // K
  for (const auto& found : heat.blocks) {
    const auto& part = stack.layers[found.layer].blocks[found.block].part;
    if (part && stack.layers[found.layer].heats) hottest[*part] = std::max(hottest[*part], found.peak);
  }
  GridHeat out{.dies = {}, .peak = problem.ambient, .bound = heat.outcome.bound};
  for (std::size_t d = 0; d < hottest.size(); ++d) {
    out.dies.push_back(of_die(problem, hottest, d));
    out.peak = std::max(out.peak, out.dies.back());
  }
  return out;
}

}  // namespace marquetry::placement
