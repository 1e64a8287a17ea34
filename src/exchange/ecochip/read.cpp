// The program reads only these four files; node_list.txt is of an older version. Numbers have no units: they
// are mm2, mm, W, g/kWh and h.
#include "exchange/ecochip/read.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "config/json.h"
#include "config/one_of.h"
#include "config/reader.h"
#include "footprint/load.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using footprint::Footprint;

constexpr std::array<std::string_view, 4> file_names{"architecture.json", "designC.json", "operationalC.json",
                                                     "packageC.json"};

// Bare numbers of one object.
class Numbers : public Reader {
 public:
  using Reader::Reader;

  std::optional<double> number(std::string_view key, const footprint::Bounds& bounds, std::string_view help,
                               std::string_view hint = {}) {
    const auto* node = find(key);
    if (node == nullptr) {
      diagnostics().error(name_spot(table()),
                          (what().empty() ? "" : what() + ": ") + "missing key '" + std::string{key} + "' (" +
                              std::string{help} + ")",
                          std::string{hint});
      return std::nullopt;
    }
    if (node->kind != NodeKind::number) {
      diagnostics().error(node->where, "'" + std::string{key} + "' must be a number (" + std::string{help} +
                                           "), but it is " + std::string{describe(node->kind)});
      return std::nullopt;
    }
    if (!footprint::is_within(node->number, bounds, key, *node, diagnostics())) return std::nullopt;
    return node->number;
  }
  template <Dimension D>
  void quantity(std::string_view key, Quantity<D>& field, const Quantity<D>& one,
                const footprint::Bounds& bounds, std::string_view help) {
    if (const auto value = number(key, bounds, help)) field = *value * one;
  }
  void pure(std::string_view key, double& field, const footprint::Bounds& bounds, std::string_view help) {
    if (const auto value = number(key, bounds, help)) field = *value;
  }
};

// The four files by name: of a folder, or as they are given.
std::optional<std::map<std::string_view, fs::path>> files_by_name(std::span<const fs::path> given,
                                                                  Diagnostics& diagnostics) {
  std::map<std::string_view, fs::path> found;
  for (const auto& path : given) {
    if (fs::is_directory(path)) {
      for (const auto name : file_names) found[name] = path / name;
      continue;
    }
    const auto name = std::ranges::find(file_names, path.filename().string());
    if (name != file_names.end()) {
      found[*name] = path;
    } else if (path.filename() == "node_list.txt") {
      diagnostics.warning({.file = path.generic_string()}, "is not read: nodes stand in architecture.json");
    } else {
      diagnostics.error(
          {.file = path.generic_string()}, "is no file of an ECO-CHIP design",
          "give its folder, or architecture.json, designC.json, operationalC.json, packageC.json");
      return std::nullopt;
    }
  }
  for (const auto name : file_names) {
    if (found.contains(name)) continue;
    diagnostics.error({.file = given.empty() ? std::string{name} : given.front().generic_string()},
                      "an ECO-CHIP design needs " + std::string{name} + " too");
    return std::nullopt;
  }
  return found;
}

footprint::Block read_block(const Node& table, Diagnostics& diagnostics) {
  footprint::Block block{.name = table.key, .die = table.key, .where = name_spot(table)};
  Numbers fields{table, "chiplet '" + table.key + "'", diagnostics};
  read_one_of(fields, "type", block.type, footprint::block_type_names);
  fields.quantity("area", block.area, unit::mm2, footprint::positive, "mm2 at 7 nm");
  const auto node =
      fields.number("node", footprint::positive, "nm",
                    "add one to each chiplet, for example \"node\" : 7; node_list.txt is not read");
  if (node) block.node = footprint::block_node(*node, find(table, "node")->where, diagnostics);
  fields.reject_unknown_keys();
  return block;
}

