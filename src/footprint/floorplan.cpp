#include "footprint/floorplan.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marquetry::footprint {
namespace {

constexpr double gap = 0.5;  // mm

// `along`: the axis of the next cut, x or y; a die's long side lies along it.
Extent halved(const std::vector<Outline>& dies, bool along_x, double bridge_edge) {
  if (dies.size() == 1) {
    const double side = std::sqrt(dies[0].area / dies[0].aspect);
    const double length = side * dies[0].aspect;
    return along_x ? Extent{length, side, 0} : Extent{side, length, 0};
  }
  std::array<std::vector<Outline>, 2> halves;
  std::array<double, 2> loads{};
  for (const auto& die : dies) {
    const std::size_t lighter = loads[1] < loads[0] ? 1 : 0;
    halves[lighter].push_back(die);
    loads[lighter] += die.area;
  }
  const Extent a = halved(halves[0], !along_x, bridge_edge);
  const Extent b = halved(halves[1], !along_x, bridge_edge);
  const double shared = along_x ? std::min(a.y, b.y) : std::min(a.x, b.x);
  const double interfaces = a.interfaces + b.interfaces + std::ceil(shared / bridge_edge);
  if (along_x) return {a.x + b.x + gap, std::max(a.y, b.y), interfaces};
  return {std::max(a.x, b.x), a.y + b.y + gap, interfaces};
}

}  // namespace

Extent recursive_floorplan(std::vector<Outline> dies, double bridge_edge) {
  std::ranges::stable_sort(dies, {}, &Outline::area);
  return halved(dies, true, bridge_edge);
}

}  // namespace marquetry::footprint
