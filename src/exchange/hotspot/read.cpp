#include "exchange/hotspot/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "exchange/hotspot/floorplan.h"

namespace marquetry::exchange {
namespace {

using namespace hotspot;
using thermal::Model;

// To which HotSpot wants the floorplans of all layers to be of one size, m.
constexpr double same_size = 1e-6;

layout::Material solid(std::string name, const Matter& matter) {
  return {.name = std::move(name),
          .along_x = matter.conductivity,
          .along_y = matter.conductivity,
          .across = matter.conductivity,
          .capacity = matter.capacity};
}

// Cells without any unit have no temperature in HotSpot.
void complain_of_gaps(const Floorplan& plan, const thermal::Settings& settings, Diagnostics& diagnostics) {
  const auto columns = static_cast<double>(settings.columns), rows = static_cast<double>(settings.rows);
  const double cell_width = plan.width / columns, cell_height = plan.height / rows;
  constexpr double touch = 1e-6;  // of a cell, as HotSpot counts
  std::vector<bool> covered(settings.columns * settings.rows);
  for (const auto& unit : plan.units) {
    const auto from = [](double low, double cell) {
      return static_cast<std::size_t>(std::max(0.0, std::floor(low / cell + touch)));
    };
    const auto to = [](double high, double cell, std::size_t count) {
      return std::min(count, static_cast<std::size_t>(std::max(0.0, std::ceil(high / cell - touch))));
    };
    for (auto r = from(unit.y, cell_height); r < to(unit.y + unit.height, cell_height, settings.rows); ++r)
      for (auto c = from(unit.x, cell_width); c < to(unit.x + unit.width, cell_width, settings.columns); ++c)
        covered[r * settings.columns + c] = true;
  }
  const auto gap = std::ranges::find(covered, false);
  if (gap == covered.end()) return;
  const auto index = static_cast<std::size_t>(gap - covered.begin());
  const auto cells = std::ranges::count(covered, false);
  diagnostics.error(plan.where,
                    fmt::format("the units leave a gap of about {:.3g} mm2, at ({:.3f}, {:.3f}) mm",
                                static_cast<double>(cells) * cell_width * cell_height * 1e6,
                                (static_cast<double>(index % settings.columns) + 0.5) * cell_width * 1e3,
                                (static_cast<double>(index / settings.columns) + 0.5) * cell_height * 1e3),
                    "HotSpot has no temperature where no unit is: fill the gap with a unit of no power");
}

std::vector<LayerRow> die_and_interface(const Config& config, Floorplan plan) {
  std::vector<LayerRow> out(2);
  out[0] = {.conducts_sideways = true,
            .heats = true,
            .matter = config.chip,
            .material = "silicon",
            .thickness = config.chip_thickness,
            .floorplan = std::move(plan)};
  out[0].where = out[0].floorplan.where;
  out[1] = {.conducts_sideways = true,
            .matter = config.interface,
            .material = "interface",
            .thickness = config.interface_thickness,
            .where = out[0].where};
  return out;
}

// Within the footprint, where it reaches out of it by no more than that.
void hold(double at, double& length, double end) {
  if (at + length > end && at + length < end + same_size) length = end - at;
}

class Run {
 public:
  Run(const HotspotFiles& files, Model model, Diagnostics& diagnostics)
      : files_{files}, model_{model}, diagnostics_{diagnostics} {}

  std::optional<thermal::HeatCase> load() {
    const auto before = diagnostics_.errors();
    Materials materials;
    if (files_.materials) read_materials(*files_.materials, materials, diagnostics_);
    auto config = read_config(files_.config, materials, diagnostics_);
    if (!config) return std::nullopt;
    auto rows = layers(*config, materials);
    if (!rows) return std::nullopt;
    thermal::HeatCase out{.stack = {.name = files_.config.stem().generic_string()}};
    out.settings = {.columns = config->columns,
                    .rows = config->rows,
                    .model = model_,
                    .detailed = files_.detailed.value_or(config->detailed)};
    if (config->has_usual_materials) say_usual(*config, *rows);
    settle(*config, *rows, out);
    powers(*config, *rows, out);
    return diagnostics_.errors() == before ? std::optional{std::move(out)} : std::nullopt;
  }

