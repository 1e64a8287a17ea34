// What makes a problem hopeless before any search: seen at once, named, with the amount that is missing.
#pragma once

#include "layout/problem.h"

namespace marquetry::layout {

struct Obstacle {
  std::string constraint{};  // "carrier", "fixed", "alignment", ...
  std::string message{};
  std::string hint{};  // the least relaxation that would do, where one is known
  double amount{};     // nm, or nm2 of area, that is missing
};

// None does not mean that a layout exists; one means that there is none.
std::vector<Obstacle> obstacles(const Problem& problem);

// The part of it that concerns rules between positions: alignments, abutments, fixed dies, symmetries.
std::vector<Obstacle> contradictions(const Problem& problem);

// The part of it that concerns PHYs, wires, bumps, bridges and mirror images.
std::vector<Obstacle> connection_obstacles(const Problem& problem);

}  // namespace marquetry::layout
