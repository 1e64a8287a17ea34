// All figures of a layout, whatever it was placed for.
#include <algorithm>
#include <map>

#include "layout/wire.h"
#include "placement/grid_heat.h"
#include "placement/heat.h"
#include "placement/place.h"

namespace marquetry::placement {
namespace {

constexpr double millimetre = 1e6;

// Where the wires of a module leave its die, in half nanometres.
geometry::Point mouth(const layout::PlacedPhy& phy) {
  const auto& r = phy.rect;
  switch (phy.side) {
    case geometry::Side::left:
      return {2 * r.low.x, r.low.y + r.high.y};
    case geometry::Side::right:
      return {2 * r.high.x, r.low.y + r.high.y};
    case geometry::Side::bottom:
      return {r.low.x + r.high.x, 2 * r.low.y};
    default:
      return {r.low.x + r.high.x, 2 * r.high.y};
  }
}

std::optional<double> module_to_module(const layout::Problem& problem, const layout::Layout& layout) {
  const auto wires = module_wires(problem, layout);
  double sum = 0;
  for (const auto& wire : wires) sum += problem.links[wire.link].phy->wires * wire.length;
  return wires.empty() ? std::nullopt : std::optional{sum / millimetre};
}

}  // namespace

std::vector<ModuleWire> module_wires(const layout::Problem& problem, const layout::Layout& layout) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<geometry::Point>> ends;  // by link, module
  for (const auto& phy : layout.phys) {
    if (phy.link) ends[{*phy.link, phy.module}].push_back(mouth(phy));
  }
  std::vector<ModuleWire> wires;
  for (const auto& [of, points] : ends) {
    if (points.size() != 2 || !problem.links[of.first].phy) continue;
    wires.push_back({.link = of.first,
                     .module = of.second,
                     .length = static_cast<double>(geometry::manhattan(points[0], points[1])) / 2});
  }
  return wires;
}

Figures figures(const layout::Problem& problem, const layout::Layout& layout) {
  Figures made;
  if (layout.dies.empty()) return made;
  made.hpwl = layout::half_perimeter(problem, layout) / millimetre;
  if (!problem.links.empty()) {
    made.centre = layout::centre_to_centre(problem, layout) / millimetre;
    if (problem.nets.empty()) made.hpwl += *made.centre;
    if (const auto wire = layout::clump_transport(problem, layout)) made.transport = *wire / millimetre;
    made.phys = module_to_module(problem, layout);
  }
  const auto box = layout::bounding_box(layout);
  made.box = {box.width(), box.height()};
  double dies = 0;
  for (std::size_t d = 0; d < layout.sizes.size(); ++d) {
    dies += problem.dies[d].on ? 0 : geometry::area(layout.sizes[d]);
  }
  made.dead_space = geometry::area(box) > 0 ? 1 - dies / geometry::area(box) : 0;
  if (problem.plate && !problem.section) {
    std::vector<geometry::Rect> rects;
    for (std::size_t d = 0; d < layout.dies.size(); ++d) rects.push_back(layout::outline(layout, d));
    made.peak =
        thermal::spread(*problem.plate, layout.carrier, problem.ambient, sources(problem, rects)).peak;
  }
  return made;
}

Figures heated(const layout::Problem& problem, const layout::Layout& layout, Figures figures,
               const std::atomic<bool>* stop) {
  const bool is_warm = std::ranges::any_of(problem.dies, [](const auto& die) { return die.power > 0; });
  if (!problem.section || !is_warm || layout.dies.empty()) return figures;
  conduction::Request request;
  request.stop = stop;
  const auto found = grid_heat(problem, layout, request);
  if (!found) return figures;
  figures.peak = found->peak;
  figures.peak_bound = found->bound;
  figures.dies = found->dies;
  return figures;
}

}  // namespace marquetry::placement
