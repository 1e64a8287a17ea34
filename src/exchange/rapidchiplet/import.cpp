// As a placement document: the chiplets as dies, fixed where they stand, and the wires between them. What
// such a document has no room for (nodes of costs, latencies, routing) is said in warnings.
#include <fmt/format.h>

#include <cmath>

#include "exchange/rapidchiplet/read.h"
#include "layout_file/load.h"
#include "proxy/links.h"

namespace marquetry::exchange {
namespace {

using layout::Nanometre;

Nanometre nanometres(double mm) { return std::llround(mm * 1e6); }

layout::Problem problem_of(const proxy::Design& design) {
  layout::Problem problem{.name = design.name, .unit = 1e6};
  double left = design.chiplets.front().x, bottom = design.chiplets.front().y;
  for (const auto& chiplet : design.chiplets) {
    left = std::min(left, chiplet.x);
    bottom = std::min(bottom, chiplet.y);
  }
  std::vector<std::size_t> seen(design.types.size());
  for (const auto& chiplet : design.chiplets) {
    const auto& type = design.types[chiplet.type];
    const auto rotation = static_cast<geometry::Rotation>(chiplet.turns);
    problem.dies.push_back(
        {.name = fmt::format("{}-{}", type.name, seen[chiplet.type]++),
         .size = {nanometres(type.width), nanometres(type.height)},
         .fixed = layout::Placement{{nanometres(chiplet.x - left), nanometres(chiplet.y - bottom)}, rotation},
         .power = type.power,
         .kind = chiplet.type});
  }
  for (const auto& wire : proxy::wires(design, {})) {
    if (!design.is_chiplet(wire.a) || !design.is_chiplet(wire.b)) continue;
    const auto name = fmt::format("{}-{}-{}", wire.a, wire.b, problem.links.size());
    problem.links.push_back({.name = name, .a = wire.a, .b = wire.b, .wires = 2 * wire.bandwidth});
  }
  return problem;
}

}  // namespace

std::optional<std::string> import_rapidchiplet(std::span<const std::filesystem::path> files,
                                               Diagnostics& diagnostics) {
  if (files.size() != 1) {
    diagnostics.error({.file = "marquetry import"},
                      "give the design.json of a RapidChiplet design alone: it names its other files");
    return std::nullopt;
  }
  const auto design = read_rapidchiplet(files[0], diagnostics);
  if (!design) return std::nullopt;
  const SourceSpot where{.file = files[0].generic_string()};
  if (!design->routers.empty())
    diagnostics.warning(where, "the routers of the active interposer and their links are left out");
  diagnostics.warning(
      where,
      "a placement file holds dies and wires: for latency, throughput and cost use 'marquetry "
      "route --rapidchiplet'");
  return layout_file::to_toml(
      problem_of(*design), fmt::format("From '{}' of RapidChiplet.", files[0].filename().generic_string()));
}

}  // namespace marquetry::exchange