void read_architecture(const Node& root, Footprint& out, Diagnostics& diagnostics) {
  for (const auto& item : root.items) {
    if (item.key == "pkg_type") continue;
    if (item.is_table()) {
      out.blocks.push_back(read_block(item, diagnostics));
    } else {
      diagnostics.error(item.key_where,
                        "'" + item.key + "' is no chiplet: it must be {\"type\", \"area\", \"node\"}",
                        did_you_mean(item.key, {"pkg_type"}));
    }
  }
  Numbers fields{root, {}, diagnostics};
  read_one_of(fields, "pkg_type", out.package, footprint::package_type_names);
}

void read_design(const Node& root, Footprint& out, Diagnostics& diagnostics) {
  auto& d = out.design;
  Numbers fields{root, {}, diagnostics};
  fields.quantity("power", d.power, unit::W, {}, "W, of the whole system");
  fields.pure("num_iter", d.iterations, {}, "iterations of the design");
  fields.pure("num_prt_mfg", d.volume, footprint::positive, "units made");
  fields.pure("Transistors_per_gate", d.transistors_per_gate, footprint::positive, "");
  fields.quantity("Power_per_core", d.computer_power, unit::W, {}, "W, of a computer that designs");
  fields.quantity("Carbon_per_kWh", d.grid, unit::gCO2 / unit::kWh, {}, "g");
  fields.reject_unknown_keys();
}

void read_operation(const Node& root, Footprint& out, Diagnostics& diagnostics) {
  Numbers fields{root, {}, diagnostics};
  fields.quantity("lifetime", out.use.lifetime, unit::h, {}, "h");
  fields.reject_unknown_keys();
}

void read_packaging(const Node& root, Footprint& out, Diagnostics& diagnostics) {
  auto& p = out.packaging;
  Numbers fields{root, {}, diagnostics};
  if (const auto node = fields.number("interposer_node", footprint::positive, "nm")) {
    p.interposer_node = footprint::carrier_node(*node, find(root, "interposer_node")->where, diagnostics);
  }
  fields.pure("rdl_layers", p.rdl_layers, {}, "layers of an RDL");
  fields.pure("emib_layers", p.emib_layers, {}, "layers of a bridge");
  fields.quantity("tsv_pitch", p.tsv_pitch, unit::mm, footprint::positive, "mm");
  fields.quantity("tsv_size", p.tsv_size, unit::mm, {}, "mm");
  fields.pure("num_beol", p.beol_layers, footprint::positive, "layers of a whole stack");
  fields.quantity("emib_pitch", p.emib_pitch, unit::mm, footprint::positive, "mm of edge, a bridge");
  fields.reject_unknown_keys();
}

// Of a folder's name, what may name a design.
std::string design_name(const fs::path& architecture) {
  std::string name;
  for (const char c : fs::absolute(architecture).parent_path().filename().string()) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    name += letter ? c : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : '-';
  }
  return is_kebab_case(name) ? name : "ecochip";
}

}  // namespace

std::optional<Footprint> read_ecochip(std::span<const fs::path> given, Diagnostics& diagnostics) {
  const auto files = files_by_name(given, diagnostics);
  if (!files) return std::nullopt;
  const int errors_before = diagnostics.errors();
  Footprint out{.name = design_name(files->at("architecture.json"))};
  const auto part = [&](std::string_view name, auto read_part) {
    const auto root = parse_json_file(files->at(name), diagnostics);
    if (!root) return;
    if (root->is_table()) {
      read_part(*root, out, diagnostics);
    } else {
      diagnostics.error(root->where,
                        "must be an object in braces, but it is " + std::string{describe(root->kind)});
    }
  };
  part("architecture.json", read_architecture);
  part("designC.json", read_design);
  part("operationalC.json", read_operation);
  part("packageC.json", read_packaging);
  if (diagnostics.errors() == errors_before) {
    footprint::check(out, {.file = files->at("architecture.json").generic_string()}, diagnostics);
  }
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return out;
}

std::optional<std::string> import_ecochip(std::span<const fs::path> files, Diagnostics& diagnostics) {
  const auto read = read_ecochip(files, diagnostics);
  if (!read) return std::nullopt;
  return footprint::to_toml(*read);
}

}  // namespace marquetry::exchange
