#include <algorithm>

#include "design/parts.h"
#include "library/check.h"
#include "topology/design.h"
#include "units/text.h"

namespace marquetry {
namespace {

std::vector<std::string_view> die_names(const Design& design) {
  std::vector<std::string_view> names;
  for (const auto& die : design.dies) names.emplace_back(die.id);
  return names;
}

// `name` must be a die of the design.
void check_die_name(const DesignReading& reading, const std::string& name, const SourceSpot& where,
                    const std::string& who) {
  const auto names = die_names(reading.design);
  if (name.empty() || std::ranges::find(names, name) != names.end()) return;
  reading.diagnostics.error(where, who + " is '" + name + "', which is no die of this design",
                            suggest(name, names));
}

// Follows `on` from each die; a way of more steps than dies goes in a circle.
void check_cycles(const DesignReading& reading) {
  const auto& dies = reading.design.dies;
  for (const auto& start : dies) {
    std::string way = start.id;
    const auto* die = &start;
    for (std::size_t steps = 0; steps <= dies.size() && die != nullptr && !die->on.empty(); ++steps) {
      way += " on " + die->on;
      if (die->on == start.id) {
        reading.diagnostics.error(start.where, "die '" + start.id + "' stands on itself: " + way,
                                  "one of them must stand on the package: drop its 'on'");
        return;  // the others of the same circle say the same
      }
      const auto next = std::ranges::find(dies, die->on, &DesignDie::id);
      die = next == dies.end() ? nullptr : &*next;
    }
  }
}

// A link of which neither topology nor number of dies is open must be possible; where one is, a rule says
// which of its values are.
void check_topology(const DesignReading& reading, const DesignLink& link) {
  const auto& dies = reading.design.dies;
  const auto from = std::ranges::find(dies, link.from, &DesignDie::id);
  const auto* row = topology::find_generator(link.topology.value);
  if (from == dies.end() || row == nullptr || link.to == outside || link.topology.variable ||
      from->count.variable || from->count.value > static_cast<double>(topology::most_dies))
    return;
  const auto count = static_cast<std::size_t>(from->count.value);
  std::string why;
  if (topology::joins(*row, count, why)) return;
  reading.diagnostics.error(link.topology.where.file.empty() ? link.where : link.topology.where,
                            "link '" + link.id + "' cannot join " + std::to_string(count) + " dies '" +
                                link.from + "' by a topology '" + link.topology.value + "': " + why,
                            "'mesh', 'all' and 'ring' take any number of dies");
}

// A stacked die may be left out (a count of 0), unless something hangs on it.
void check_absent(const DesignReading& reading, const DesignDie& die) {
  const auto counts = reading.open.numbers(die.count);
  if (std::ranges::find(counts, 0.0) == counts.end()) return;
  std::string holds;
  for (const auto& other : reading.design.dies)
    if (other.on == die.id) holds = "die '" + other.id + "' stands on it";
  for (const auto& memory : reading.design.memories)
    if (memory.host == die.id) holds = "memory '" + memory.id + "' is attached to it";
  for (const auto& link : reading.design.links)
    if (link.from == die.id) holds = "link '" + link.id + "' starts from it";
  if (holds.empty()) return;
  reading.diagnostics.error(die.count.where,
                            "die '" + die.id + "' cannot be left out (a count of 0): " + holds,
                            "let links start from the other end, or give at least 1");
}

void check_size(const DesignReading& reading, std::size_t count, std::size_t most, const std::string& what) {
  if (count <= most) return;
  reading.diagnostics.error({.file = reading.design.file}, "has " + std::to_string(count) + " " + what +
                                                               ", more than the " + std::to_string(most) +
                                                               " that a design may have");
}

void check_sizes(const DesignReading& reading) {
  const auto& design = reading.design;
  check_size(reading, design.dies.size(), 16, "types of dies");
  check_size(reading, design.memories.size(), 8, "memories");
  check_size(reading, design.links.size(), 16, "links");
  check_size(reading, design.workloads.size(), 16, "workloads");
  std::size_t rules = design.constraints.size();
  for (const auto& profile : design.profiles) rules += profile.rules.size();
  check_size(reading, rules, 24, "constraints and rules of profiles");
}

// Pins run as fast as the slowest memory that may be chosen allows, or slower.
void check_pin_rate(const DesignReading& reading, const DesignMemory& memory) {
  if (!memory.pin_rate) return;
  double fastest = memory.pin_rate->value;
  if (memory.pin_rate->variable) {
    for (const auto& value : reading.design.variables[*memory.pin_rate->variable].domain) {
      fastest = std::max(fastest, value.number);
    }
  }
  const auto print = [](double si) { return print_quantity(si, dimension::data + dimension::time * -1, 4); };
  for (const auto& name : reading.open.values(memory.memory)) {
    const auto* row = find(reading.library.memories, name);
    if (row == nullptr || fastest <= row->pin_rate.high * (1 + 1e-9)) continue;
    reading.diagnostics.error(memory.pin_rate->where.file.empty() ? memory.where : memory.pin_rate->where,
                              "memory '" + memory.id + "' runs its pins at " + print(fastest) + ", but '" +
                                  name + "' takes at most " + print(row->pin_rate.high),
                              "lower 'pin_rate', or name a faster memory");
  }
}

}  // namespace

void check_parts(DesignReading& reading) {
  const auto& design = reading.design;
  if (design.dies.empty()) {
    const SourceSpot whole_file{.file = design.file};
    if (design.blocks.empty()) {
      reading.diagnostics.error(whole_file, "has no dies", "add a table [dies.NAME] for each type of die");
    } else {
      reading.diagnostics.error(whole_file,
                                "has blocks but no dies, and partitioning is not part of this version",
                                "add a table [dies.NAME] for each type of die");
    }
    return;
  }
  for (const auto& die : design.dies) {
    check_die_name(reading, die.on, die.where, "'on' of die '" + die.id + "'");
    check_absent(reading, die);
  }
  for (const auto& memory : design.memories) {
    check_die_name(reading, memory.host, memory.where, "'host' of memory '" + memory.id + "'");
    check_pin_rate(reading, memory);
  }
  for (const auto& link : design.links) {
    check_die_name(reading, link.from, link.where, "'from' of link '" + link.id + "'");
    if (link.to != outside) check_die_name(reading, link.to, link.where, "'to' of link '" + link.id + "'");
  }
  for (const auto& link : design.links) check_topology(reading, link);
  check_cycles(reading);
  check_sizes(reading);
  check_workloads(reading);
}

}  // namespace marquetry
