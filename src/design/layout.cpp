// [layout]: rules for the placer. How many dies there are may be open, so that the file is checked against
// one of each type and the table is kept; whoever places reads it again, with the dies.
#include "design/parts.h"
#include "layout/rules_file.h"

namespace marquetry {

void read_layout(DesignReading& reading) {
  const auto* table = reading.root.find_table("layout");
  if (table == nullptr) return;
  layout::Problem one_of_each;
  const auto add = [&](const auto& part) {
    one_of_each.dies.push_back({.name = part.id, .kind = one_of_each.dies.size()});
  };
  for (const auto& die : reading.design.dies) add(die);
  for (const auto& memory : reading.design.memories) add(memory);
  // Two instances of a type differ, so an index stands for a die of its own here.
  std::vector<std::string> instances;
  const layout::DiesNamed dies = [&](std::string_view name) {
    const auto types = layout::names_of(one_of_each)(name.substr(0, name.find('[')));
    if (types.empty() || !name.ends_with(']')) return types;
    for (std::size_t i = 0; i < instances.size(); ++i) {
      if (instances[i] == name) return std::vector{one_of_each.dies.size() - instances.size() + i};
    }
    instances.emplace_back(name);
    one_of_each.dies.push_back({.name = std::string{name}});
    return std::vector{one_of_each.dies.size() - 1};
  };
  Reader reader{*table, "layout", reading.diagnostics};
  layout::read_rules(reader, dies, one_of_each);
  if (const auto* reach = reader.find("memory_reach"))
    layout::read_length(*reach, "memory_reach", reading.diagnostics);
  reader.reject_unknown_keys();
  reading.design.layout = *table;
}

}  // namespace marquetry
