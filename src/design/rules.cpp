// What a design must keep and what is to be better: profiles, constraints, objectives; and the room for
// later.
#include <algorithm>

#include "base/text.h"
#include "config/limit.h"
#include "design/parts.h"
#include "library/check.h"
#include "library/row_reader.h"

namespace marquetry {
namespace {

void read_profile(DesignReading& reading, const Node& value) {
  auto& profiles = reading.design.profiles;
  if (value.kind == NodeKind::text) {
    const auto& known = reading.library.profiles;
    if (!check_name(known, value.text, value.where, "'profile'", reading.diagnostics)) return;
    if (find(profiles, value.text) == nullptr) profiles.push_back(*find(known, value.text));
    return;
  }
  if (!value.is_table()) {
    reading.diagnostics.error(
        value.where, "'profile' must be the name of a profile, a list of names, or a table of rules");
    return;
  }
  auto& profile = profiles.emplace_back();
  profile.id = "inline";
  profile.where = value.where;
  Reader reader{value, "profile", reading.diagnostics};
  reader.text_if("name", profile.name);
  reader.text_if("note", profile.note);
  reader.text_if("summary", profile.summary);
  read_rules(reader, profile);
  reader.reject_unknown_keys();
  check_rules(profile, reading.library, reading.diagnostics);
}

// "power.total_w" = { max = "700 W" }, or the same with a table for each part of the path.
void read_constraint(DesignReading& reading, const Node& entry, const std::string& path) {
  if (!entry.is_table()) {
    reading.diagnostics.error(entry.where, "constraint '" + path + "' needs a limit",
                              "write \"" + path + "\" = { max = ... } or { min = ... }");
    return;
  }
  const bool is_inner = !entry.items.empty() && std::ranges::all_of(entry.items, &Node::is_table);
  if (is_inner) {
    for (const auto& item : entry.items) read_constraint(reading, item, path + "." + item.key);
    return;
  }
  Reader reader{entry, "constraint '" + path + "'", reading.diagnostics};
  const auto add = [&](std::string_view key, bool is_least) {
    const auto* value = reader.find(key);
    if (value == nullptr) return false;
    if (const auto limit = read_limit(*value, path, reading.diagnostics)) {
      reading.design.constraints.push_back({path, is_least, limit->si, limit->text, value->where});
    }
    return true;
  };
  const bool has_min = add("min", true), has_max = add("max", false);
  reader.reject_unknown_keys();
  if (!has_min && !has_max) {
    reading.diagnostics.error(entry.key_where, "constraint '" + path + "' has neither 'max' nor 'min'");
  }
}

void read_objective_list(DesignReading& reading, Reader& reader, std::string_view key, bool maximize) {
  const auto* list = reader.find(key);
  if (list == nullptr) return;
  if (list->kind != NodeKind::list) {
    reading.diagnostics.error(list->where, "'" + std::string{key} + "' must be a list of figures",
                              "write " + std::string{key} + " = [\"cost.unit_usd\"]");
    return;
  }
  for (const auto& item : list->items) {
    const auto path = read_text(item, key, reading.diagnostics);
    if (!path) continue;
    auto& objectives = reading.design.objectives;
    if (std::ranges::find(objectives, *path, &Objective::path) != objectives.end()) {
      reading.diagnostics.error(item.where, "'" + *path + "' is an objective twice", "drop one of them");
    }
    objectives.push_back({*path, maximize, item.where});
  }
}

// The tables of [[key]].
std::vector<const Node*> listed_tables(DesignReading& reading, std::string_view key) {
  std::vector<const Node*> tables;
  const auto* list = reading.root.find(key);
  if (list == nullptr) return tables;
  for (const auto& item : list->items) {
    if (item.is_table()) tables.push_back(&item);
  }
  if (list->kind != NodeKind::list || tables.size() != list->items.size()) {
    reading.diagnostics.error(list->where, "'" + std::string{key} + "' must be tables",
                              "write each as [[" + std::string{key} + "]]");
    tables.clear();
  }
  return tables;
}

void read_family_member(DesignReading& reading, const Node& table) {
  auto& member = reading.design.family.emplace_back();
  member.where = table.where;
  Reader reader{table, "product", reading.diagnostics};
  reader.text("id", member.id);
  reader.text_if("package", member.package);
  if (const auto* volume = reader.find_required("volume")) {
    member.volume = read_quantity(*volume, "volume", dimension::none, reading.diagnostics).value_or(1);
    if (member.volume < 1) {
      reading.diagnostics.error(volume->where, "'volume' must be at least 1, but it is " + quoted(*volume));
    }
  }
  for (const auto& item : reader.entries("set")) {
    if (item.kind == NodeKind::text || item.kind == NodeKind::number) {
      member.set.push_back(item.key + "=" + item.text);
    } else {
      reading.diagnostics.error(item.where, "'" + item.key + "' must be set to a text or a number");
    }
  }
  reader.reject_unknown_keys();
}

void check_family(const Design& design, Diagnostics& diagnostics) {
  std::vector<std::string_view> ids;
  for (const auto& member : design.family) {
    if (std::ranges::find(ids, member.id) != ids.end()) {
      diagnostics.error(member.where, "two products are called '" + member.id + "'", "rename one of them");
    }
    ids.emplace_back(member.id);
  }
  for (const auto& member : design.family) {
    if (member.package.empty() || std::ranges::find(ids, member.package) != ids.end()) continue;
    diagnostics.error(
        member.where,
        "product '" + member.id + "' uses the package of '" + member.package + "', which is no product",
        suggest(member.package, ids));
  }
}

}  // namespace

void read_profiles(DesignReading& reading) {
  const auto* profile = reading.root.find("profile");
  if (profile == nullptr) return;
  if (profile->kind != NodeKind::list) {
    read_profile(reading, *profile);
  } else {
    for (const auto& item : profile->items) read_profile(reading, item);
  }
}

void read_constraints(DesignReading& reading) {
  for (const auto& entry : reading.root.entries("constraints")) read_constraint(reading, entry, entry.key);
}

void read_objectives(DesignReading& reading) {
  const auto* table = reading.root.find_table("objectives");
  if (table == nullptr) return;
  Reader reader{*table, "objectives", reading.diagnostics};
  read_objective_list(reading, reader, "minimize", false);
  read_objective_list(reading, reader, "maximize", true);
  reader.reject_unknown_keys();
}

void read_room_for_later(DesignReading& reading) {
  const NumberKind count{.is_whole = true, .least = 0, .greatest = 1e6};
  for (const auto* table : listed_tables(reading, "blocks")) {
    auto& block = reading.design.blocks.emplace_back();
    Reader reader{*table, "block", reading.diagnostics};
    reader.text("id", block.id);
    reading.open.name(reader.find_required("module"), "module", names_of(reading.library.modules),
                      block.module);
    reading.open.number(reader.find("count"), "count", count, block.count);
    reader.reject_unknown_keys();
  }
  for (const auto* table : listed_tables(reading, "nets")) {
    auto& net = reading.design.nets.emplace_back();
    Reader reader{*table, "net", reading.diagnostics};
    reader.text("id", net.id);
    reader.texts("blocks", net.blocks);
    if (const auto* bandwidth = reader.find_required("bandwidth", {}, "\"1 TB/s\"")) {
      const auto dimension = dimension::data + dimension::time * -1;
      net.bandwidth = read_quantity(*bandwidth, "bandwidth", dimension, reading.diagnostics).value_or(0);
    }
    reader.reject_unknown_keys();
  }
  for (const auto* table : listed_tables(reading, "product")) read_family_member(reading, *table);
  check_family(reading.design, reading.diagnostics);
}

}  // namespace marquetry
