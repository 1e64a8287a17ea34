// Where the bumps of each die lie and what they carry, before dies of one make are told apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assemble/phy_sites.h"
#include "assembly/orientation.h"
#include "refine/refine.h"

namespace marquetry::assemble {

using assembly::NetUse;
using geometry::Point;

// A port of a chiplet, by what it is for.
enum class PortKind : std::uint32_t {
  phy,  // wire of a PHY: both ends number theirs so that the first half of one ends at the last of the other
  below,   // wire to the die below
  above,   // wire to a die on its back
  supply,  // of Pads::supplies
};
struct PortId {
  PortKind kind{};
  std::uint32_t slot{}, wire{};
  friend auto operator<=>(const PortId&, const PortId&) = default;
};

struct Pad {
  Point at{};  // in the package
  PortId port{};
  std::uint32_t net{};
  friend bool operator==(const Pad&, const Pad&) = default;
};

struct NetName {
  std::string name{};
  NetUse use{};
  bool leaves{};  // the package
};

struct DiePads {
  std::vector<Pad> front{}, back{};
  std::vector<std::size_t> wires{};    // by slot of a PHY: how many it has
  std::vector<geometry::Rect> phys{};  // by slot, on the die as it lies before its turn
  std::vector<bool> both_ways{};       // by slot: a memory's, whose wires go both ways
};

struct Pads {
  std::vector<DiePads> dies{};          // by die of the problem
  std::vector<NetName> nets{};          // supplies first, ground is net 0
  std::vector<std::string> supplies{};  // by net: as many as there are supplies
  std::vector<std::string> notes{};
};

// Dies lie on their fronts: as placed, and mirrored, since all coordinates are seen from above.
assembly::Orientation orientation_of(const layout::Layout& layout, std::size_t die);

// A name that every format takes: letters, digits and _.
std::string plain_name(std::string_view name);

Pads pads_of(const System<double>& system, const placement::PackageProblem& package,
             const layout::Layout& layout);

}  // namespace marquetry::assemble
