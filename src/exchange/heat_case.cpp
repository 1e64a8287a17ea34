#include "exchange/heat_case.h"

#include <numeric>

#include "config/json.h"
#include "exchange/heat_parts.h"

namespace marquetry::exchange {
namespace {

using thermal::Block;
using thermal::HeatCase;
using thermal::Layer;

constexpr std::string_view schema = "thermal-golden/1";
constexpr double um = 1e-6;

std::string called(std::string_view what, const Node& node, std::size_t i) {
  const auto* name = node.is_table() ? find(node, "name") : nullptr;
  if (name != nullptr && name->kind == NodeKind::text && !name->text.empty())
    return std::string{what} + " '" + name->text + "'";
  return std::string{what} + " " + std::to_string(i + 1);
}

// A trace of powers that are those of the blocks times one factor a step; the stack keeps their mean.
void scale_in_steps(HeatCase& made, Fields& fields, std::string_view key, double interval) {
  std::vector<double> scales;
  for (const auto& item : fields.items(key, "factors on all powers, one a step"))
    scales.push_back(fields.checked(item, key, 0, 1e6));
  if (scales.empty()) {
    const auto* list = fields.optional(key);
    if (list != nullptr && list->kind == NodeKind::list)
      fields.diagnostics().error(list->where, fields.what() + ": '" + std::string{key} + "' is empty",
                                 "give the factor of at least one step, or leave the trace out");
    return;
  }
  thermal::Trace trace{.interval = interval};
  for (const double scale : scales) {
    auto& powers = trace.powers.emplace_back();
    for (const auto& layer : made.stack.layers)
      for (const auto& block : layer.blocks) powers.push_back(block.power * scale);
  }
  const double mean = std::accumulate(scales.begin(), scales.end(), 0.0) / static_cast<double>(scales.size());
  for (auto& layer : made.stack.layers)
    for (auto& block : layer.blocks) block.power *= mean;
  made.trace = std::move(trace);
}

// ---- HotSpot's stacks: SI, grid as [rows, columns]

std::optional<thermal::Material> own_material(Fields& fields, const thermal::Material& layers) {
  const auto *k = fields.optional("k"), *c = fields.optional("c");
  if (k == nullptr && c == nullptr) return std::nullopt;
  auto out = layers;
  if (c != nullptr) out.capacity = fields.checked(*c, "c", 0, most_capacity);
  if (k == nullptr) return out;
  return isotropic(layers.name, fields.checked(*k, "k", 0, most_conductivity), out.capacity);
}

Layer read_hotspot_layer(const Node& node, std::size_t i, Diagnostics& diagnostics) {
  Fields fields{node, called("layer", node, i), diagnostics};
  Layer layer{.name = fields.name("layer " + std::to_string(i + 1)), .where = name_spot(node)};
  layer.thickness = fields.number("thickness", 0, longest_side, "m");
  const double k = fields.number("k", 0, most_conductivity, "conductivity, W/(m K)");
  layer.material = isotropic(layer.name, k, fields.number_or("c", 0, 0, most_capacity));
  layer.heats = fields.flag_or("power", false);
  const auto& blocks = fields.items("blocks");
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    Fields one{blocks[b], fields.what() + ", " + called("block", blocks[b], b), diagnostics};
    Block block{.name = one.name("block " + std::to_string(b + 1)), .where = name_spot(blocks[b])};
    block.x = one.number("x", -longest_side, longest_side, "left edge, m");
    block.y = one.number("y", -longest_side, longest_side, "lower edge, m");
    block.width = one.number("w", 0, longest_side, "width, m");
    block.height = one.number("h", 0, longest_side, "height, m");
    block.power = one.number_or("power", 0, -most_watts, most_watts);
    block.material = own_material(one, layer.material);
    one.warn_of_unknown_keys();
    layer.blocks.push_back(std::move(block));
  }
  fields.warn_of_unknown_keys();
  return layer;
}

thermal::Spreading read_package(const Node& node, Diagnostics& diagnostics) {
  Fields fields{node, "'package'", diagnostics};
  const auto slab = [&](const std::string& name) {
    const double k = fields.number("k_" + name, 0, most_conductivity, "conductivity, W/(m K)");
    return thermal::Slab{.side = fields.number("s_" + name, 0, longest_side, "edge, m"),
                         .thickness = fields.number("t_" + name, 0, longest_side, "thickness, m"),
                         .material = isotropic(name, k, fields.number_or("p_" + name, 0, 0, most_capacity))};
  };
  thermal::Spreading out{.spreader = slab("spreader"), .sink = slab("sink")};
  out.convection = fields.number("r_convec", 0, most_resistance, "from the sink to the ambient, K/W");
  out.capacity = fields.number_or("c_convec", 0, 0, most_capacity);
  fields.warn_of_unknown_keys();
  return out;
}

HeatCase read_hotspot_case(Fields& top) {
  auto& diagnostics = top.diagnostics();
  HeatCase made;
  made.stack.ambient = top.number("ambient", 0, hottest, "K");
  Fields chip{*top.required("chip", "size of the footprint"), "'chip'", diagnostics};
  made.stack.width = chip.number("width", 0, longest_side, "m");
  made.stack.height = chip.number("height", 0, longest_side, "m");
  if (const auto* package = top.required("package", "spreader, sink and convection"))
    made.stack.package = read_package(*package, diagnostics);
  const auto& layers = top.items("layers", "the bottom one first");
  for (std::size_t i = 0; i < layers.size(); ++i)
    made.stack.layers.push_back(read_hotspot_layer(layers[i], i, diagnostics));

  const auto& grid = top.items("grid", "[rows, columns]");
  if (grid.size() == 2) {
    made.settings.rows = top.checked_count(grid[0], "grid", 1, most_cells);
    made.settings.columns = top.checked_count(grid[1], "grid", 1, most_cells);
  } else if (const auto* node = top.optional("grid"); node != nullptr && node->kind == NodeKind::list) {
    diagnostics.error(node->where, "the case: 'grid' must be [rows, columns]");
  }
  made.settings.detailed = top.flag_or("detailed_3D", true);
  if (top.optional("dt") != nullptr || top.optional("trace_scale") != nullptr)
    scale_in_steps(made, top, "trace_scale", top.number("dt", 0, longest_time, "s a step"));
  for (const auto key : {"units", "mode", "chiplets", "system", "trace_scale_mean"}) top.optional(key);
  return made;
}

// ---- 3D-ICE's stacks: micrometres

Layer read_ice_layer(const Node& node, std::size_t i, Diagnostics& diagnostics) {
  Fields fields{node, called("layer", node, i), diagnostics};
  Layer layer{.name = fields.name("layer " + std::to_string(i + 1)), .where = name_spot(node)};
  layer.thickness = um * fields.number("t", 0, longest_side / um, "thickness, um");
  const double k = fields.number("k", 0, most_conductivity, "conductivity, W/(m K)");
  layer.material = isotropic(layer.name, k, fields.number_or("c", 0, 0, most_capacity));
  const auto& blocks = fields.items("blocks");
  layer.heats = !blocks.empty();
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    Fields one{blocks[b], fields.what() + ", " + called("block", blocks[b], b), diagnostics};
    Block block{.name = one.name("block " + std::to_string(b + 1)), .where = name_spot(blocks[b])};
    const auto length = [&](std::string_view key, double least, std::string_view help) {
      return um * one.number(key, least, longest_side / um, help);
    };
    block.x = length("x", -longest_side / um, "left edge, um");
    block.y = length("y", -longest_side / um, "lower edge, um");
    block.width = length("w", 0, "width, um");
    block.height = length("h", 0, "height, um");
    block.power = one.number("P", -most_watts, most_watts, "W");
    one.warn_of_unknown_keys();
    layer.blocks.push_back(std::move(block));
  }
  fields.warn_of_unknown_keys();
  return layer;
}