 private:
  void say_usual(const Config& config, const std::vector<LayerRow>& rows) {
    const auto say = [&](const SourceSpot& where, const std::string& name) {
      diagnostics_.warning(
          where, fmt::format("no file of materials is named: '{}' is that of HotSpot's examples", name),
          "name one: --materials FILE, or -materials_file");
    };
    for (const auto* key : {"material_chip", "material_interface", "material_spreader", "material_sink"})
      if (const auto* entry = config.find(key)) say(entry->where, entry->value);
    if (has_layers_)
      for (const auto& row : rows)
        if (!row.material.empty()) say(row.where, row.material);
  }

  std::optional<std::vector<LayerRow>> layers(const Config& config, const Materials& materials) {
    has_layers_ = false;
    auto named = files_.layers ? files_.layers : config.file("grid_layer_file", diagnostics_);
    if (named) {
      has_layers_ = true;
      if (files_.floorplan)
        diagnostics_.warning({.file = files_.floorplan->generic_string()},
                             "is not read: the layers name their floorplans");
      return read_layers(*named, materials, diagnostics_);
    }
    const auto plan = files_.floorplan ? files_.floorplan : config.file("f", diagnostics_);
    if (!plan) {
      diagnostics_.error({.file = files_.config.generic_string()}, "neither a floorplan nor layers are given",
                         "add -f FLP, or --layers LCF");
      return std::nullopt;
    }
    auto floorplan = read_floorplan(*plan, diagnostics_);
    if (!floorplan) return std::nullopt;
    return die_and_interface(config, std::move(*floorplan));
  }

  void settle(const Config& config, const std::vector<LayerRow>& rows, thermal::HeatCase& out) {
    auto& stack = out.stack;
    stack.width = rows[0].floorplan.width;
    stack.height = rows[0].floorplan.height;
    stack.ambient = config.ambient;
    stack.package = layout::Spreading{
        .spreader = {config.spreader_side, config.spreader_thickness, solid("spreader", config.spreader)},
        .sink = {config.sink_side, config.sink_thickness, solid("sink", config.sink)},
        .convection = config.convection,
        .capacity = config.convection_capacity};
    if (std::max(stack.width, stack.height) > config.spreader_side) {
      const auto* entry = config.find("s_spreader");
      diagnostics_.error(
          entry != nullptr ? entry->where : SourceSpot{.file = files_.config.generic_string()},
          fmt::format("the spreader, {} mm wide, does not cover the floorplan of {:.4g} x {:.4g} mm",
                      config.spreader_side * 1e3, stack.width * 1e3, stack.height * 1e3),
          "make s_spreader and s_sink larger");
    }
    if (config.find("grid_map_mode") == nullptr && model_ == Model::hotspot7)
      out.notes.emplace_back(
          "grid_map_mode is not set: blocks have the mean of their cells (avg), where HotSpot takes their "
          "centre");
    std::map<std::string, bool> checked;
    bool own_materials = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      add_layer(rows[i], i, out);
      own_materials = own_materials || std::ranges::any_of(rows[i].floorplan.units, [](const auto& unit) {
                        return unit.matter.has_value();
                      });
      if (!rows[i].floorplan.units.empty() && checked.try_emplace(rows[i].floorplan.where.file, true).second)
        complain_of_gaps(rows[i].floorplan, out.settings, diagnostics_);
      if (rows[i].floorplan.has_wires)
        diagnostics_.warning(rows[i].floorplan.where, "wires between units are not read: they are no heat");
    }
    if (own_materials && !out.settings.detailed && model_ == Model::hotspot7)
      diagnostics_.warning({.file = files_.config.generic_string()},
                           "units have materials of their own, which HotSpot leaves out with detailed_3D off",
                           "add --detailed-3d on");
    if (out.settings.detailed && !has_layers_ && model_ == Model::hotspot7)
      diagnostics_.warning({.file = files_.config.generic_string()},
                           "HotSpot refuses detailed_3D without a file of layers; it is computed as asked");
  }

