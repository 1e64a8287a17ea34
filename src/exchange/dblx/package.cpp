// Instances, their places, connections and paths.
#include <fmt/format.h>

#include <algorithm>

#include "assembly/name_index.h"
#include "assembly/orientation.h"
#include "exchange/dblx/chiplets.h"
#include "exchange/dblx/values.h"

namespace marquetry::exchange::dblx {
namespace {

using assembly::Assembly;
using assembly::RegionOf;

class PackageReader {
 public:
  PackageReader(const Source& source, Assembly& out, Diagnostics& diagnostics)
      : source_{source}, out_{out}, diagnostics_{diagnostics}, root_{table(source.root, "file")} {}

  void read() {
    for (const auto& node : root_.entries("ChipletInst")) instance(node);
    for (const auto& node : root_.entries("Stack")) stack(node);
    for (std::size_t i = 0; i < placed_.size(); ++i)
      if (!placed_[i])
        diagnostics_.error(spots_[i],
                           fmt::format("instance '{}' has no place", out_.instances[first_ + i].name),
                           "add it to the section Stack with loc, z and orient");
    if (out_.chiplets.empty()) return;  // which is complained of; no name would be found
    const assembly::NameIndex index{out_};
    for (const auto& node : root_.entries("Connection")) connection(node, index);
    for (const auto& node : root_.entries("Path")) path(node, index);
  }

 private:
  Table table(const Node& node, std::string what) {
    return {node, std::move(what), out_.precision, diagnostics_};
  }

  void instance(const Node& node) {
    auto fields = table(node, fmt::format("instance '{}'", node.key));
    assembly::Instance made{.name = node.key};
    if (const auto* value = fields.find_required("reference", "name a chiplet of ChipletDef")) {
      if (const auto found = assembly::find_chiplet(out_, value->text)) {
        made.chiplet = *found;
      } else {
        std::vector<std::string_view> names;
        for (const auto& chiplet : out_.chiplets) names.push_back(chiplet.name);
        diagnostics_.error(value->where, fmt::format("there is no chiplet '{}'", value->text),
                           suggest(value->text, names));
      }
    }
    if (const auto* external = fields.find("external")) {
      for (const auto& entry : external->items) add_files(entry, made.files, diagnostics_);
      warn_of_missing(source_.file, *external, diagnostics_);
    }
    fields.warn_of_unknown_keys();
    out_.instances.push_back(std::move(made));
    placed_.push_back(false);
    spots_.push_back(name_spot(node));
  }

  void stack(const Node& node) {
    const auto found = assembly::find_instance(out_, node.key);
    if (!found || *found < first_) {
      std::vector<std::string_view> names;
      for (const auto& row : out_.instances) names.push_back(row.name);
      diagnostics_.error(name_spot(node), fmt::format("there is no instance '{}'", node.key),
                         suggest(node.key, names));
      return;
    }
    placed_[*found - first_] = true;
    auto fields = table(node, fmt::format("place of '{}'", node.key));
    auto& instance = out_.instances[*found];
    if (const auto* value = fields.find_required("loc", "of its lower-left corner as turned: loc: [0, 0]"))
      if (const auto xy = fields.lengths<2>(*value, "loc")) instance.low = {(*xy)[0], (*xy)[1]};
    if (fields.find_required("z", "of its lower face") != nullptr) fields.length("z", instance.z);
    if (const auto* value = fields.find_required("orient", "R0 leaves it as it is")) {
      if (const auto orientation = assembly::orientation_of(value->text)) {
        instance.orientation = *orientation;
      } else {
        diagnostics_.error(value->where, fmt::format("'orient' cannot be {}", quoted(*value)),
                           suggest(value->text, assembly::orientation_names()));
      }
    }
    fields.warn_of_unknown_keys();
  }

  std::optional<RegionOf> region(const Node& value, std::string_view name, const assembly::NameIndex& index) {
    const auto found = index.region(name);
    if (!found)
      diagnostics_.error(value.where, fmt::format("there is no region '{}'", name),
                         "name it as INSTANCE.regions.REGION");
    return found;
  }

  void connection(const Node& node, const assembly::NameIndex& index) {
    auto fields = table(node, fmt::format("connection '{}'", node.key));
    assembly::Connection made{.name = node.key};
    const auto end = [&](std::string_view key, std::optional<RegionOf>& field) {
      const auto* value = fields.find_required(key, "name a region, or ~ for none");
      if (value != nullptr && !is_null(*value)) field = region(*value, value->text, index);
    };
    end("top", made.top);
    end("bot", made.bottom);
    if (const auto* value = fields.find("thickness")) made.thickness = fields.length(*value, "thickness");
    fields.warn_of_unknown_keys();
    out_.connections.push_back(std::move(made));
  }

  static bool is_path_name(std::string_view name) {
    constexpr std::string_view stem = "Path";
    if (!name.starts_with(stem)) return false;
    name.remove_prefix(stem.size());
    return !name.empty() && name.front() != '0' &&
           std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
  }

  void path(const Node& node, const assembly::NameIndex& index) {
    if (!is_path_name(node.key) || node.kind != NodeKind::list) {
      diagnostics_.error(name_spot(node), fmt::format("'{}' is no path", node.key),
                         "paths are called Path1, Path2, ... and are lists of regions");
      return;
    }
    assembly::Path made{.name = node.key};
    constexpr std::string_view negation = "NOT ";
    for (const auto& item : node.items) {
      std::string_view name = item.text;
      const bool is_negated = name.starts_with(negation);
      if (is_negated) name.remove_prefix(negation.size());
      if (const auto at = region(item, name, index)) made.steps.push_back({*at, is_negated});
    }
    out_.paths.push_back(std::move(made));
  }

  const Source& source_;
  Assembly& out_;
  Diagnostics& diagnostics_;
  Table root_;
  std::size_t first_{out_.instances.size()};
  std::vector<bool> placed_{};
  std::vector<SourceSpot> spots_{};
};

}  // namespace

void read_package(const Source& source, Assembly& out, Diagnostics& diagnostics) {
  PackageReader{source, out, diagnostics}.read();
}

}  // namespace marquetry::exchange::dblx
