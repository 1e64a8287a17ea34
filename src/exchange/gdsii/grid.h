// Bumps that stand in rows and columns, found whatever their order.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "assembly/assembly.h"

namespace marquetry::exchange {

struct BumpGrid {
  assembly::Point first{}, last{};
  std::size_t columns{}, rows{};
};

// Nothing where the points are no full grid of one pitch each way, or fewer than four.
std::optional<BumpGrid> grid_of(const std::vector<assembly::Point>& points);

}  // namespace marquetry::exchange
