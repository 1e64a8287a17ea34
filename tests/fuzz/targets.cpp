#include "fuzz/targets.h"

#include <algorithm>
#include <optional>

#include "assembly/load.h"
#include "config/json.h"
#include "config/parse.h"
#include "design/design.h"
#include "exchange/booksim/read.h"
#include "exchange/delivery_case.h"
#include "exchange/formats.h"
#include "exchange/heat_case.h"
#include "exchange/hotspot/read.h"
#include "exchange/layout_case.h"
#include "exchange/network_case.h"
#include "exchange/rapidchiplet/read.h"
#include "exchange/threedice/read.h"
#include "footprint/load.h"
#include "layout_file/load.h"
#include "stack/load.h"
#include "synthesis/read.h"
#include "traffic/trace.h"

namespace marquetry::fuzz {
namespace {

// What is read of a tree, from a file in TOML or in JSON.
template <auto reader>
bool toml(const Target&, const Files& files, Diagnostics& diagnostics) {
  const auto root = parse_file(files.front(), diagnostics);
  return root && reader(*root, diagnostics).has_value();
}

template <auto reader>
bool json(const Target&, const Files& files, Diagnostics& diagnostics) {
  const auto root = parse_json_file(files.front(), diagnostics);
  return root && reader(*root, diagnostics).has_value();
}

template <auto reader>
bool file(const Target&, const Files& files, Diagnostics& diagnostics) {
  return reader(files.front(), diagnostics).has_value();
}

const Library& own_library() {
  static const auto library = [] {
    Diagnostics diagnostics;
    return load_library({std::filesystem::path{SOURCE_DIR} / "libraries"}, diagnostics);
  }();
  return library.value();
}

std::optional<Design> design(const Node& root, Diagnostics& diagnostics) {
  return load_design(root, own_library(), diagnostics);
}

std::optional<layout::Problem> layout_case(const Node& root, Diagnostics& diagnostics) {
  return exchange::read_layout_case(root, exchange::Setting::native, diagnostics);
}

bool library(const Target&, const Files& files, Diagnostics& diagnostics) {
  return load_library({files.front().parent_path()}, diagnostics).has_value();
}

bool hotspot(const Target&, const Files& files, Diagnostics& diagnostics) {
  exchange::HotspotFiles parts{.config = files.front()};
  const auto part = [&](std::string_view extension) -> std::optional<std::filesystem::path> {
    const auto at = std::ranges::find(files, extension, [](const auto& f) { return f.extension(); });
    return at == files.end() ? std::nullopt : std::optional{*at};
  };
  parts.floorplan = part(".flp");
  parts.trace = part(".ptrace");
  parts.layers = part(".lcf");
  parts.materials = part(".materials");
  return exchange::load_hotspot(parts, thermal::Model::hotspot7, diagnostics).has_value();
}

bool trace(const Target&, const Files& files, Diagnostics& diagnostics) {
  return traffic::read_trace(files.front(), 16, diagnostics).has_value();
}

// What is imported is a document of ours: its text is read without a complaint.
bool import(const Target& target, const Files& files, Diagnostics& diagnostics) {
  const auto text = exchange::find_import_format(target.name)->read(files, diagnostics);
  if (!text) return false;
  Diagnostics within;
  return parse_text(*text, "imported.toml", within).has_value();
}

bool assembly_import(const Target& target, const Files& files, Diagnostics& diagnostics) {
  return exchange::find_assembly_import_format(target.name)->read(files, diagnostics).has_value();
}

// As what the files of a format come that are told by their extension.
std::string usual_file(std::string_view format) {
  if (format == "bookshelf") return "a.blocks";
  if (format == "catch" || format == "chipletpart") return "a.xml";
  if (format == "ecochip" || format == "rapidchiplet") return "design.json";
  if (format == "3dblox") return "a.3dbx";
  if (format == "lefdef") return "a.def";
  return "a." + std::string{format};
}

}  // namespace

std::vector<Target> targets() {
  std::vector<Target> out{
      {"design", "a.toml", toml<design>},
      {"library", "a.toml", library},
      {"stack", "a.toml", toml<stack::load_stack>},
      {"footprint", "a.toml", toml<footprint::read>},
      {"placement", "a.toml", toml<layout_file::load>},
      {"assembly", "a.toml", toml<assembly::read>},
      {"heat-case", "a.json", file<exchange::load_heat_case>},
      {"network-case", "a.json", file<exchange::load_network_case>},
      {"layout-case", "a.json", json<layout_case>},
      {"delivery-case", "a.json", json<exchange::read_delivery_case>},
      {"rapidchiplet-case", "a.json", json<exchange::read_rapidchiplet_case>},
      {"synthesis", "a.json", file<synthesis::load_problem>},
      {"booksim", "a.config", file<exchange::load_booksim>},
      {"hotspot", "a.config", hotspot},
      {"threedice", "a.stk", file<exchange::load_threedice>},
      {"trace", "a.trace", trace},
  };
  for (const auto& format : exchange::import_formats())
    out.push_back({std::string{format.name}, usual_file(format.name), import});
  for (const auto& format : exchange::assembly_import_formats())
    out.push_back({std::string{format.name}, usual_file(format.name), assembly_import});
  return out;
}

}  // namespace marquetry::fuzz
