#include "exchange/dblx/chiplets.h"

#include <fmt/format.h>

#include "assembly/row_file.h"
#include "base/large_file.h"
#include "exchange/dblx/values.h"

namespace marquetry::exchange::dblx {
namespace {

namespace fs = std::filesystem;
using assembly::Chiplet;
using assembly::Region;

class ChipletReader {
 public:
  ChipletReader(const Sources& sources, const Source& source, assembly::Assembly& out,
                Diagnostics& diagnostics)
      : sources_{sources}, source_{source}, out_{out}, diagnostics_{diagnostics} {}

  void read(const Node& node) {
    if (!node.is_table()) {
      diagnostics_.error(node.where, fmt::format("chiplet '{}' must be a table", node.key));
      return;
    }
    if (find_chiplet(out_, node.key)) {
      diagnostics_.error(name_spot(node), fmt::format("chiplet '{}' is defined twice", node.key));
      return;
    }
    Table table{node, fmt::format("chiplet '{}'", node.key), out_.precision, diagnostics_};
    Chiplet chiplet{.name = node.key};
    word(table.find_required("type", "die, rdl, ip, substrate or hier"), "type", chiplet.kind,
         assembly::kind_of, assembly::kind_names());
    size(table, node, chiplet);
    if (table.find("thickness") == nullptr)
      diagnostics_.warning(name_spot(node), fmt::format("chiplet '{}' has no thickness: it is taken as 0, as "
                                                        "OpenROAD's reader does",
                                                        node.key));
    table.length("thickness", chiplet.thickness);
    if (chiplet.thickness < 0) diagnostics_.error(name_spot(node), "a thickness must not be negative");
    if (const auto* value = table.find("offset"))
      if (const auto xy = table.lengths<2>(*value, "offset")) chiplet.offset = {(*xy)[0], (*xy)[1]};
    margins(table, "seal_ring_width", chiplet.seal_ring);
    margins(table, "scribe_line_remaining_width", chiplet.scribe_line);
    if (const auto* value = table.find("shrink")) chiplet.shrink = table.number(*value, "shrink").value_or(1);
    if (const auto* value = table.find("tsv")) flag(*value, chiplet.has_tsv);
    if (const auto* value = table.find("cad_layer"))
      diagnostics_.warning(name_spot(*value), "'cad_layer' is not kept: it says how a layout is drawn");
    if (const auto* external = table.find("external")) {
      for (const auto& entry : external->items) add_files(entry, chiplet.files, diagnostics_);
      warn_of_missing(source_.file, *external, diagnostics_);
    }
    for (const auto& region : table.entries("regions")) read_region(region, chiplet);
    table.warn_of_unknown_keys();
    out_.chiplets.push_back(std::move(chiplet));
  }

 private:
  template <class Word>
  void word(const Node* value, std::string_view key, Word& field,
            std::optional<Word> (*of_name)(std::string_view), const std::vector<std::string_view>& names) {
    if (value == nullptr) return;
    if (const auto found = of_name(value->text)) {
      field = *found;
    } else {
      diagnostics_.error(value->where, fmt::format("'{}' cannot be {}", key, quoted(*value)),
                         suggest(value->text, names));
    }
  }

  void size(Table& table, const Node& node, Chiplet& chiplet) {
    const auto* value = table.find("design_area");
    if (value == nullptr) {
      diagnostics_.error(
          name_spot(node),
          fmt::format("chiplet '{}' has no design_area, so that its outline is not known", node.key),
          "write its width and height: design_area: [955, 1082]");
      return;
    }
    const auto sides = table.lengths<2>(*value, "design_area");
    if (!sides) return;
    chiplet.size = {(*sides)[0], (*sides)[1]};
    if (chiplet.size.width < 0 || chiplet.size.height < 0)
      diagnostics_.error(value->where, "a design_area must not be negative");
  }

  void margins(Table& table, std::string_view key, assembly::Margins& field) {
    const auto* value = table.find(key);
    if (value == nullptr) return;
    if (const auto all = table.lengths<4>(*value, key)) field = *all;
  }

