#include "cost/nre_items.h"

#include <algorithm>

namespace marquetry::cost {
namespace {

bool same_module(const System<double>& system, const NreItem& item, std::size_t die, std::size_t module) {
  if (item.kind != NreKind::module) return false;
  const auto& a = system.dies[item.die];
  const auto& b = system.dies[die];
  return a.node_row == b.node_row && a.modules[item.module].row == b.modules[module].row;
}

}  // namespace

std::vector<NreItem> nre_items(const System<double>& system,
                               std::span<const area::DieOutline<double>> outlines,
                               const area::PackageArea<double>& area, const Quirks& quirks) {
  std::vector<NreItem> items;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    items.push_back({NreKind::die, d, 0, die_nre(system, d, outlines[d]), die.count});
    for (std::size_t m = 0; m < die.modules.size(); ++m) {
      const double count = die.count * die.modules[m].count;
      if (count == 0) continue;
      const auto same =
          std::ranges::find_if(items, [&](const auto& item) { return same_module(system, item, d, m); });
      if (same != items.end()) {
        same->count += count;
      } else {
        items.push_back({NreKind::module, d, m, module_nre(system, d, m), count});
      }
    }
    const auto rest = interface_nre(system, d, outlines[d]);
    if (rest.si() > 0) {
      items.push_back({die.modules.empty() ? NreKind::contents : NreKind::interfaces, d, 0, rest, die.count});
    }
  }
  items.push_back({NreKind::package, 0, 0, package_nre(system, area, quirks), 1});
  return items;
}

}  // namespace marquetry::cost
