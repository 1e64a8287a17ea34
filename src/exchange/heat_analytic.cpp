// A figure of a closed form is asked for at a place: there lies a sheet of the slab's own material, too thin
// to be felt, whose block has the figure's name.
#include <algorithm>
#include <cmath>

#include "exchange/heat_parts.h"

namespace marquetry::exchange {
namespace {

using thermal::Block;
using thermal::HeatCase;
using thermal::Layer;
using thermal::Stack;

constexpr double sheet = 1e-12;  // m: 1e6 W/m2 through 1e-12 m of 1 W/(m K) are 1e-6 K
constexpr double unit_side = 1e-3;
constexpr std::size_t few = 1;  // cells of a side along which nothing varies

Layer make_layer(const Stack& stack, std::string name, double thickness, const thermal::Material& material,
                 double power) {
  Layer layer{.name = name, .thickness = thickness, .material = material, .heats = power != 0};
  layer.blocks.push_back(
      {.name = std::move(name), .width = stack.width, .height = stack.height, .power = power});
  return layer;
}

// ---- one dimension: q through the bottom face and g in the volume of one or two layers, h on top

struct Part {
  double conductivity{}, thickness{};
};

HeatCase read_slab(Fields& params) {
  HeatCase made{.settings = {.columns = few, .rows = few}};
  auto& stack = made.stack;
  stack.width = stack.height = unit_side;
  const double area = unit_side * unit_side;
  const bool two = params.optional("k1") != nullptr;
  std::vector<Part> parts;
  for (const std::string_view number :
       two ? std::vector<std::string_view>{"1", "2"} : std::vector<std::string_view>{""})
    parts.push_back(
        {params.number("k" + std::string{number}, 1e-6, most_conductivity, "conductivity, W/(m K)"),
         params.number("L" + std::string{number}, 1e-9, longest_side, "thickness, m")});
  const double contact = two ? params.number_or("Rc", 0, 0, most_resistance) : 0;
  const double flux = params.number_or("q", 0, 0, most_transfer);
  const double heating = params.number_or("g", 0, 0, most_transfer);
  stack.top_transfer = params.number("h", 1e-9, most_transfer, "heat transfer at the top, W/(m2 K)");
  stack.ambient = params.number("Ta", 0, hottest, "K");

  // The flux between cells and with it all faces are exact. Of a cell from z to z' of the slab, as parts of
  // its thickness, the middle is g L^2 / k (1 - z z') / 2 above the top face, for q alone q L / k (1 - (z +
  // z') / 2): slabs that end at 5 / 12, 1 / 2, 7 / 12 and 1, with the faces and the middle, have the means of
  // the whole, g L^2 / 3 k and q L / 2 k. With heat in the volume all seven count as heated. From the middle
  // of one sheet to that of the next lies what the form has between the two faces.
  std::size_t slabs = 0;
  double lost = 0;  // of the face above: half of the last sheet
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const auto& [conductivity, thickness] = parts[p];
    const auto material = isotropic("slab", conductivity, 0);
    const bool first = p == 0, last = p + 1 == parts.size();
    const auto add = [&](std::string name, double thick, double power) {
      auto& layer = stack.layers.emplace_back(make_layer(stack, std::move(name), thick, material, power));
      if (heating > 0) layer.heats = true;
    };
    const double half_sheet = sheet / (2 * conductivity);
    if (!first) stack.layers.back().contact = std::max(contact - lost - half_sheet, 0.0);
    add(first ? "T_bottom" : "T_interface_layer2", sheet, first ? flux * area : 0);
    const auto add_slab = [&](double part, double sheets) {
      const double slice = part * thickness;
      add("slab " + std::to_string(++slabs), slice - sheets * sheet, heating * slice * area);
    };
    if (two) {
      add_slab(1, 1);
    } else {
      add_slab(5.0 / 12, 0.5);
      add_slab(1.0 / 12, 0.5);
      add("T_mid", sheet, 0);
      add_slab(1.0 / 12, 0.5);
      add_slab(5.0 / 12, 0.5);
    }
    add(last ? "T_top" : "T_interface_layer1", sheet, 0);
    lost = half_sheet;
  }
  if (stack.top_transfer * lost < 0.5) stack.top_transfer /= 1 - stack.top_transfer * lost;
  return made;
}

// ---- a rectangle that heats one face of a plate, h on the other

// Into the first layer where it lies on no other block.
void add_apart(std::vector<Layer>& layers, Block block) {
  const auto apart = [&](const Block& other) {
    return std::abs(block.x - other.x) >= block.width || std::abs(block.y - other.y) >= block.height;
  };
  for (auto& layer : layers)
    if (std::ranges::all_of(layer.blocks, apart)) {
      layer.blocks.push_back(std::move(block));
      return;
    }
  layers.push_back({.name = "points " + std::to_string(layers.size() + 1)});
  layers.back().blocks.push_back(std::move(block));
}

HeatCase read_plate_source(Fields& top, Fields& params) {
  constexpr std::size_t cells = 128, layers = 16;
  constexpr double thick_sheet = 1e-9;
  HeatCase made{.settings = {.columns = cells, .rows = cells}};
  auto& stack = made.stack;
  stack.width = params.number("a", 1e-9, longest_side, "side in x, m");
  stack.height = params.number("b", 1e-9, longest_side, "side in y, m");
  const double thickness = params.number("t", 1e-9, longest_side, "thickness, m");
  const auto material =
      isotropic("plate", params.number("k", 1e-6, most_conductivity, "conductivity, W/(m K)"), 0);
  stack.top_transfer = params.number("h", 1e-9, most_transfer, "heat transfer, W/(m2 K)");
  stack.ambient = params.number("Ta", 0, hottest, "K");
  const double power = params.number("P", 0, most_watts, "W of the source");
  const auto& corners = params.items("rect", "[x1, y1, x2, y2] of the source, m");
  if (corners.size() != 4) {
    params.diagnostics().error(name_spot(params.table()), "'params': 'rect' must be [x1, y1, x2, y2] in m");
    return made;
  }
  std::array<double, 4> at{};
  for (std::size_t i = 0; i < 4; ++i) at[i] = params.checked(corners[i], "rect", 0, longest_side);

  // Below the heated face, with all else adiabatic, everything has its temperature; sheets there are thicker,
  // so that what they conduct to each other can still be added up in 16 digits (1e-9 m: 1e-6 of the plate's
  // lateral conductance). A block of one cell's
  // size weighs its four neighbours as bilinear interpolation does.
  stack.layers.push_back(make_layer(stack, "T_mean_face", thick_sheet, material, 0));
  std::vector<Layer> points;
  std::size_t count = 0;
  if (const auto* exact = top.optional("exact")) {
    Fields results{*exact, "'exact'", params.diagnostics()};
    const double width = stack.width / cells, height = stack.height / cells;
    for (const auto& item : results.items("points")) {
      Fields point{item, "a point", params.diagnostics()};
      const double x = point.number("x", 0, stack.width, "m"), y = point.number("y", 0, stack.height, "m");
      add_apart(points, {.name = "point " + std::to_string(++count),
                         .x = std::clamp(x - width / 2, 0.0, stack.width - width),
                         .y = std::clamp(y - height / 2, 0.0, stack.height - height),
                         .width = width,
                         .height = height});
    }
  }
  for (auto& layer : points) {
    layer.thickness = thick_sheet;
    layer.material = material;
    stack.layers.push_back(std::move(layer));
  }
  Layer source{.name = "source", .thickness = thick_sheet, .material = material, .heats = true};
  source.blocks.push_back({.name = "T_mean_over_source",
                           .x = at[0],
                           .y = at[1],
                           .width = at[2] - at[0],
                           .height = at[3] - at[1],
                           .power = power,
                           .where = name_spot(params.table())});
  stack.layers.push_back(std::move(source));
  for (std::size_t i = 0; i < layers; ++i)
    stack.layers.push_back(
        make_layer(stack, "slice " + std::to_string(i + 1), thickness / layers, material, 0));
  return made;
}

// ---- one resistance, with leakage

HeatCase read_lump(Fields& params) {
  constexpr double lump_conductivity = 1e6;
  HeatCase made{.settings = {.columns = few, .rows = few}};
  auto& stack = made.stack;
  stack.width = stack.height = unit_side;
  const double resistance = params.number("R", 1e-9, most_resistance, "to the ambient, K/W");
  const thermal::Leakage leakage{.power = params.number("P0", 0, most_watts, "W of leakage at T0"),
                                 .slope = params.number("b", 0, 1, "per kelvin"),
                                 .reference = params.number("T0", 0, hottest, "K")};
  stack.ambient = params.number("Ta", 0, hottest, "K");
  stack.top_transfer = 1 / (resistance * unit_side * unit_side - sheet / (2 * lump_conductivity));
  stack.layers.push_back(make_layer(stack, "T", sheet, isotropic("lump", lump_conductivity, 0),
                                    params.number("Pd", 0, most_watts, "W that is switched")));
  stack.layers.back().heats = true;
  stack.layers.back().blocks.back().leakage = leakage;
  return made;
}

}  // namespace

HeatCase read_analytic_case(Fields& top) {
  Fields params{*top.optional("params"), "'params'", top.diagnostics()};
  const auto has = [&](std::string_view key) {
    return params.table().is_table() && find(params.table(), key) != nullptr;
  };
  for (const auto key : {"units", "problem", "formula", "exact", "tolerance_K", "note"}) top.optional(key);
  HeatCase made;
  if (has("rect")) {
    made = read_plate_source(top, params);
  } else if (has("R")) {
    made = read_lump(params);
  } else if (has("k") || has("k1")) {
    made = read_slab(params);
  } else {
    top.diagnostics().error(
        name_spot(params.table()),
        "'params' describe no known slab: 'k' and 'L' (or 'k1', 'L1', 'k2', 'L2'), 'h', 'Ta' "
        "and 'q' or 'g' for one dimension; 'a', 'b', 't' and 'rect' for a source on a "
        "plate; 'R', 'Pd', 'P0', 'b', 'T0', 'Ta' for one resistance with leakage");
    return made;
  }
  params.warn_of_unknown_keys();
  return made;
}

}  // namespace marquetry::exchange
