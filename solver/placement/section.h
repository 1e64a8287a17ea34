// The layers of a package from rows of the library: substrate, carrier, bumps, dies, interface, lid, and the
// plate of the cooling on top.
#pragma once

#include <optional>
#include <vector>

#include "layout/section.h"
#include "library/library.h"

namespace marquetry::placement {

// What a package is put together from. All rows are of one library.
struct SectionParts {
  const Packaging* packaging{};
  const Cooling* cooling{};
  double resistance{};                        // K/W of the whole cooling
  std::vector<const Packaging*> stackings{};  // by level, from that of the dies that stand on others
  std::string section{}, tim{}, lid{};        // of the design; empty: the packaging's
  std::optional<double> lid_thickness{};      // m, likewise
};

// Nothing where the library has no section for the packaging.
// - Stacked dies: the layers of their joint lie between the circuits and the silicon of the dies below; the
//   silicon of the topmost dies is that much thinner, 50 um at least. Each level has the joint of the first
//   die type that stands there.
// - The plate of the cooling is as thick as its row says without the lid, half of it spreader, half sink, of
//   one size. Of its resistance, `joint` lies between lid and plate.
// - A direct cooling takes the place of lid and interface: its plate covers the dies alone, and its
//   resistance holds for a plate of that size.
std::optional<layout::Section> package_section(const Library& library, const SectionParts& parts);

// The silicon of a die whose circuits are parted from it by metal and a bond, as one material; nothing where
// nothing parts them.
std::optional<layout::Material> parted_silicon(const layout::Section& section, const ProcessNode& node);

// The pile of a memory as one material; nothing where its row names no section.
std::optional<layout::Material> memory_body(const Library& library, const Memory& memory);

}  // namespace marquetry::placement
