// NRE design by design, for reports and for families of products that share designs.
#pragma once

#include <span>
#include <vector>

#include "cost/nre.h"

namespace marquetry::cost {

enum class NreKind { module, contents, interfaces, die, package };

// One thing that is designed once.
struct NreItem {
  NreKind kind{};
  std::size_t die{}, module{};  // indices in the system, where the kind has them
  Money<> money{};
  double count{1};  // how many of it one package holds
};

// They add up to the system's NRE. A module that several dies of one node use is one item; contents: a die of
// which only the outline is given; interfaces: the PHYs and controllers of a die.
std::vector<NreItem> nre_items(const System<double>& system,
                               std::span<const area::DieOutline<double>> outlines,
                               const area::PackageArea<double>& area, const Quirks& quirks);

}  // namespace marquetry::cost
