// Where the watts of a package go, to the last one: what reports list.
#pragma once

#include <string>
#include <vector>

#include "library/library.h"
#include "power/power.h"

namespace marquetry::power {

struct Item {
  std::string
      name{};  // "dynamic: gpu", "sram: gpu", "leakage: gpu", "memory: hbm", "link: mesh", "regulators"
  Power<> power{};
};

// Their sum is the package's total. Of each die type: modules that switch, those of them that are SRAM, and
// leakage, that of SRAM cells by their share of the area. Of each memory: what moves, the share of it that
// the PHY on the host takes, refresh and standby.
std::vector<Item> breakdown(const Library& library, const System<double>& system,
                            std::span<const Memory* const> memories,
                            std::span<const area::DieOutline<double>> outlines,
                            std::span<const DiePower<double>> dies, const PackagePower<double>& power);

}  // namespace marquetry::power
