// Three chiplets of 10 x 8 mm in round numbers, one of them turned, two links between the first two: sums
// that can be followed on paper.
//
//   0 at (0, 0), PHYs 0 (9.5, 4) and 1 (0.5, 4); 1 at (10.2, 0); 2 at (20.4, 0), turned by a quarter: 8 x 10.
#pragma once

#include "proxy/links.h"

namespace marquetry::test {

inline proxy::Design three_chiplets() {
  proxy::Design design{.name = "three"};
  design.technologies = {{"logic", 10, 150, 6000, 0.002}, {"base", 10, 150, 1500, 0.0005}};
  proxy::Type core{.name = "core", .kind = "compute", .width = 10, .height = 8};
  core.phys = {{9.5, 4, 0.25}, {0.5, 4, 0.25}, {5, 7.5, 0.25}};
  core.power_bumps = 0.5;
  core.power = 40;
  core.internal_latency = 2;
  core.units = 4;
  design.types = {core};
  design.chiplets = {{0, 0, 0, 0}, {0, 10.2, 0, 0}, {0, 20.4, 0, 1}};
  // 0.0-1.1: from (9.5, 4) to (10.7, 4), 1.2 mm. 0.2-1.2: (5, 7.5) to (15.2, 7.5), 10.2 mm.
  // 1.0-2.2: from (19.7, 4) to (20.4 + 0.5, 5), 1.2 + 1 mm.
  design.links = {{{0, 0}, {1, 1}}, {{0, 2}, {1, 2}}, {{1, 0}, {2, 2}}};
  auto& p = design.packaging;
  p.latency = {.per_mm = 0.25};
  p.power = {.fixed = 1, .per_mm = 0.5};
  p.yield = 0.95;
  p.bump_pitch = 0.05;
  p.non_data_wires = 12;
  p.interposer = 1;
  design.traffic = proxy::uniform_traffic(design);
  design.pattern = "uniform";
  return design;
}

// The same, where all send to chiplet 1, whose one unit takes no more than a link carries.
inline proxy::Design one_sink() {
  auto design = three_chiplets();
  design.types.push_back(design.types[0]);
  design.types[1].units = 1;
  design.chiplets[1].type = 1;
  design.traffic = {{0, 1, 4}, {2, 1, 4}};
  return design;
}

}  // namespace marquetry::test
