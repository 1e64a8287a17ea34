#include "assembly/load.h"

#include <fmt/format.h>

#include "assembly/fields.h"
#include "assembly/name_index.h"
#include "config/parse.h"
#include "units/units.h"

namespace marquetry::assembly {
namespace {

constexpr std::array<std::string_view, 3> directions{"inout", "input", "output"};

class Loader {
 public:
  explicit Loader(Diagnostics& diagnostics) : diagnostics_{diagnostics} {}

  Assembly load(const Node& section, std::string name) {
    out_.name = std::move(name);
    Reader first{section, "[assembly]", diagnostics_};
    if (const auto* value = first.find("precision")) precision(*value);
    Fields fields = of(section, "[assembly]");
    fields.find("precision");
    fields.text_if("version", out_.version);
    fields.files("files", out_.files);
    each(fields, "cells", [&](const Node& table) { cell(table); });
    each(fields, "chiplets", [&](const Node& table) { chiplet(table); });
    each(fields, "instances", [&](const Node& table) { instance(table); });
    const NameIndex index{out_};
    each(fields, "connections", [&](const Node& table) { connection(table, index); });
    each(
        fields, "paths", [&](const Node& list) { path(list, index); }, false);
    if (const auto* value = fields.find("nets")) {
      std::string text;
      if (const auto rows = rows_of(*value, "nets", text, diagnostics_)) read_nets(*rows, out_, diagnostics_);
    }
    fields.reject_unknown_keys();
    if (out_.instances.empty() && diagnostics_.ok())
      diagnostics_.error(name_spot(section), "a package has at least one instance",
                         "add a table [assembly.instances.NAME]");
    return std::move(out_);
  }

 private:
  Fields of(const Node& table, std::string what) {
    return {table, std::move(what), out_.precision, diagnostics_};
  }

  void precision(const Node& value) {
    if (value.kind == NodeKind::number && value.number >= 1 && value.number <= finest &&
        value.number == static_cast<int>(value.number)) {
      out_.precision = static_cast<int>(value.number);
    } else {
      diagnostics_.error(value.where,
                         fmt::format("'precision' must be a whole number of units in a micrometre, "
                                     "from 1 to {}, but it is {}",
                                     finest, quoted(value)));
    }
  }

  template <class ReadEntry>
  void each(Fields& fields, std::string_view key, const ReadEntry& read_entry, bool tables = true) {
    for (const auto& entry : fields.entries(key)) {
      if (entry.is_table() == tables) {
        read_entry(entry);
      } else {
        diagnostics_.error(entry.where, fmt::format("'{}.{}' must be a {}", key, entry.key,
                                                    tables ? "table" : "list of texts"));
      }
    }
  }

  void cell(const Node& table) {
    auto fields = of(table, "cell '" + table.key + "'");
    BumpCell cell{.name = table.key};
    if (fields.find("size") != nullptr) fields.size_required("size", cell.size);
    fields.reject_unknown_keys();
    out_.cells.push_back(std::move(cell));
  }

  // One of several words; a complaint where it is none of them.
  template <class Word>
  void word(Fields& fields, std::string_view key, Word& field,
            std::optional<Word> (*of_name)(std::string_view), const std::vector<std::string_view>& names) {
    const auto* value = fields.find_required(key);
    if (value == nullptr) return;
    const auto text = read_text(*value, key, diagnostics_);
    if (!text) return;
    if (const auto found = of_name(*text)) {
      field = *found;
    } else {
      diagnostics_.error(value->where, fmt::format("'{}' cannot be {}", key, quoted(*value)),
                         suggest(*text, names));
    }
  }

  void port(const Node& value, Chiplet& chiplet) {
    if (value.kind != NodeKind::text) {
      diagnostics_.error(value.where, "a port must be a text: \"input NAME\"");
      return;
    }
    const auto blank = value.text.find(' ');
    const auto direction = std::ranges::find(directions, value.text.substr(0, blank));
    if (blank == std::string::npos || direction == directions.end()) {
      diagnostics_.error(value.where, fmt::format("{} is no port", quoted(value)),
                         "write its direction and name: \"input NAME\"; inout, input or output");
      return;
    }
    chiplet.ports.push_back(
        {value.text.substr(blank + 1), static_cast<Direction>(direction - directions.begin())});
  }

