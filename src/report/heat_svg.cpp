#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "report/field_map.h"
#include "report/heat_figures.h"
#include "thermal/models.h"

namespace marquetry::report {
namespace {

FieldPanel panel_of(const HeatReport& report, std::size_t index) {
  const auto& heat = report.heat;
  FieldPanel out{.title = fmt::format("{}: {:.1f} to {:.1f} degC", heat.layers[index].name,
                                      celsius(heat.layers[index].least), celsius(heat.layers[index].peak)),
                 .columns = heat.shape.columns,
                 .rows = heat.shape.rows};
  const auto first = index * heat.shape.plane();
  for (std::size_t i = 0; i < heat.shape.plane(); ++i)
    out.values.push_back(celsius(heat.ambient + heat.rise.cells[first + i]));
  if (index >= report.input.stack.layers.size()) return out;
  const auto& layer = report.input.stack.layers[index];
  for (const auto& t : heat.blocks) {
    if (t.layer != index) continue;
    const auto& block = layer.blocks[t.block];
    if (!matters(block) && std::ranges::any_of(layer.blocks, matters)) continue;
    out.outlines.push_back({.name = block.name,
                            .x = block.x,
                            .y = block.y,
                            .width = block.width,
                            .height = block.height,
                            .words = fmt::format("{:.1f} degC", celsius(t.peak)),
                            .is_beyond = block.limit > 0 && t.peak > block.limit});
  }
  return out;
}

}  // namespace

std::string heat_svg(const HeatReport& report, const std::vector<std::size_t>& layers) {
  const auto& stack = report.input.stack;
  const auto& heat = report.heat;
  FieldMap map{
      .title = fmt::format("{}: temperatures", stack.name),
      .subtitle = fmt::format("{} W, ambient {} degC, {} x {} cells, model {}", significant(heat.power, 4),
                              significant(celsius(heat.ambient), 4), heat.shape.columns, heat.shape.rows,
                              thermal::row(report.input.settings.model).name),
      .unit = "degC",
      .spot_name = "hottest",
      .width = stack.width,
      .height = stack.height};
  for (const auto index : layers) map.panels.push_back(panel_of(report, index));
  std::set<double> limits, throttles;
  for (const auto& layer : stack.layers)
    for (const auto& block : layer.blocks) {
      if (block.limit > 0) limits.insert(block.limit);
      if (block.throttle > 0) throttles.insert(block.throttle);
    }
  for (const double limit : limits) map.limits.push_back({celsius(limit), "limit"});
  for (const double limit : throttles)
    if (!limits.contains(limit)) map.limits.push_back({celsius(limit), "should stay below"});
  std::ranges::sort(map.limits, {}, &FieldLimit::value);
  return field_svg(map);
}

}  // namespace marquetry::report
