#include "layout/rules_file.h"

#include "layout/rules_fields.h"
#include "units/units.h"

namespace marquetry::layout {
namespace {

void read_fixed(Rules& rules) {
  for (const auto* table : tables(rules.reader, "fixed")) {
    Reader reader{*table, "a fixed die", rules.complaints()};
    const auto die = resolved_one(rules, reader, "die");
    Placement at;
    double turn = 0;
    for (const auto& [key, field] : {std::pair{"x", &at.low.x}, std::pair{"y", &at.low.y}}) {
      if (reader.find_required(key, "of the lower-left corner", "\"2 mm\"") != nullptr)
        length_if(reader, key, *field);
    }
    number_if(reader, "rotation", dimension::none, 1, turn);
    reader.reject_unknown_keys();
    if (turn != 0 && turn != 90 && turn != 180 && turn != 270) {
      rules.complaints().error(reader.find("rotation")->where, "'rotation' must be 0, 90, 180 or 270");
      continue;
    }
    at.rotation = static_cast<Rotation>(static_cast<int>(turn) / 90);
    if (die) rules.problem.dies[*die].fixed = at;
  }
}

void read_keep_outs(Rules& rules) {
  for (const auto* table : tables(rules.reader, "keep_outs")) {
    Reader reader{*table, "a keep-out", rules.complaints()};
    KeepOut zone{.name = "keep-out " + std::to_string(rules.problem.keep_outs.size() + 1)};
    reader.text_if("name", zone.name);
    const auto rect = read_rect(reader);
    reader.reject_unknown_keys();
    if (!rect) continue;
    zone.rect = *rect;
    rules.problem.keep_outs.push_back(std::move(zone));
  }
}

void read_carrier(Rules& rules) {
  auto& [reader, dies, problem] = rules;
  auto& carrier = problem.carrier;
  length_if(reader, "gap", problem.gap);
  length_if(reader, "edge", problem.edge);
  size_if(reader, "carrier", carrier.fixed);
  size_if(reader, "largest_carrier", carrier.largest);
  number_if(reader, "largest_area", dimension::area, nanometre * nanometre, carrier.largest_area);
  number_if(reader, "least_aspect", dimension::none, 1, carrier.least_aspect);
  number_if(reader, "largest_aspect", dimension::none, 1, carrier.largest_aspect);
  number_if(reader, "least_utilisation", dimension::none, 1, carrier.least_utilisation);
  lengths_if(reader, "stitch_x", carrier.stitch_x);
  lengths_if(reader, "stitch_y", carrier.stitch_y);
  size_if(reader, "field", carrier.field);
  size_if(reader, "package", carrier.package);
  length_if(reader, "package_edge", carrier.package_edge);
  if (carrier.largest_aspect > 0 && carrier.least_aspect > carrier.largest_aspect) {
    reader.diagnostics().error(reader.find("least_aspect")->where,
                               "'least_aspect' is above 'largest_aspect'");
  }
}

// What spreads the heat of the dies; without it no temperature can be told.
void read_plate(Rules& rules) {
  const auto* table = rules.reader.find_table("plate");
  if (table == nullptr) return;
  constexpr Dimension transfer = dimension::power + dimension::area * -1 + dimension::temperature * -1;
  Reader reader{*table, "plate", rules.complaints()};
  Plate plate;
  const auto required = [&](std::string_view key, const Dimension& dimension, std::string_view help,
                            double& field) {
    if (reader.find_required(key, help) == nullptr) return;
    number_if(reader, key, dimension, 1, field);
    if (field > 0) return;
    rules.complaints().error(reader.find(key)->where, "'" + std::string{key} + "' must be above 0");
  };
  required("width", dimension::length, "of the plate", plate.width);
  required("height", dimension::length, "of the plate", plate.height);
  required("thickness", dimension::length, "of the plate", plate.thickness);
  required("conductivity", dimension::power + dimension::length * -1 + dimension::temperature * -1,
           "of the plate: \"390 W/m/K\"", plate.conductivity);
  required("transfer", transfer, "from the plate to the coolant: \"2000 W/m2/K\"", plate.transfer);
  number_if(reader, "contact", transfer * -1, 1, plate.contact);
  number_if(reader, "background", dimension::power, 1, plate.background);
  reader.reject_unknown_keys();
  rules.problem.plate = plate;
}

void read_bridges_and_bumps(Rules& rules) {
  if (const auto* table = rules.reader.find_table("bridges")) {
    Reader reader{*table, "bridges", rules.complaints()};
    auto& bridges = rules.problem.bridges;
    std::optional<Size> least, largest;
    size_if(reader, "least", least);
    size_if(reader, "largest", largest);
    bridges.least = least.value_or(bridges.least);
    bridges.largest = largest.value_or(bridges.largest);
    double most = static_cast<double>(bridges.most);
    number_if(reader, "most", dimension::none, 1, most);
    bridges.most = static_cast<std::size_t>(std::min(most, 1e6));
    length_if(reader, "under_die", bridges.under_die);
    length_if(reader, "gap", bridges.gap);
    reader.reject_unknown_keys();
  }
  if (const auto* table = rules.reader.find_table("bumps")) {
    Reader reader{*table, "bumps", rules.complaints()};
    auto& bumps = rules.problem.bumps;
    length_if(reader, "pitch", bumps.pitch);
    number_if(reader, "power_share", dimension::none, 1, bumps.power_share);
    number_if(reader, "escape", dimension::length * -1, 1e3, bumps.escape_per_mm);
    reader.reject_unknown_keys();
    if (bumps.power_share >= 1) {
      rules.complaints().error(reader.find("power_share")->where,
                               "'power_share' must be below 1: signals need bumps too");
    }
  }
}

// [dies.NAME]: what holds for one die, or for all of a type.
void read_dies(Rules& rules) {
  for (const auto& entry : rules.reader.entries("dies")) {
    Node name{.kind = NodeKind::text, .where = name_spot(entry), .text = entry.key, .items = {}};
    const auto found = resolved(rules, name);
    if (!entry.is_table()) {
      rules.complaints().error(entry.where, "'" + entry.key + "' must be a table");
      continue;
    }
    Reader reader{entry, "die '" + entry.key + "'", rules.complaints()};
    Die given = found.empty() ? Die{} : rules.problem.dies[found.front()];
    if (const auto* list = reader.find("rotations"))
      given.rotations = read_rotations(*list, rules.complaints());
    length_if(reader, "ring", given.ring);
    length_if(reader, "corner", given.corner);
    length_if(reader, "overhang", given.overhang);
    number_if(reader, "power", dimension::power, 1, given.power);
    if (const auto* limit = reader.find("temperature_limit")) {
      const auto kelvin =
          read_quantity(*limit, "temperature_limit", dimension::temperature, rules.complaints());
      if (kelvin) given.temperature_limit = *kelvin - unit::freezing_point.si();
    }
    for (const auto* table : tables(reader, "tsv_zones")) {
      Reader zone{*table, "a TSV zone", rules.complaints()};
      if (const auto rect = read_rect(zone)) given.tsv_zones.push_back(*rect);
      zone.reject_unknown_keys();
    }
    reader.reject_unknown_keys();
    for (const auto d : found) {
      auto& die = rules.problem.dies[d];
      die.rotations = given.rotations;
      die.ring = given.ring;
      die.corner = given.corner;
      die.overhang = given.overhang;
      die.power = given.power;
      die.temperature_limit = given.temperature_limit;
      die.tsv_zones = given.tsv_zones;
    }
  }
}

}  // namespace

std::uint8_t read_rotations(const Node& list, Diagnostics& diagnostics) {
  std::uint8_t mask = 0;
  for (const auto& item : list.items) {
    const double turn = item.kind == NodeKind::number ? item.number / 90 : -1;
    if (turn == 0 || turn == 1 || turn == 2 || turn == 3) {
      mask = static_cast<std::uint8_t>(mask | 1u << static_cast<unsigned>(turn));
    } else {
      diagnostics.error(item.where, "a rotation must be 0, 90, 180 or 270, not " + quoted(item));
    }
  }
  if (list.kind != NodeKind::list || list.items.empty()) {
    diagnostics.error(list.where, "'rotations' must list at least one of 0, 90, 180, 270");
  }
  return mask == 0 ? any_rotation : mask;
}

std::string instance_name(std::string_view type, std::size_t instance, std::size_t count) {
  return std::string{type} + (count > 1 ? "[" + std::to_string(instance) + "]" : "");
}

DiesNamed names_of(const Problem& problem) {
  return [&problem](std::string_view name) {
    std::vector<std::size_t> found;
    for (std::size_t d = 0; d < problem.dies.size(); ++d) {
      const std::string_view whole = problem.dies[d].name;
      if (whole == name || (whole.ends_with(']') && whole.substr(0, whole.find('[')) == name))
        found.push_back(d);
    }
    return found;
  };
}

void read_rules(Reader& reader, const DiesNamed& dies, Problem& problem) {
  Rules rules{reader, dies, problem};
  read_carrier(rules);
  read_dies(rules);
  read_fixed(rules);
  read_keep_outs(rules);
  read_relations(rules);
  read_bridges_and_bumps(rules);
  read_plate(rules);
}

}  // namespace marquetry::layout
