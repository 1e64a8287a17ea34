// Two steps: the conductivity and capacity of every cell of a layer, by the model's rule for mixed cells;
// then the conductances between cells, by the model's rule for faces.
#include "thermal/assembly.h"

#include <algorithm>

#include "geometry/raster.h"
#include "thermal/cells.h"
#include "thermal/package.h"

namespace marquetry::thermal {
namespace {

// HotSpot 7: what its code has as C_FACTOR, OCCUPANCY_THRESHOLD and DELTA (temperature.h, temperature_grid.h,
// util.h).
constexpr double hotspot_capacity = 0.333;
constexpr double hotspot_lock = 0.95;
constexpr double hotspot_delta = 1e-6;

const Material& material_of(const Block& block, const Layer& layer) {
  return block.material ? *block.material : layer.material;
}

// HotSpot 7, detailed_3D: a block with nearly all of a cell has it; else the blocks' parts add up, in the
// order of the floorplan. A cell that no block locks has the layer's capacity.
CellMaterials locked(const Layer& layer, std::span<const Cover> covers, std::size_t cells) {
  CellMaterials out{cells, layer.material};
  enum class Cell : std::uint8_t { untouched, shared, locked };
  std::vector<Cell> state(cells);
  for (std::size_t b = 0; b < layer.blocks.size(); ++b) {
    const auto& its = material_of(layer.blocks[b], layer);
    for (const auto& [cell, share] : covers[b].shares) {
      if (state[cell] == Cell::locked) continue;
      const bool lock = share >= hotspot_lock, keep = state[cell] == Cell::shared && !lock;
      const double weight = lock ? 1 : share;
      out.x[cell] = (keep ? out.x[cell] : 0) + weight * its.along_x;
      out.y[cell] = (keep ? out.y[cell] : 0) + weight * its.along_y;
      out.z[cell] = (keep ? out.z[cell] : 0) + weight * its.across;
      if (lock) out.capacity[cell] = its.capacity;
      state[cell] = lock ? Cell::locked : Cell::shared;
    }
  }
  return out;
}

Cover cover(const Stack& stack, const Block& block, const Settings& settings) {
  const bool exact = settings.model == Model::physical;
  const auto parts = [&](double low, double length, std::size_t cells, double total) {
    auto spans = geometry::spans(low, length, cells, total);
    if (exact) return spans;
    std::erase_if(spans, [](const auto& s) { return s.of_cell < hotspot_delta; });
    for (auto& s : spans)
      if (s.of_cell > 1 - hotspot_delta) s.of_cell = 1;
    return spans;
  };
  const auto across = parts(block.x, block.width, settings.columns, stack.width);
  const auto along = parts(block.y, block.height, settings.rows, stack.height);
  Cover out;
  out.shares.reserve(across.size() * along.size());
  for (const auto& row : along)
    for (const auto& column : across)
      out.shares.push_back({row.cell * settings.columns + column.cell, row.of_cell * column.of_cell});
  return out;
}

struct Cell {
  double width{}, height{}, area{};
};

// Half of each cell's resistance: across columns, rows and layers. What does not conduct is infinite. One for
// all cells of an even layer.
struct Halves {
  std::vector<double> x{}, y{}, z{};