void read_heat_sink(const Node& node, thermal::Stack& stack, Diagnostics& diagnostics) {
  Fields sink{node, "'heat_sink'", diagnostics};
  const double transfer = sink.number("h_W_m2K", 0, most_transfer, "heat transfer, W/(m2 K)");
  stack.ambient = sink.number("ambient_K", 0, hottest, "K");
  const auto side = sink.text_or("side", "top");
  if (side == "top")
    stack.top_transfer = transfer;
  else if (side == "bottom")
    stack.bottom_transfer = transfer;
  else
    diagnostics.error(sink.optional("side")->where, "'heat_sink': no side '" + side + "'",
                      suggest(side, {"top", "bottom"}));
  sink.warn_of_unknown_keys();
}

HeatCase read_ice_case(Fields& top) {
  auto& diagnostics = top.diagnostics();
  HeatCase made{.settings = {.block_mean = thermal::BlockMean::by_cells}};
  made.notes.emplace_back("temperatures of blocks are plain means of the cells that they touch, as 3D-ICE's");
  Fields chip{*top.required("chip_um", "size of the footprint"), "'chip_um'", diagnostics};
  made.stack.width = um * chip.number("length_x", 0, longest_side / um, "um");
  made.stack.height = um * chip.number("width_y", 0, longest_side / um, "um");
  if (const auto* node = top.required("grid", "cells in x and y")) {
    Fields grid{*node, "'grid'", diagnostics};
    const auto cells = [&](std::string_view key) -> std::size_t {
      const auto* count = grid.required(key, "cells");
      return count == nullptr ? 1 : grid.checked_count(*count, key, 1, most_cells);
    };
    made.settings.columns = cells("nx");
    made.settings.rows = cells("ny");
  }
  if (const auto* sink = top.required("heat_sink", "where the heat goes"))
    read_heat_sink(*sink, made.stack, diagnostics);
  const auto& layers = top.items("layers", "the bottom one first");
  for (std::size_t i = 0; i < layers.size(); ++i)
    made.stack.layers.push_back(read_ice_layer(layers[i], i, diagnostics));
  if (const auto* node = top.optional("transient")) {
    Fields transient{*node, "'transient'", diagnostics};
    made.step = transient.number("step", 0, longest_time, "s of one implicit step");
    scale_in_steps(made, transient, "scale", transient.number("slot", 0, longest_time, "s of one power"));
    transient.warn_of_unknown_keys();
  }
  top.optional("units");
  return made;
}