  void add_layer(const LayerRow& row, std::size_t number, thermal::HeatCase& out) {
    const auto name = has_layers_ ? fmt::format("layer_{}", number) : row.material;
    thermal::Layer layer{.name = name,
                         .thickness = row.thickness,
                         .material = solid(row.material, row.matter),
                         .heats = row.heats,
                         .where = row.where};
    // With detailed_3D every cell has a unit's resistance, and HotSpot forgets the flag.
    const bool forgets = model_ == Model::hotspot7 && out.settings.detailed;
    const double along = row.conducts_sideways || forgets ? 1 : 0;
    if (!row.conducts_sideways && forgets)
      diagnostics_.warning(row.where,
                           "HotSpot 7 lets heat flow sideways in this layer all the same, with "
                           "detailed_3D on; so does this model");
    layer.material.along_x *= along;
    layer.material.along_y *= along;
    for (const auto& unit : row.floorplan.units) {
      thermal::Block block{.name = unit.name,
                           .x = unit.x,
                           .y = unit.y,
                           .width = unit.width,
                           .height = unit.height,
                           .where = unit.where};
      if (unit.matter) {
        block.material = solid(unit.name, *unit.matter);
        block.material->along_x *= along;
        block.material->along_y *= along;
      }
      hold(block.x, block.width, out.stack.width);
      hold(block.y, block.height, out.stack.height);
      layer.blocks.push_back(std::move(block));
    }
    out.stack.layers.push_back(std::move(layer));
  }

  void powers(const Config& config, const std::vector<LayerRow>& rows, thermal::HeatCase& out) {
    const auto named = files_.trace ? files_.trace : config.file("p", diagnostics_);
    if (!named) {
      diagnostics_.error({.file = files_.config.generic_string()}, "no powers are given", "add -p PTRACE");
      return;
    }
    std::vector<const Floorplan*> heating;
    std::size_t blocks = 0;
    for (const auto& row : rows) {
      if (row.heats) heating.push_back(&row.floorplan);
      blocks += row.floorplan.units.size();
    }
    if (heating.empty()) {
      diagnostics_.error(rows[0].where, "no layer has power",
                         "say Y in the third line of the layer that heats");
      return;
    }
    const auto steps = read_trace(*named, heating, diagnostics_);
    if (!steps) return;
    thermal::Trace trace{.interval = config.interval};
    for (const auto& step : *steps) {
      auto& all = trace.powers.emplace_back();
      all.reserve(blocks);
      std::size_t next = 0;
      for (const auto& row : rows)
        for (std::size_t i = 0; i < row.floorplan.units.size(); ++i)
          all.push_back(row.heats ? step[next++] : 0);
    }
    std::size_t at = 0;
    for (auto& layer : out.stack.layers)
      for (auto& block : layer.blocks) {
        for (const auto& step : trace.powers) block.power += step[at];
        block.power /= static_cast<double>(trace.powers.size());
        ++at;
      }
    out.step = config.interval;
    if (const auto* entry = config.find("init_temp"); std::abs(config.start - config.ambient) > 1e-9)
      out.notes.push_back(fmt::format("{}: a transient starts at the ambient here, not at {} K",
                                      entry != nullptr ? "init_temp" : "HotSpot's own init_temp",
                                      config.start));
    out.trace = std::move(trace);
  }

  const HotspotFiles& files_;
  Model model_{};
  Diagnostics& diagnostics_;
  bool has_layers_{};
};

}  // namespace

std::optional<thermal::HeatCase> load_hotspot(const HotspotFiles& files, thermal::Model model,
                                              Diagnostics& diagnostics) {
  return Run{files, model, diagnostics}.load();
}

}  // namespace marquetry::exchange