  void chiplet(const Node& table) {
    auto fields = of(table, "chiplet '" + table.key + "'");
    Chiplet chiplet{.name = table.key};
    word(fields, "kind", chiplet.kind, kind_of, kind_names());
    fields.size_required("size", chiplet.size);
    fields.length_required("thickness", chiplet.thickness);
    if (chiplet.thickness < 0) diagnostics_.error(name_spot(table), "a thickness must not be negative");
    fields.point("offset", chiplet.offset);
    fields.margins("seal_ring", chiplet.seal_ring);
    fields.margins("scribe_line", chiplet.scribe_line);
    if (const auto* value = fields.find("shrink"))
      chiplet.shrink = read_quantity(*value, "shrink", dimension::none, diagnostics_).value_or(1);
    fields.flag("tsv", chiplet.has_tsv);
    if (const auto* ports = fields.find("ports"))
      for (const auto& value : ports->items) port(value, chiplet);
    fields.files("files", chiplet.files);
    each(fields, "regions", [&](const Node& region_table) { region(region_table, chiplet); });
    fields.reject_unknown_keys();
    out_.chiplets.push_back(std::move(chiplet));
  }

  void region(const Node& table, Chiplet& chiplet) {
    auto fields = of(table, "region '" + chiplet.name + "." + table.key + "'");
    Region region{.name = table.key};
    word(fields, "face", region.face, face_of, face_names());
    fields.corners("corners", region.corners);
    fields.text_if("bump_file", region.bump_file);
    fields.text_if("property_file", region.property_file);
    fields.text_if("layer", region.layer);
    fields.text_if("gds_layer", region.gds_layer);
    if (const auto* value = fields.find("bumps")) {
      std::string text;
      if (const auto rows = rows_of(*value, "bumps", text, diagnostics_))
        read_bumps(*rows, out_, region, diagnostics_);
    }
    fields.reject_unknown_keys();
    chiplet.regions.push_back(std::move(region));
  }

  void instance(const Node& table) {
    auto fields = of(table, "instance '" + table.key + "'");
    Instance instance{.name = table.key};
    std::string chiplet;
    fields.text("chiplet", chiplet);
    if (const auto found = find_chiplet(out_, chiplet)) {
      instance.chiplet = *found;
    } else if (const auto* value = fields.find("chiplet")) {
      std::vector<std::string_view> names;
      for (const auto& row : out_.chiplets) names.push_back(row.name);
      diagnostics_.error(value->where, "there is no chiplet '" + chiplet + "'", suggest(chiplet, names));
    }
    if (fields.find_required("place", "of the lower-left corner as turned", "[\"0 um\", \"0 um\"]") !=
        nullptr)
      fields.point("place", instance.low);
    fields.length_required("z", instance.z);
    if (fields.find("orientation") != nullptr)
      word(fields, "orientation", instance.orientation, orientation_of, orientation_names());
    fields.files("files", instance.files);
    fields.reject_unknown_keys();
    out_.instances.push_back(std::move(instance));
  }

  std::optional<RegionOf> region_named(const Node& value, std::string_view name, const NameIndex& index) {
    const auto found = index.region(name);
    if (!found)
      diagnostics_.error(value.where, fmt::format("there is no region '{}'", name),
                         "name it as INSTANCE.regions.REGION");
    return found;
  }

  void connection(const Node& table, const NameIndex& index) {
    auto fields = of(table, "connection '" + table.key + "'");
    Connection connection{.name = table.key};
    const auto end = [&](std::string_view key, std::optional<RegionOf>& field) {
      const auto* value = fields.find(key);
      if (value == nullptr) return;
      if (const auto text = read_text(*value, key, diagnostics_)) field = region_named(*value, *text, index);
    };
    end("top", connection.top);
    end("bottom", connection.bottom);
    Units thickness = 0;
    if (fields.find("thickness") != nullptr) {
      fields.length("thickness", thickness);
      connection.thickness = thickness;
    }
    fields.reject_unknown_keys();
    out_.connections.push_back(std::move(connection));
  }

  void path(const Node& list, const NameIndex& index) {
    Path path{.name = list.key};
    constexpr std::string_view negation = "NOT ";
    for (const auto& item : list.items) {
      if (item.kind != NodeKind::text) {
        diagnostics_.error(item.where, "a step of a path must be a text");
        continue;
      }
      std::string_view name = item.text;
      const bool is_negated = name.starts_with(negation);
      if (is_negated) name.remove_prefix(negation.size());
      if (const auto at = region_named(item, name, index)) path.steps.push_back({*at, is_negated});
    }
    out_.paths.push_back(std::move(path));
  }

  Assembly out_{};
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Assembly> read(const Node& root, Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  check_format(root, diagnostics);
  std::string name;
  Reader top{root, {}, diagnostics};
  top.find("format");
  top.text("name", name);
  const auto* section = top.find_table("assembly");
  top.reject_unknown_keys();
  if (section == nullptr) {
    if (diagnostics.errors() == errors_before)
      diagnostics.error({.file = root.where.file}, "there is no table [assembly]",
                        "a package has chiplets and instances in it");
    return std::nullopt;
  }
  auto out = Loader{diagnostics}.load(*section, std::move(name));
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return out;
}

}  // namespace marquetry::assembly
