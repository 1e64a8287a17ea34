// Which net each bump carries: the grids below a part, and the nets that all faces make.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assemble/pads.h"
#include "assembly/assembly.h"

namespace marquetry::assemble {

// A bump, in the coordinates of the layout.
struct Place {
  geometry::Point at{};
  std::uint32_t net{};
};

// A face of a part and what its bumps carry.
struct LaidFace {
  std::size_t instance{}, region{};
  std::vector<std::uint32_t> nets{};  // by bump
};

// A grid below a part: signals to the outside evenly among ground and the supplies in turn. Wires that find
// no bump are left out, with a note that names the bumps by `what`.
std::vector<Place> grid_below(const geometry::Rect& rect, geometry::Nanometre pitch, std::string_view what,
                              const Pads& pads, std::vector<std::string>& notes);

// The nets that have a pin on one of the faces. Takes their names.
void add_nets(const std::vector<LaidFace>& faces, std::vector<NetName>& named, assembly::Assembly& assembly);

}  // namespace marquetry::assemble