std::optional<HeatCase> read_parts(Fields& top) {
  const auto* named = top.required("schema", "\"thermal-golden/1\"");
  if (named != nullptr && (named->kind != NodeKind::text || named->text != schema))
    top.diagnostics().error(named->where, "no schema " + quoted(*named) + " of heat cases is known",
                            "known: \"" + std::string{schema} + "\"");
  if (named == nullptr || named->text != schema) return std::nullopt;
  const auto name = top.name("case");
  HeatCase made;
  if (top.optional("chip") != nullptr) {
    made = read_hotspot_case(top);
  } else if (top.optional("chip_um") != nullptr) {
    made = read_ice_case(top);
  } else if (top.optional("params") != nullptr) {
    made = read_analytic_case(top);
  } else {
    top.diagnostics().error(
        name_spot(top.table()),
        "the case has none of 'chip' (SI, with spreader and sink), 'chip_um' (micrometres, "
        "as 3D-ICE has them) and 'params' (a slab with a closed form)");
    return std::nullopt;
  }
  made.stack.name = name;
  for (const auto key : {"source", "results_hotspot7", "results_physical", "results_3dice"})
    top.optional(key);
  top.warn_of_unknown_keys();
  return made;
}

}  // namespace

std::optional<HeatCase> read_heat_case(const Node& root, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  Fields top{root, "the case", diagnostics};
  if (!root.is_table()) return std::nullopt;
  auto made = read_parts(top);
  if (diagnostics.errors() > before) return std::nullopt;
  return made;
}

std::optional<HeatCase> load_heat_case(const std::filesystem::path& file, Diagnostics& diagnostics) {
  const auto root = parse_json_file(file, diagnostics, "results_");
  return root ? read_heat_case(*root, diagnostics) : std::nullopt;
}

}  // namespace marquetry::exchange
