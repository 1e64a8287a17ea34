#include "footprint/load.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "config/one_of.h"
#include "config/parse.h"
#include "config/reader.h"
#include "footprint/package.h"

namespace marquetry::footprint {
namespace {

enum class Need { required, optional };

class Fields : public Reader {
 public:
  using Reader::Reader;

  // The quantity of a key, within bounds, SI. Nothing where it is missing, which is an error where it is
  // required.
  std::optional<double> number(std::string_view key, const Dimension& dimension, const Bounds& bounds,
                               Need need, std::string_view help) {
    const auto* node = need == Need::required ? find_required(key, help) : find(key);
    if (node == nullptr) return std::nullopt;
    const auto value = read_quantity(*node, key, dimension, diagnostics());
    if (!value || !is_within(*value, bounds, key, *node, diagnostics())) return std::nullopt;
    return value;
  }
  template <Dimension D>
  void quantity(std::string_view key, Quantity<D>& field, std::string_view help, Need need = Need::required,
                const Bounds& bounds = positive) {
    if (const auto si = number(key, D, bounds, need, help)) field = Quantity<D>::from_si(*si);
  }
  void pure(std::string_view key, double& field, const Bounds& bounds, std::string_view help,
            Need need = Need::required) {
    if (const auto value = number(key, dimension::none, bounds, need, help)) field = *value;
  }
  const NodeConstants* node(std::string_view key, std::string_view help,
                            const NodeConstants* (*known)(double, const SourceSpot&, Diagnostics&)) {
    const auto si = number(key, dimension::length, positive, Need::required, help);
    if (!si) return nullptr;
    return known(as_written(*si / unit::nm.si()), marquetry::find(table(), key)->where, diagnostics());
  }
};

Block read_block(const Node& table, Diagnostics& diagnostics) {
  Block block{.name = table.key, .where = name_spot(table)};
  Fields fields{table, "block '" + table.key + "'", diagnostics};
  read_one_of(fields, "type", block.type, block_type_names);
  fields.quantity("area", block.area, "at 7 nm, whatever the node");
  block.node = fields.node("node", "that the block is made on", block_node);
  block.die = block.name;
  fields.text_if("die", block.die);
  fields.pure("aspect", block.aspect, {1, 100}, "long / short side of its die", Need::optional);
  fields.reject_unknown_keys();
  return block;
}

void read_design(const Node& table, Design& design, Diagnostics& diagnostics) {
  Fields fields{table, "[footprint.design]", diagnostics};
  fields.quantity("power", design.power, "of the whole system, at 7 nm", Need::required, {});
  fields.pure("iterations", design.iterations, {}, "of the design");
  fields.pure("volume", design.volume, positive, "units made");
  fields.pure("transistors_per_gate", design.transistors_per_gate, positive, "");
  fields.quantity("computer_power", design.computer_power, "of a computer that designs", Need::required, {});
  fields.quantity("grid", design.grid, "carbon intensity of electricity", Need::required, {});
  fields.reject_unknown_keys();
}

void read_use(const Node& table, Use& use, Diagnostics& diagnostics) {
  Fields fields{table, "[footprint.use]", diagnostics};
  fields.quantity("lifetime", use.lifetime, "", Need::required, {});
  fields.pure("activity", use.activity, share, "of the transistors that switch", Need::optional);
  fields.pure("on", use.on, share, "share of the time", Need::optional);
  fields.pure("average", use.average, share, "average / stated power", Need::optional);
  fields.reject_unknown_keys();
}

void read_packaging(const Node& table, Packaging& packaging, Diagnostics& diagnostics) {
  Fields fields{table, "[footprint.packaging]", diagnostics};
  packaging.interposer_node = fields.node("interposer_node", "of an interposer or RDL", carrier_node);
  fields.pure("rdl_layers", packaging.rdl_layers, {}, "wiring layers of an RDL");
  fields.pure("emib_layers", packaging.emib_layers, {}, "wiring layers of a bridge");
  fields.pure("beol_layers", packaging.beol_layers, positive, "wiring layers of a whole stack");
  fields.quantity("tsv_pitch", packaging.tsv_pitch, "");
  fields.quantity("tsv_size", packaging.tsv_size, "", Need::required, {});
  fields.quantity("emib_pitch", packaging.emib_pitch, "edge that one bridge serves");
  fields.pure("bond_yield", packaging.bond_yield, yield_bounds, "of attaching a die", Need::optional);
  fields.reject_unknown_keys();
}

void read_wafers(const Node& table, Wafers& wafers, Diagnostics& diagnostics) {
  Fields fields{table, "[footprint.wafers]", diagnostics};
  fields.quantity("diameter", wafers.diameter, "", Need::optional);
  fields.quantity("edge_exclusion", wafers.edge_exclusion, "", Need::optional, {});
  fields.quantity("scribe", wafers.scribe, "", Need::optional, {});
  fields.quantity("reticle_width", wafers.reticle_width, "", Need::optional);
  fields.quantity("reticle_height", wafers.reticle_height, "", Need::optional);
  fields.reject_unknown_keys();
  if (!(wafers.edge_exclusion < wafers.diameter / 2)) {
    diagnostics.error(name_spot(table), "the edge exclusion leaves nothing of the wafer");
  }
}

const NodeConstants* known_node(double nanometres, bool for_blocks, const SourceSpot& where,
                                Diagnostics& diagnostics) {
  const auto* node = find_node(nanometres);
  if (node != nullptr && (node->carries_blocks() || !for_blocks)) return node;
  std::string known;
  for (const auto& row : node_constants()) {
    if (for_blocks && !row.carries_blocks()) continue;
    known += (known.empty() ? "" : ", ") + std::to_string(row.nanometres) + " nm";
  }
  diagnostics.error(where, exact(nanometres) + " nm is no node of ECO-CHIP's tables", "known: " + known);
  return nullptr;
}

}  // namespace

const NodeConstants* block_node(double nanometres, const SourceSpot& where, Diagnostics& diagnostics) {
  return known_node(nanometres, true, where, diagnostics);
}
const NodeConstants* carrier_node(double nanometres, const SourceSpot& where, Diagnostics& diagnostics) {
  return known_node(nanometres, false, where, diagnostics);
}

bool is_within(double value, const Bounds& bounds, std::string_view key, const Node& node,
               Diagnostics& diagnostics) {
  const bool enough = bounds.least_itself ? value >= bounds.least : value > bounds.least;
  if (enough && value <= bounds.most) return true;
  auto message = "'" + std::string{key} + "' is " + quoted(node) + ", but it must be ";
  message += (bounds.least_itself ? "at least " : "above ") + exact(bounds.least);
  if (bounds.most < 1e300) message += " and at most " + exact(bounds.most);
  diagnostics.error(node.where, message);
  return false;
}

void check(const Footprint& footprint, const SourceSpot& where, Diagnostics& diagnostics) {
  if (footprint.blocks.empty()) diagnostics.error(where, "there are no blocks", "a system has one at least");
  for (const auto& block : footprint.blocks) {
    const auto odd = std::ranges::find_if(footprint.blocks, [&](const Block& other) {
      return other.die == block.die && (other.node != block.node || other.aspect != block.aspect);
    });
    if (odd == footprint.blocks.end() || &*odd < &block) continue;
    diagnostics.error(odd->where,
                      "blocks '" + block.name + "' and '" + odd->name + "' share the die '" + block.die +
                          "', but not its node and aspect",
                      "give both the same, or each a die of its own");
  }
}

std::optional<Footprint> read(const Node& root, Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  check_format(root, diagnostics);
  Footprint footprint;
  Reader top{root, {}, diagnostics};
  top.find("format");
  top.text("name", footprint.name);
  const auto* section = top.find_table("footprint");
  top.reject_unknown_keys();
  if (section == nullptr) {
    if (diagnostics.errors() == errors_before)
      diagnostics.error({.file = root.where.file}, "there is no table [footprint]",
                        "a footprint has its blocks in it");
    return std::nullopt;
  }
  Fields fields{*section, "[footprint]", diagnostics};
  read_one_of(fields, "package", footprint.package, package_type_names);
  for (const auto& table : fields.entries("blocks")) {
    if (table.is_table()) {
      footprint.blocks.push_back(read_block(table, diagnostics));
    } else {
      diagnostics.error(table.where, "block '" + table.key + "' must be a table");
    }
  }
  const auto part = [&](std::string_view key, auto read_part, auto& field) {
    if (fields.find_required(key) == nullptr) return;
    if (const auto* table = fields.find_table(key)) read_part(*table, field, diagnostics);
  };
  part("design", read_design, footprint.design);
  part("use", read_use, footprint.use);
  part("packaging", read_packaging, footprint.packaging);
  if (const auto* table = fields.find_table("wafers")) read_wafers(*table, footprint.wafers, diagnostics);
  fields.reject_unknown_keys();
  check(footprint, name_spot(*section), diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return footprint;
}

}  // namespace marquetry::footprint
