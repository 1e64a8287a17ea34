// Where everything stands: what a placer makes, a report draws and the checker judges. Plain data.
#pragma once

#include "layout/problem.h"

namespace marquetry::layout {

// One module of a PHY, where it stands on the package.
struct PlacedPhy {
  std::optional<std::size_t> link{};      // of Problem::links
  std::optional<std::size_t> external{};  // else of Problem::externals
  std::size_t die{}, module{};            // module k of one die is wired to module k of the other
  Side side{};                            // of the die as placed
  Rect rect{};
};

struct Bridge {
  std::size_t link{};
  Rect rect{};
};

struct Layout {
  std::vector<Placement> dies{};
  std::vector<Size> sizes{};  // unturned; those of the problem, but for soft dies
  std::vector<PlacedPhy> phys{};
  std::vector<Bridge> bridges{};
  Rect carrier{};  // low is the origin
  Rect package{};  // round it
};

Rect outline(const Layout& layout, std::size_t die);
Rect bounding_box(const Layout& layout);  // of all dies, without rings

}  // namespace marquetry::layout
