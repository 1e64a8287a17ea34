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

Capacity capacity(const Made<double>& made, const std::vector<Sourcing>& parts) {
  const auto& system = made.system;
  Capacity out;
  const auto put = [&](const std::string& part, const Time<>& time) {
    const auto& sold = *std::ranges::find(parts, part, &Sourcing::part);
    if (time.si() <= 0) {
      out.unknown.push_back(part);
      return;
    }
    out.steps.push_back({part, sold.row, units_per_month(time, system.assumptions.supply_share)});
  };
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    const auto takes_more = [&](std::size_t other) {
      return system.dies[other].node_row == die.node_row &&
             std::pair{wafers_of(made, d), other} < std::pair{wafers_of(made, other), d};
    };
    bool is_told = false;  // with another die of the same node
    for (std::size_t other = 0; other < system.dies.size(); ++other) {
      is_told = is_told || (other != d && takes_more(other));
    }
    if (!is_told) put(die.id, node_time(made, d));
    if (die.parent) put(die.id + " stacking", stacking_time(made, d));
  }
  for (std::size_t m = 0; m < system.memories.size(); ++m) {
    if (!system.memories[m].sold_separately) put(system.memories[m].id, memory_time(made, m));
  }
  put("packaging", packaging_time(made));
  std::ranges::stable_sort(out.steps, {}, &Step::units_per_month);
  return out;
}

}  // namespace marquetry::supply
