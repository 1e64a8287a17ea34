// Links with PHYs between placed dies, and whether their pins and bridges are legal.
#pragma once

#include <catch2/catch.hpp>

#include "layout/small_case.h"
#include "placement/bridges.h"
#include "placement/pins.h"

namespace marquetry::test {

inline layout::Phy phy(std::size_t modules, double width, double depth = 1) {
  return {.modules = modules,
          .width = rect(0, 0, width, 0).high.x,
          .depth = rect(0, 0, depth, 0).high.x,
          .wires = 100};
}

inline Case on_carrier(double width, double height) {
  Case c;
  c.layout.carrier = c.layout.package = rect(0, 0, width, height);
  c.problem.carrier.fixed = geometry::Size{c.layout.carrier.high.x, c.layout.carrier.high.y};
  return c;
}

// The layout with its pins, and bridges where links want them, is legal, and nothing is missing.
inline placement::Pins legal_pins(Case& c) {
  const auto pins = placement::assign_pins(c.problem, c.layout);
  for (const auto& shortage : pins.shortages) UNSCOPED_INFO(shortage.message);
  CHECK(pins.shortages.empty());
  c.layout.phys = pins.phys;
  const auto bridges = placement::place_bridges(c.problem, c.layout);
  for (const auto& complaint : bridges.complaints) UNSCOPED_INFO(complaint);
  CHECK(bridges.complaints.empty());
  c.layout.bridges = bridges.bridges;
  for (const auto& violation : layout::violations(c.problem, c.layout)) UNSCOPED_INFO(violation.message);
  CHECK(broken(c).empty());
  return pins;
}

}  // namespace marquetry::test
