#include "design/parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"
#include "topology/generators.h"

namespace marquetry {
namespace {

constexpr NumberKind share{.greatest = 1};
constexpr NumberKind ratio{.least = 0.01, .greatest = 100};
constexpr NumberKind die_area{.dimension = dimension::area, .least = (0.01 * unit::mm2).si()};
constexpr NumberKind die_length{.dimension = dimension::length, .least = (0.1 * unit::mm).si()};
constexpr NumberKind supply{.dimension = dimension::power + dimension::current * -1, .least = 0.1};
constexpr NumberKind cap{.dimension = dimension::power, .least = unit::mW.si()};
constexpr NumberKind pin_rate{.dimension = dimension::data + dimension::time * -1, .least = 1e6};
constexpr NumberKind clock_rate{.dimension = dimension::time * -1, .least = unit::MHz.si()};

// How many there are, and how many of them work: the others are spares or switched off.
void read_module_counts(DesignReading& reading, Reader& reader, ModuleUse& use) {
  const auto count = whole(0, 1e6);
  reading.open.number(reader.find("count"), "count", count, use.count);
  if (const auto* active = reader.find("active")) {
    reading.open.number(active, "active", count, use.active.emplace());
    const bool fixed = !use.count.variable && !use.active->variable;
    if (fixed && use.active->value > use.count.value) {
      reading.diagnostics.error(active->where, "more modules are active than there are");
    }
  }
  reader.reject_unknown_keys();
}

// { matrix-core = 16, sram-1mb = "$n", gh100-sm = { count = 144, active = 132 } }, or tables that name the
// module too.
void read_modules(DesignReading& reading, Reader& reader, DesignDie& die) {
  const auto* modules = reader.find("modules");
  if (modules == nullptr) return;
  const auto names = names_of(reading.library.modules);
  if (!modules->is_table() && modules->kind != NodeKind::list) {
    reading.diagnostics.error(modules->where, "'modules' must be a table of modules and their counts",
                              "write modules = { matrix-core = 16 }");
    return;
  }
  for (const auto& item : modules->items) {
    auto& use = die.modules.emplace_back();
    if (modules->is_table()) {
      Node name{.kind = NodeKind::text, .where = item.key_where, .text = item.key, .items = {}};
      reading.open.name(&name, "modules", names, use.module);
      if (!item.is_table()) {
        reading.open.number(&item, item.key, whole(0, 1e6), use.count);
        continue;
      }
    } else if (!item.is_table()) {
      reading.diagnostics.error(item.where, "each of 'modules' must be { module = \"...\", count = ... }");
      continue;
    }
    Reader inner{item, "module of die '" + die.id + "'", reading.diagnostics};
    if (!modules->is_table()) {
      reading.open.name(inner.find_required("module"), "module", names, use.module);
    }
    read_module_counts(reading, inner, use);
  }
}

// The module whose broken units do not spoil a die: one of the die's, of which fewer are active than there
// are.
void read_harvest(DesignReading& reading, Reader& reader, DesignDie& die) {
  const auto* harvest = reader.find("harvest");
  if (harvest == nullptr) return;
  die.harvest = read_text(*harvest, "harvest", reading.diagnostics).value_or("");
  if (die.harvest.empty()) return;
  std::vector<std::string_view> known;
  for (const auto& use : die.modules) {
    if (!use.module.variable) known.push_back(use.module.value);
    if (use.module.variable || use.module.value != die.harvest) continue;
    if (use.active) return;
    reading.diagnostics.error(harvest->where,
                              "die '" + die.id + "' harvests '" + die.harvest + "', but needs all of them",
                              "say how many must work: " + die.harvest + " = { count = 16, active = 14 }");
    return;
  }
  reading.diagnostics.error(harvest->where,
                            "die '" + die.id + "' has no module '" + die.harvest + "' to harvest",
                            suggest(die.harvest, known));
}

void check_die(const DesignDie& die, Diagnostics& diagnostics) {
  const auto who = "die '" + die.id + "'";
  const bool has_sides = die.width || die.height;
  if (die.width.has_value() != die.height.has_value()) {
    diagnostics.error(die.where, who + " has only one of 'width' and 'height'", "give both, or 'area'");
  }
  if (die.area && has_sides) {
    diagnostics.error(die.where, who + " has both 'area' and its sides", "drop 'area', or the sides");
  }
  if (die.modules.empty() && !die.area && !has_sides) {
    diagnostics.error(die.where, who + " has neither modules nor an area",
                      "give it modules = { ... }, or area = \"64 mm2\", or width and height");
  }
  if (die.on.empty() != die.stacking.where.file.empty()) {
    diagnostics.error(die.where, who + " has only one of 'on' and 'stacking'",
                      "'on' names the die below, 'stacking' the packaging that joins them");
  }
}

// What joins a die to the one below must be a packaging of stacked dies.
void check_stacks(DesignReading& reading, const OpenName& stacking) {
  if (stacking.where.file.empty()) return;
  const auto& rows = reading.library.packagings;
  const auto stacks = [](const Packaging& row) { return row.family.starts_with("3d-"); };
  for (const auto& id : reading.open.values(stacking)) {
    const auto* row = find(rows, id);
    if (row == nullptr || stacks(*row)) continue;
    std::vector<std::string_view> others;
    for (const auto& other : rows)
      if (stacks(other)) others.emplace_back(other.id);
    reading.diagnostics.error(
        stacking.where,
        fmt::format("'stacking' cannot be '{}': that packaging puts dies side by side, none on another", id),
        others.empty() ? "the library has none that stacks dies: give it one, or drop 'stacking'"
                       : fmt::format("use one of: {}", fmt::join(others, ", ")));
  }
}

void read_die(DesignReading& reading, const Node& table) {
  auto& die = reading.design.dies.emplace_back();
  auto& open = reading.open;
  const auto& library = reading.library;
  die.id = table.key;
  die.where = table.key_where;
  Reader reader{table, "die '" + die.id + "'", reading.diagnostics};
  open.name(reader.find_required("node"), "node", names_of(library.nodes), die.node);
  reader.text_if("on", die.on);
  open.number(reader.find("count"), "count", whole(die.on.empty() ? 1 : 0, 4096), die.count);
  read_modules(reading, reader, die);
  read_harvest(reading, reader, die);
  const auto* clock = die.modules.empty() ? reader.find("clock")
                                          : reader.find_required("clock", "of its modules", "\"1.4 GHz\"");
  open.number(clock, "clock", clock_rate, die.clock);
  open.number(reader.find("activity"), "activity", share, die.activity);
  open.number(reader.find("aspect"), "aspect", ratio, die.aspect);
  open.number(reader.find("area"), "area", die_area, die.area);
  open.number(reader.find("width"), "width", die_length, die.width);
  open.number(reader.find("height"), "height", die_length, die.height);
  open.number(reader.find("utilisation"), "utilisation", {.least = 0.01, .greatest = 1}, die.utilisation);
  open.number(reader.find("reticle_share"), "reticle_share", {.least = 0.001, .greatest = 1},
              die.reticle_share);
  open.number(reader.find("power"), "power", {.dimension = dimension::power}, die.power);
  open.number(reader.find("voltage"), "voltage", supply, die.voltage);
  open.number(reader.find("power_cap"), "power_cap", cap, die.power_cap);
  OpenNumber step{.value = 1};
  if (const auto* given = reader.find("step")) {
    if (given->kind == NodeKind::number) {
      open.number(given, "step", whole(1, 16), step);
      die.step = static_cast<std::size_t>(std::clamp(step.value, 1.0, 16.0));
    } else {
      reading.diagnostics.error(given->where,
                                "'step' must be a whole number, 1 to 16; it cannot be a variable");
    }
  }
  open.name(reader.find("stacking"), "stacking", names_of(library.packagings), die.stacking);
  check_stacks(reading, die.stacking);
  reader.reject_unknown_keys();
  check_die(die, reading.diagnostics);
}

void read_link(DesignReading& reading, const Node& table) {
  auto& link = reading.design.links.emplace_back();
  link.id = table.key;
  link.where = table.key_where;
  Reader reader{table, "link '" + link.id + "'", reading.diagnostics};
  reader.text("from", link.from);
  reader.text("to", link.to);
  const bool among_themselves = link.from == link.to;
  if (among_themselves) link.topology.value = "all";
  reading.open.name(reader.find_required("link"), "link", names_of(reading.library.links), link.link);
  reading.open.number(reader.find("modules"), "modules", whole(0, 4096), link.modules);
  reading.open.number(reader.find("activity"), "activity", share, link.activity);
  reading.open.name(reader.find("topology"), "topology", Names{"topology", topologies()}, link.topology);
  reader.reject_unknown_keys();
  for (const auto& topology : reading.open.values(link.topology)) {
    const auto* row = topology::find_generator(topology);
    if (row == nullptr || link.from.empty()) continue;
    if ((row->joins == topology::Joins::dies_hub) != among_themselves) continue;
    reading.diagnostics.error(link.topology.where.file.empty() ? link.where : link.topology.where,
                              "link '" + link.id + "' goes from '" + link.from + "' to '" + link.to +
                                  "', which a topology '" + topology + "' cannot join",
                              among_themselves
                                  ? "dies of one type take 'all', 'mesh', or any other but 'star'"
                                  : "dies of two types take 'star'");
  }
}

// Memory that stands on its host: joined by a packaging of stacked dies, or "none" where that is open.
void read_stacking(DesignReading& reading, Reader& reader, DesignMemory& memory) {
  const auto* given = reader.find("stacking");
  if (given == nullptr) return;
  auto known = names_of(reading.library.packagings);
  known.known.emplace_back(on_carrier);
  reading.open.name(given, "stacking", known, memory.stacking.emplace());
  check_stacks(reading, *memory.stacking);
  for (const auto& id : reading.open.values(memory.memory)) {
    const auto* row = find(reading.library.memories, id);
    if (row == nullptr || row->on_package) continue;
    reading.diagnostics.error(
        given->where, "memory '" + memory.id + "' is to stand on a die, but '" + id + "' stands on the board",
        "drop 'stacking', or choose a memory that comes as stacks");
    return;
  }
}

}  // namespace

std::vector<std::string_view> topologies() {
  std::vector<std::string_view> names;
  for (const auto& row : topology::generators())
    if (row.joins != topology::Joins::switches) names.push_back(row.name);
  return names;
}

std::vector<const Node*> part_tables(DesignReading& reading, std::string_view key) {
  std::vector<const Node*> tables;
  for (const auto& item : reading.root.entries(key)) {
    if (!item.is_table()) {
      reading.diagnostics.error(item.where,
                                "'" + item.key + "' in '" + std::string{key} + "' must be a table",
                                "write it as [" + std::string{key} + "." + item.key + "]");
      continue;
    }
    if (!is_kebab_case(item.key)) {
      reading.diagnostics.error(item.key_where, "'" + item.key + "' cannot be a name",
                                "a name has small letters, digits and hyphens only: 'io-die'");
    }
    tables.push_back(&item);
  }
  return tables;
}

void read_dies(DesignReading& reading) {
  for (const auto* table : part_tables(reading, "dies")) read_die(reading, *table);
}

void read_memories(DesignReading& reading) {
  for (const auto* table : part_tables(reading, "memories")) {
    auto& memory = reading.design.memories.emplace_back();
    memory.id = table->key;
    memory.where = table->key_where;
    Reader reader{*table, "memory '" + memory.id + "'", reading.diagnostics};
    reading.open.name(reader.find_required("memory"), "memory", names_of(reading.library.memories),
                      memory.memory);
    reading.open.number(reader.find("stacks"), "stacks", whole(0, 256), memory.stacks);
    reader.text("host", memory.host);
    reader.flag("sold_separately", memory.sold_separately);
    reading.open.number(reader.find("pin_rate"), "pin_rate", pin_rate, memory.pin_rate);
    reading.open.number(reader.find("activity"), "activity", share, memory.activity);
    read_stacking(reading, reader, memory);
    reader.reject_unknown_keys();
  }
}

void read_links(DesignReading& reading) {
  for (const auto* table : part_tables(reading, "links")) read_link(reading, *table);
}

}  // namespace marquetry
