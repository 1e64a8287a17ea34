// The boxes that a flat drawing of a package has, told from the package alone.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "support/assemblies.h"

namespace marquetry::test {

// "layer/datatype low high" in database units, as docs/eda-formats.md numbers the layers; sorted.
inline std::vector<std::string> expected_boxes(const assembly::Assembly& package) {
  using assembly::Point;
  std::vector<std::string> out;
  const auto add = [&out](int layer, Point a, Point b) {
    out.push_back(std::to_string(layer) + "/0 " + std::to_string(std::min(a.x, b.x)) + " " +
                  std::to_string(std::min(a.y, b.y)) + " " + std::to_string(std::max(a.x, b.x)) + " " +
                  std::to_string(std::max(a.y, b.y)));
  };
  for (std::size_t i = 0; i < package.instances.size(); ++i) {
    const auto& chiplet = package.chiplets[package.instances[i].chiplet];
    const auto there = [&](Point p) { return placed_by_hand(package, i, p); };
    add(1 + static_cast<int>(chiplet.kind), there({0, 0}), there({chiplet.size.width, chiplet.size.height}));
    for (const auto& region : chiplet.regions) {
      add(10 + static_cast<int>(region.face), there(region.corners[0]), there(region.corners[2]));
      for (const auto& bump : region.bumps) {
        const auto [w, h] = package.cells[bump.cell].size;
        if (w == 0 || h == 0) continue;
        const Point low{bump.at.x - w / 2 - w % 2, bump.at.y - h / 2 - h % 2};
        add(20 + static_cast<int>(region.face), there(low), there({low.x + w, low.y + h}));
      }
    }
  }
  std::vector<std::string> layers;
  for (const auto& net : package.nets) {
    for (const auto& segment : net.metal) layers.push_back(segment.layer);
  }
  std::ranges::sort(layers);
  layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
  for (const auto& net : package.nets) {
    for (const auto& segment : net.metal) {
      auto low = segment.points.front(), high = low;
      for (const auto& p : segment.points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
      const auto half = segment.width / 2;
      add(100 + static_cast<int>(std::ranges::find(layers, segment.layer) - layers.begin()),
          {low.x - half, low.y - half}, {high.x + half, high.y + half});
    }
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace marquetry::test
