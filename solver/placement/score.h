// What wires cost, and by how much they break rules of their own.
#pragma once

namespace marquetry::placement {

struct Score {
  double length{};   // nanometres times wires
  double penalty{};  // about 1 for a link that is plainly wrong
};

}  // namespace marquetry::placement