  Halves(const CellMaterials& k, double thickness, const Cell& cell) : x(k.x), y(k.y), z(k.z) {
    const double along_x = cell.width / (2 * cell.height * thickness),
                 along_y = cell.height / (2 * cell.width * thickness), across = thickness / (2 * cell.area);
    for (double& r : x) r = along_x / r;
    for (double& r : y) r = along_y / r;
    for (double& r : z) r = across / r;
  }
};

// In one layer. HotSpot 7 has the two directions exchanged between cells (not to the package's nodes).
void add_lateral(const Halves& half, std::size_t layer, Model model, conduction::Grid& grid) {
  const auto& [columns, rows, layers] = grid.shape;
  const auto& to_right = model == Model::physical ? half.x : half.y;
  const auto& to_up = model == Model::physical ? half.y : half.x;
  const auto plane = grid.shape.plane();
  const auto right = std::span{grid.right}.subspan(layer * plane, plane),
             up = std::span{grid.up}.subspan(layer * plane, plane);
  const bool even = to_right.size() == 1;
  for (std::size_t r = 0; r < rows; ++r) {
    const auto row = right.subspan(r * columns, columns - 1);
    if (even)
      std::ranges::fill(row, 1 / (2 * to_right[0]));
    else
      for (std::size_t c = 0, i = r * columns; c + 1 < columns; ++c, ++i)
        row[c] = 1 / (to_right[i] + to_right[i + 1]);
  }
  if (even)
    std::ranges::fill(up.first(plane - columns), 1 / (2 * to_up[0]));
  else
    for (std::size_t i = 0; i + columns < plane; ++i) up[i] = 1 / (to_up[i] + to_up[i + columns]);
}

// The faces between two layers: the lower's halves taken `down` times, the upper's `up` times.
void add_vertical(std::span<const double> lower, std::span<const double> upper, double down, double up,
                  double contact, std::span<double> above) {
  if (lower.size() < upper.size())
    for (std::size_t i = 0; i < above.size(); ++i) above[i] = 1 / (down * lower[0] + up * upper[i] + contact);
  else if (lower.size() > upper.size())
    for (std::size_t i = 0; i < above.size(); ++i) above[i] = 1 / (down * lower[i] + up * upper[0] + contact);
  else if (lower.size() == 1)
    std::ranges::fill(above, 1 / (down * lower[0] + up * upper[0] + contact));
  else
    for (std::size_t i = 0; i < above.size(); ++i) above[i] = 1 / (down * lower[i] + up * upper[i] + contact);
}

// What a layer adds to a face between layers, in its own half resistances: the physical rule has 1 on both
// sides, HotSpot 7 with detailed_3D the whole of layer 0, and without it the whole of the lower layer alone.
double below_face(const Settings& settings, std::size_t layer) {
  if (settings.model == Model::physical) return 1;
  return settings.detailed && layer > 0 ? 1 : 2;
}
double above_face(const Settings& settings) {
  return settings.model == Model::physical || settings.detailed ? 1 : 0;
}

void add_to_ambient(std::span<const double> half, double film, double halves, std::span<double> ground) {
  for (std::size_t i = 0; i < ground.size(); ++i)
    ground[i] += 1 / (halves * half[half.size() == 1 ? 0 : i] + film);
}

}  // namespace

Assembled assemble(const Stack& stack, const Settings& settings, const conduction::Field& rise) {
  Assembled out{.settings = settings};
  const bool packaged = stack.package.has_value(), physical = settings.model == Model::physical;
  auto& grid = out.grid;
  grid.shape = {settings.columns, settings.rows, stack.layers.size() + (packaged ? 2 : 0)};
  const auto plane = grid.shape.plane(), cells = grid.shape.cells();
  for (auto* list : {&grid.right, &grid.up, &grid.above, &grid.ground, &out.capacity.cells})
    list->resize(cells);
  const Cell cell{stack.width / static_cast<double>(settings.columns),
                  stack.height / static_cast<double>(settings.rows),
                  stack.width * stack.height / static_cast<double>(plane)};
  const double scale = physical ? 1 : hotspot_capacity;
  std::vector<double> temperatures(rise.cells);
  for (double& t : temperatures) t += stack.ambient;

  std::vector<double> lower;  // halves of the layer below, through the layers
  double contact = 0;
  const auto add_layer = [&](const Layer& layer, std::size_t l, std::span<const Cover> covers, double film) {
    const auto of_layer = std::span{temperatures}.subspan(temperatures.empty() ? 0 : l * plane,
                                                          temperatures.empty() ? 0 : plane);
    const auto materials = [&] {
      const bool one = physical ? even(layer, of_layer) : !settings.detailed || layer.blocks.empty();
      if (one) return CellMaterials{1, layer.material};
      return physical ? mixed(layer, covers, plane, of_layer) : locked(layer, covers, plane);
    };
    const auto k = materials();
    Halves half{k, layer.thickness, cell};
    add_lateral(half, l, settings.model, grid);
    // HotSpot 7 counts the convection into the sink's own resistance.
    if (!physical)
      for (double& r : half.z) r += film / 2;
    if (l > 0)
      add_vertical(lower, half.z, below_face(settings, l - 1), above_face(settings), contact / cell.area,
                   std::span{grid.above}.subspan((l - 1) * plane, plane));
    const auto capacity = std::span{out.capacity.cells}.subspan(l * plane, plane);
    const double volume = scale * layer.thickness * cell.area;
    for (std::size_t i = 0; i < plane; ++i) capacity[i] = volume * k.capacity[k.capacity.size() == 1 ? 0 : i];
    lower = std::move(half.z);
    contact = layer.contact;
  };

  out.covers.resize(stack.layers.size());
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    for (const auto& block : stack.layers[l].blocks) out.covers[l].push_back(cover(stack, block, settings));
    add_layer(stack.layers[l], l, out.covers[l], 0);
    if (l == 0 && stack.bottom_transfer > 0)
      add_to_ambient(lower, 1 / (stack.bottom_transfer * cell.area), physical ? 1 : 2,
                     std::span{grid.ground}.first(plane));
  }
  const auto top = std::span{grid.ground}.last(plane);
  if (packaged) {
    const auto& [spreader, sink, convection, film_capacity] = *stack.package;
    const double sink_area = sink.side * sink.side, film = convection * sink_area / cell.area;
    const auto layers = stack.layers.size();
    add_layer({.name = "spreader", .thickness = spreader.thickness, .material = spreader.material}, layers,
              {}, 0);
    add_layer({.name = "sink", .thickness = sink.thickness, .material = sink.material}, layers + 1, {}, film);
    add_to_ambient(lower, physical ? film : 0, physical ? 1 : 2, top);
    for (double& c : std::span{out.capacity.cells}.last(plane))
      c += scale * film_capacity * cell.area / sink_area;
    add_package(stack, scale, grid, out.capacity);
  } else if (stack.top_transfer > 0) {
    add_to_ambient(lower, 1 / (stack.top_transfer * cell.area), physical ? 1 : 2, top);
  }
  return out;
}

}  // namespace marquetry::thermal
