#include "supply/resilience.h"

#include <algorithm>
#include <map>

namespace marquetry::supply {
namespace {

std::vector<Loss> losses(const std::vector<Sourcing>& parts,
                         const std::vector<std::string>* Sourcing::*sellers) {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const auto& part : parts) {
    for (const auto& name : *(part.*sellers)) {
      auto& lost = by_name[name];
      if ((part.*sellers)->size() == 1) lost.push_back(part.part);
    }
  }
  std::vector<Loss> out;
  for (auto& [name, lost] : by_name) out.push_back({name, std::move(lost)});
  return out;
}

}  // namespace

std::vector<Loss> losses_by_supplier(const std::vector<Sourcing>& parts) {
  return losses(parts, &Sourcing::suppliers);
}
std::vector<Loss> losses_by_region(const std::vector<Sourcing>& parts) {
  return losses(parts, &Sourcing::regions);
}

Capacity capacity(const Library& library, const System<double>& system, const std::vector<Sourcing>& parts,
                  const std::vector<cost::DieCost<double>>& dies, const cost::UnitCost<double>& cost) {
  constexpr auto month = unit::year / 12;
  std::map<std::string, double> wafers;          // of one node, a unit
  std::map<std::string, std::string> hungriest;  // die type of most wafers, by node
  std::map<std::string, double> most;
  Capacity out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& part = *std::ranges::find(parts, system.dies[d].id, &Sourcing::part);
    const auto* node = find(library.nodes, part.row);
    if (!node->capacity.known) {
      out.unknown.push_back(part.part);
      continue;
    }
    const double taken = system.dies[d].count * cost.starts.dies[d] / (dies[d].gross * dies[d].passed);
    wafers[part.row] += taken;
    if (taken > most[part.row]) {
      most[part.row] = taken;
      hungriest[part.row] = part.part;
    }
  }
  for (const auto& [row, taken] : wafers) {
    const auto rate = Rate<>::from_si(find(library.nodes, row)->capacity.typ);
    const double units = rate * month / taken;
    if (out.units_per_month && *out.units_per_month <= units) continue;
    out.units_per_month = units;
    out.limited_by = hungriest[row];
  }
  return out;
}

}  // namespace marquetry::supply
