#include "assemble/heights.h"

#include <algorithm>
#include <cmath>

namespace marquetry::assemble {
namespace {

Units nanometres(double metres) { return static_cast<Units>(std::llround(metres * 1e9)); }

// The library's row of a layer; those of stacked dies have their level behind the name.
const StackLayer* row_of(const Library& library, const layout::SectionLayer& layer) {
  if (const auto* row = find(library.layers, layer.name)) return row;
  return find(library.layers, layer.name.substr(0, layer.name.rfind('-')));
}

enum class Part { body, gap, bond };

Part part_of(const StackLayer& row) {
  return row.material == "underfill" ? Part::gap : row.material == "hybrid-bond" ? Part::bond : Part::body;
}

}  // namespace

std::optional<Heights> heights(const Library& library, const placement::PackageProblem& package) {
  if (!package.problem.section) return std::nullopt;
  Heights out;
  bool above = false;  // of dies: what is left is cooling
  for (const auto& layer : package.problem.section->layers) {
    const auto* row = row_of(library, layer);
    if (row == nullptr || !row->part.empty()) continue;
    const Units height = nanometres(layer.thickness);
    const auto part = part_of(*row);
    if (!row->bridge.empty()) out.bridge = height;
    if (layer.extent == layout::Extent::package && !above) {
      out.substrate += height;
    } else if (layer.extent == layout::Extent::carrier && !above) {
      (part == Part::gap ? out.below_carrier : out.carrier) += height;
    } else if (layer.extent == layout::Extent::dies) {
      above = true;
      out.die.resize(std::max(out.die.size(), layer.level + 1));
      out.below_die.resize(out.die.size());
      (part == Part::gap ? out.below_die : out.die)[layer.level] += height;
      if (part != Part::gap || layer.level > 0) out.pile += height;
    }
  }
  if (out.die.empty() || out.substrate + out.carrier == 0) return std::nullopt;
  return out;
}

Units memory_height(const Library& library, const Memory& memory) {
  const auto* section = find(library.sections, memory.section);
  if (section == nullptr) return 0;
  double sum = 0;
  for (const auto& id : section->layers) {
    const auto* layer = find(library.layers, id);
    if (layer != nullptr) sum += layer->thickness.typ;
  }
  return nanometres(sum);
}

}  // namespace marquetry::assemble