  void flag(const Node& value, bool& field) {
    field = value.text == "true";
    if (!field && value.text != "false")
      diagnostics_.error(value.where,
                         fmt::format("'tsv' must be true or false, but it is {}", quoted(value)));
  }

  void read_region(const Node& node, Chiplet& chiplet) {
    if (!node.is_table()) {
      diagnostics_.error(node.where, fmt::format("region '{}' must be a table", node.key));
      return;
    }
    Table table{node, fmt::format("region '{}.{}'", chiplet.name, node.key), out_.precision, diagnostics_};
    Region region{.name = node.key};
    word(table.find_required("side", "front, back, internal or internal_ext"), "side", region.face,
         assembly::face_of, assembly::face_names());
    corners(table, region);
    const auto text = [&](std::string_view key, std::string& field) {
      if (const auto* value = table.find(key)) field = table.text(*value, key).value_or("");
    };
    text("bmap", region.bump_file);
    text("pmap", region.property_file);
    text("layer", region.layer);
    text("gds_layer", region.gds_layer);
    if (!region.bump_file.empty()) read_bump_file(*table.find("bmap"), region);
    table.warn_of_unknown_keys();
    chiplet.regions.push_back(std::move(region));
  }

  void corners(Table& table, Region& region) {
    const auto* value = table.find_required(
        "coords", "list its four corners: coords: [[0, 0], [955, 0], [955, 1082], [0, 1082]]");
    if (value == nullptr) return;
    if (value->kind != NodeKind::list || value->items.size() != region.corners.size()) {
      diagnostics_.error(value->where,
                         value->kind == NodeKind::list
                             ? fmt::format("region '{}' has {} points, but must have exactly four",
                                           region.name, value->items.size())
                             : "'coords' must be a list of four points",
                         "cut a polygon into regions of four corners");
      return;
    }
    for (std::size_t c = 0; c < region.corners.size(); ++c)
      if (const auto xy = table.lengths<2>(value->items[c], "coords"))
        region.corners[c] = {(*xy)[0], (*xy)[1]};
  }

  void read_bump_file(const Node& value, Region& region) {
    const auto files = matches(sources_, source_.file, value, diagnostics_);
    if (files.empty()) return;
    std::error_code error;
    if (!fs::exists(files.front(), error)) {
      diagnostics_.warning(
          value.where,
          fmt::format("there is no file '{}': region '{}' has no bumps", value.text, region.name),
          "put it where the description names it");
      return;
    }
    const auto text = read_large_file(files.front(), assembly::largest_rows, diagnostics_);
    if (text)
      assembly::read_bumps(assembly::rows_of(*text, files.front().generic_string()), out_, region,
                           diagnostics_);
  }

  const Sources& sources_;
  const Source& source_;
  assembly::Assembly& out_;
  Diagnostics& diagnostics_;
};

}  // namespace

void warn_of_missing(const fs::path& file, const Node& external, Diagnostics& diagnostics) {
  for (const auto& entry : external.items) {
    const auto one = std::span{&entry, 1};
    for (const auto& item : entry.kind == NodeKind::list ? std::span{entry.items} : one) {
      std::error_code error;
      if (item.kind != NodeKind::text || item.text.find('*') != std::string::npos || is_null(item)) continue;
      if (!fs::exists(file.parent_path() / item.text, error))
        diagnostics.warning(
            item.where,
            fmt::format("{} '{}' is not there: the geometry does not depend on it", entry.key, item.text));
    }
  }
}

void read_chiplets(const Sources& sources, const Source& source, assembly::Assembly& out,
                   Diagnostics& diagnostics) {
  Table table{source.root, "file", out.precision, diagnostics};
  ChipletReader reader{sources, source, out, diagnostics};
  for (const auto& node : table.entries("ChipletDef")) reader.read(node);
}

}  // namespace marquetry::exchange::dblx
