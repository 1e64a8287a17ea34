#include "layout/wire.h"

namespace marquetry::layout {
namespace {

// In half nanometres, so that a centre is a whole number.
Point doubled(const Layout& layout, const Pin& pin) {
  if (!pin.die) return pin.at + pin.at;
  const auto& at = layout.dies[*pin.die];
  const Rect rect = outline(layout, *pin.die);
  if (pin.at_centre) return rect.low + rect.high;
  const Point p = geometry::placed(at, layout.sizes[*pin.die], pin.at);
  return p + p;
}

double half_perimeter(const Layout& layout, const Net& net) {
  if (net.pins.empty()) return 0;
  const Point first = doubled(layout, net.pins.front());
  Rect box{first, first};
  for (const auto& pin : net.pins) {
    const Point at = doubled(layout, pin);
    box = geometry::hull(box, {at, at});
  }
  return net.weight * static_cast<double>(box.width() + box.height()) / 2;
}

}  // namespace

double half_perimeter(const Problem& problem, const Layout& layout) {
  double sum = 0;
  for (const auto& net : problem.nets) sum += half_perimeter(layout, net);
  return sum;
}

double pin_to_pin(const Problem& problem, const Layout& layout) {
  double sum = 0;
  for (const auto& net : problem.nets) {
    sum += net.pins.size() == 2 ? net.weight / 2 *
                                      static_cast<double>(geometry::manhattan(doubled(layout, net.pins[0]),
                                                                              doubled(layout, net.pins[1])))
                                : half_perimeter(layout, net);
  }
  return sum;
}

double centre_to_centre(const Problem& problem, const Layout& layout) {
  double sum = 0;
  for (const auto& link : problem.links) {
    const Rect a = outline(layout, link.a), b = outline(layout, link.b);
    sum += link.wires * static_cast<double>(geometry::manhattan(a.low + a.high, b.low + b.high)) / 2;
  }
  return sum;
}

ClumpPoints clump_points(const Die& die, const Placement& at, Size size) {
  const Rect rect = geometry::outline(at, size);
  const double left = static_cast<double>(rect.low.x), right = static_cast<double>(rect.high.x),
               bottom = static_cast<double>(rect.low.y), top = static_cast<double>(rect.high.y);
  ClumpPoints points{};
  for (const Side side : geometry::sides) {
    const double outside = die.clumps ? static_cast<double>((*die.clumps)[index(side)].outside) : 0;
    auto& point = points[index(side)];
    point = {(left + right) / 2, (bottom + top) / 2};
    switch (geometry::turned(side, at.rotation)) {
      case Side::bottom:
        point.y = bottom - outside;
        break;
      case Side::right:
        point.x = right + outside;
        break;
      case Side::top:
        point.y = top + outside;
        break;
      case Side::left:
        point.x = left - outside;
        break;
    }
  }
  return points;
}

std::vector<Bundle> bundles(const Problem& problem) {
  std::vector<Bundle> all;
  for (const auto& link : problem.links) all.push_back({link.a, link.b, link.wires});
  return all;
}

std::optional<Transport> transport(const Problem& problem) {
  for (const auto& link : problem.links) {
    if (!problem.dies[link.a].clumps || !problem.dies[link.b].clumps) return std::nullopt;
  }
  std::vector<ClumpCapacities> capacities(problem.dies.size());
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    if (!problem.dies[d].clumps) continue;
    for (std::size_t s = 0; s < 4; ++s) capacities[d][s] = (*problem.dies[d].clumps)[s].capacity;
  }
  return Transport{std::move(capacities), bundles(problem)};
}

std::optional<double> clump_transport(const Problem& problem, const Layout& layout) {
  constexpr std::size_t most_links = 4000;
  if (problem.links.size() > most_links) return std::nullopt;
  auto program = transport(problem);
  if (!program) return std::nullopt;
  std::vector<ClumpPoints> at;
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    at.push_back(clump_points(problem.dies[d], layout.dies[d], layout.sizes[d]));
  }
  return program->cost(at);
}

}  // namespace marquetry::layout
