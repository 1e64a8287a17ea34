// The bumps between a placed die and what carries it: a square grid by pitch, signals under the die's PHYs,
// power and ground in turn everywhere else; and whether there are enough, and room to leave.
#pragma once

#include "layout/layout.h"

namespace marquetry::placement {

enum class Bump : std::uint8_t { signal, power, ground };

struct BumpMap {
  std::size_t die{};
  geometry::Nanometre pitch{};
  geometry::Point first{};  // the centre of the bump of column 0, row 0
  std::size_t columns{}, rows{};
  std::vector<Bump> bumps{};  // row by row from below
  std::size_t signals{}, power{}, ground{};
  double homeless{};  // signals that found no bump
};
constexpr geometry::Point centre(const BumpMap& map, std::size_t column, std::size_t row) {
  return {map.first.x + static_cast<geometry::Nanometre>(column) * map.pitch,
          map.first.y + static_cast<geometry::Nanometre>(row) * map.pitch};
}

// Wires that leave a die over one edge, as placed, against what the layers of the carrier let through there.
struct Escape {
  std::size_t die{};
  geometry::Side side{};
  double wires{}, room{};  // room 0: not limited
};

struct BumpPlan {
  std::vector<BumpMap> maps{};    // of the dies on the carrier; none where the problem gives no pitch
  std::vector<Escape> escapes{};  // of edges with PHYs of links
  std::vector<std::string> complaints{};
};

BumpPlan plan_bumps(const layout::Problem& problem, const layout::Layout& layout);

}  // namespace marquetry::placement
