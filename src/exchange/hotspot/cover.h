// What the blocks of a layer leave free, as rectangles: HotSpot wants floorplans without gaps.
#pragma once

#include <vector>

#include "thermal/stack.h"

namespace marquetry::exchange::hotspot {

struct Rectangle {
  double x{}, y{}, width{}, height{};
};

std::vector<Rectangle> uncovered(const thermal::Layer& layer, double width, double height);

}  // namespace marquetry::exchange::hotspot
