// The files of a design, each read into its part.
#include "exchange/rapidchiplet/read.h"

#include <fmt/format.h>

#include <map>

#include "base/named_file.h"
#include "config/json.h"
#include "exchange/rapidchiplet/law.h"
#include "exchange/rapidchiplet/parts.h"
#include "exchange/rapidchiplet/tables.h"
#include "proxy/links.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using rapidchiplet::read_index;

constexpr int most_folders_up = 4;

class Files {
 public:
  Files(fs::path design, const Node& root, Diagnostics& diagnostics)
      : folder_{design.parent_path()}, root_{root}, diagnostics_{diagnostics} {}

  // The tree of the file that the design names under `key`; nothing after a complaint.
  std::optional<Node> required(std::string_view key) {
    const auto* name = find(root_, key);
    if (name == nullptr) {
      diagnostics_.error(root_.where,
                         fmt::format("the design has no key '{}' (the file of its {})", key, key));
      return std::nullopt;
    }
    return read(*name, key);
  }
  std::optional<Node> optional(std::string_view key) {
    const auto* name = find(root_, key);
    if (name == nullptr || name->text.empty() || name->text == "none") return std::nullopt;
    return read(*name, key);
  }

 private:
  // RapidChiplet names files from its own root: the design's folder, or one above it.
  std::optional<Node> read(const Node& name, std::string_view key) {
    if (name.kind != NodeKind::text || name.text.empty()) {
      diagnostics_.error(name.where, fmt::format("'{}' must name a file", key));
      return std::nullopt;
    }
    if (!file_below(folder_, name.text, name.where, diagnostics_)) return std::nullopt;
    fs::path up = folder_;
    for (int i = 0; i <= most_folders_up; ++i) {
      std::error_code ignored;
      if (fs::exists(up / name.text, ignored)) return parse_json_file(up / name.text, diagnostics_);
      up = up.empty() ? fs::path{".."} : up / "..";
    }
    diagnostics_.error(
        name.where,
        fmt::format("there is no file '{}' beside the design or in a folder above it", name.text));
    return std::nullopt;
  }

  fs::path folder_;
  const Node& root_;
  Diagnostics& diagnostics_;
};

// The kind of each law stands beside it; a constant may be a text there.
std::optional<proxy::Law> law(Fields& fields, const char* key) {
  const auto* value = fields.required(key, "a number, or a function of the length in mm");
  if (value == nullptr) return std::nullopt;
  const auto* kind = fields.optional(std::string{key} + "_type");
  if (kind != nullptr && kind->text != "constant" && kind->text != "function") {
    fields.diagnostics().error(
        kind->where, fmt::format("'{}_type' = {} must be \"constant\" or \"function\"", key, quoted(*kind)));
    return std::nullopt;
  }
  return read_law(*value, key, fields.diagnostics());
}

void read_packaging(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  Fields fields{root, "the packaging", diagnostics};
  rapidchiplet::read_packaging(fields, {"bump_pitch", "latency_irouter", "power_irouter"}, design);
  if (const auto latency = law(fields, "link_latency")) design.packaging.latency = *latency;
  if (const auto power = law(fields, "link_power")) design.packaging.power = *power;
}

void read_placement(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  Fields fields{root, "the placement", diagnostics};
  rapidchiplet::read_chiplets(fields, "chiplets", {"name", "rotation", "position"}, design);
  rapidchiplet::read_routers(fields.items("interposer_routers"), design, diagnostics);
}

std::optional<proxy::End> read_end(const Node* node, const proxy::Design& design, const std::string& what,
                                   Diagnostics& diagnostics) {
  if (node == nullptr) return std::nullopt;
  Fields fields{*node, what, diagnostics};
  const auto* kind = fields.required("type", "chiplet or irouter");
  const auto* outer = fields.required("outer_id", "number of the chiplet or router");
  const auto* inner = fields.required("inner_id", "number of the PHY or port");
  if (kind == nullptr || outer == nullptr || inner == nullptr) return std::nullopt;
  const bool is_router = kind->text == "irouter";
  if (!is_router && kind->text != "chiplet") {
    diagnostics.error(kind->where, fmt::format("an end of a link is a \"chiplet\" or an \"irouter\", not {}",
                                               quoted(*kind)));
    return std::nullopt;
  }
  const auto at =
      read_index(*outer, is_router ? design.routers.size() : design.chiplets.size(),
                 fmt::format("{}: {}", what, is_router ? "interposer router" : "chiplet"), diagnostics);
  if (!at) return std::nullopt;
  const auto first = is_router ? static_cast<std::uint32_t>(design.chiplets.size()) : 0u;
  return rapidchiplet::read_end(first + *at, *inner, design, what, diagnostics);
}

void read_topology(const Node& root, proxy::Design& design, Diagnostics& diagnostics) {
  if (root.kind != NodeKind::list)
    return diagnostics.error(root.where, "the topology must be a list of links");
  for (std::size_t i = 0; i < root.items.size(); ++i) {
    const auto what = fmt::format("link {}", i);
    Fields fields{root.items[i], what, diagnostics};
    const auto a = read_end(fields.required("ep1", "its one end"), design, what, diagnostics),
               b = read_end(fields.required("ep2", "its other end"), design, what, diagnostics);
    if (a && b) rapidchiplet::add_link({*a, *b}, root.items[i], what, design, diagnostics);
  }
}

}  // namespace

std::optional<proxy::Design> read_rapidchiplet(const fs::path& file, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  const auto root = parse_json_file(file, diagnostics);
  if (!root) return std::nullopt;
  if (!root->is_table()) {
    diagnostics.error(root->where, "a RapidChiplet design is an object that names its files");
    return std::nullopt;
  }
  proxy::Design design{.name = file.stem().generic_string()};
  if (const auto* name = find(*root, "design_name"); name != nullptr && !name->text.empty())
    design.name = name->text;
  Files files{file, *root, diagnostics};
  const auto technologies = files.required("technologies"), types = files.required("chiplets"),
             placement = files.required("placement"), topology = files.required("topology"),
             packaging = files.required("packaging");
  if (!technologies || !types || !placement || !topology || !packaging) return std::nullopt;
  rapidchiplet::read_technologies(*technologies, design, diagnostics);
  rapidchiplet::read_types(*types, design, diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  read_placement(*placement, design, diagnostics);
  read_packaging(*packaging, design, diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  read_topology(*topology, design, diagnostics);
  if (const auto traffic = files.optional("traffic_by_chiplet"))
    rapidchiplet::read_encoded_traffic(*traffic, design, diagnostics);
  if (const auto routing = files.optional("routing_table"))
    rapidchiplet::read_encoded_routing(*routing, design, diagnostics);
  if (diagnostics.errors() > before) return std::nullopt;
  if (design.traffic.empty()) {
    design.pattern = "uniform";
    design.traffic = proxy::uniform_traffic(design);
    design.notes.push_back(
        "the design names no traffic: every unit sends to those of all other chiplets alike");
  }
  rapidchiplet::check(design, {.file = file.generic_string()}, diagnostics);
  return diagnostics.errors() > before ? std::nullopt : std::optional{std::move(design)};
}

}  // namespace marquetry::exchange
