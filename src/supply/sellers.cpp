#include "supply/sellers.h"

#include <algorithm>

namespace marquetry::supply {
namespace {

template <class Row>
Sourcing sourced(const std::string& part, const std::string& name, const std::vector<Row>& rows) {
  const Row* row = find(rows, name);
  return {part, name, &row->suppliers, &row->regions, Row::category};
}

}  // namespace

std::vector<Sourcing> sourcing(const Library& library, const Design& design, const Choice& choice) {
  std::vector<Sourcing> parts;
  for (const auto& die : design.dies) {
    if (chosen(design, choice, die.count) == 0) continue;
    parts.push_back(sourced(die.id, chosen(design, choice, die.node), library.nodes));
    if (die.on.empty()) continue;
    parts.push_back(sourced(die.id + " stacking", chosen(design, choice, die.stacking), library.packagings));
  }
  for (const auto& memory : design.memories) {
    parts.push_back(sourced(memory.id, chosen(design, choice, memory.memory), library.memories));
    if (!memory.stacking) continue;
    const auto& joint = chosen(design, choice, *memory.stacking);
    if (joint != on_carrier) parts.push_back(sourced(memory.id + " stacking", joint, library.packagings));
  }
  parts.push_back(sourced("packaging", chosen(design, choice, design.packaging), library.packagings));
  return parts;
}

std::vector<std::string> suppliers_of(const std::vector<Sourcing>& parts) {
  std::vector<std::string> names;
  for (const auto& part : parts) names.insert(names.end(), part.suppliers->begin(), part.suppliers->end());
  std::ranges::sort(names);
  const auto [first, last] = std::ranges::unique(names);
  names.erase(first, last);
  return names;
}

std::vector<std::string> single_sourced(const std::vector<Sourcing>& parts) {
  std::vector<std::string> names;
  for (const auto& part : parts) {
    if (part.suppliers->size() == 1) names.push_back(part.part);
  }
  return names;
}

}  // namespace marquetry::supply
