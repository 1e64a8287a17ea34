#include "thermal/package.h"

#include <array>
#include <optional>
#include <span>

namespace marquetry::thermal {
namespace {

// A strip of cells along one edge of the footprint, and the plates beyond it.
struct Edge {
  std::string_view name{};
  std::size_t cells{};          // along the edge
  std::size_t first{}, step{};  // in a plane
  double width{};               // of the edge
  double depth{};               // of the footprint, across the edge
  double half_cell{};           // length of half a cell across the edge, over its width
  bool across_x{};
};

double lateral(const Material& material, const Edge& edge) {
  return edge.across_x ? material.along_x : material.along_y;
}

// Resistance of a layer from one width to another: mean width.
double strip(double length, double width, const Slab& slab, const Edge& edge) {
  return length / (lateral(slab.material, edge) * width * slab.thickness);
}

class Nodes {
 public:
  Nodes(const Stack& stack, double scale, conduction::Grid& grid, conduction::Field& capacity)
      : package_{*stack.package}, scale_{scale}, grid_{grid}, capacity_{capacity} {}

  void add(std::span<const Edge> edges) {
    std::vector<std::optional<std::size_t>> spreader, inner;
    for (const auto& edge : edges) spreader.push_back(spreader_node(edge));
    for (std::size_t i = 0; i < edges.size(); ++i) inner.push_back(inner_node(edges[i], spreader[i]));
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (inner[i]) outer_node(edges[i], *inner[i]);
  }

 private:
  // How far the spreader stands out on both sides together, and how much of it lies beyond one edge.
  double overhang(const Edge& edge) const { return package_.spreader.side - edge.depth; }
  double beyond(const Edge& edge) const { return (package_.spreader.side + edge.width) * overhang(edge) / 4; }
  double first_strip(const Edge& edge, const Slab& slab) const {
    return strip(overhang(edge) / 4, (package_.spreader.side + 3 * edge.width) / 4, slab, edge);
  }

  std::optional<std::size_t> spreader_node(const Edge& edge) {
    if (overhang(edge) <= 0) return std::nullopt;
    const auto hub = node("spreader", edge, package_.spreader, beyond(edge), 0);
    tie(hub, edge, grid_.shape.layers - 2, package_.spreader, first_strip(edge, package_.spreader));
    return hub;
  }

  // Of the sink, above the spreader's overhang.
  std::optional<std::size_t> inner_node(const Edge& edge, std::optional<std::size_t> below) {
    const auto& [spreader, sink, convection, film] = package_;
    if (sink.side <= edge.depth) return std::nullopt;
    const auto hub = node("sink inner", edge, sink, beyond(edge), film_share(beyond(edge)));
    tie(hub, edge, grid_.shape.layers - 1, sink, first_strip(edge, sink));
    grid_.hubs[hub].ground = to_ambient(beyond(edge));
    if (below)
      grid_.hub_links.push_back({*below, hub, spreader.material.across * beyond(edge) / spreader.thickness});
    return hub;
  }

  // Of the sink, beyond the spreader.
  void outer_node(const Edge& edge, std::size_t inner) {
    const auto& [spreader, sink, convection, film] = package_;
    const double area = (sink.side * sink.side - spreader.side * spreader.side) / 4;
    if (area <= 0) return;
    const auto hub = node("sink outer", edge, sink, area, film_share(area));
    grid_.hubs[hub].ground = to_ambient(area);
    const double outward =
        strip(overhang(edge) / 4, (3 * spreader.side + edge.width) / 4, sink, edge) +
        strip((sink.side - spreader.side) / 4, (sink.side + 3 * spreader.side) / 4, sink, edge);
    grid_.hub_links.push_back({inner, hub, 1 / outward});
  }

  std::size_t node(std::string_view what, const Edge& edge, const Slab& slab, double area, double film) {
    grid_.hubs.push_back({.name = std::string{what} + " " + std::string{edge.name}});
    capacity_.hubs.push_back(scale_ * (slab.material.capacity * slab.thickness * area + film));
    return grid_.hubs.size() - 1;
  }

  // Each cell of the edge has its own share of the strip beyond.
  void tie(std::size_t hub, const Edge& edge, std::size_t layer, const Slab& slab, double strip_beyond) {
    const double cell = edge.half_cell / (lateral(slab.material, edge) * slab.thickness);
    const double each = 1 / (cell + static_cast<double>(edge.cells) * strip_beyond);
    for (std::size_t i = 0; i < edge.cells; ++i)
      grid_.hubs[hub].cells.push_back({layer * grid_.shape.plane() + edge.first + i * edge.step, each});
  }

  double film_share(double area) const {
    return package_.capacity * area / (package_.sink.side * package_.sink.side);
  }

  // Up through the sink and into the coolant.
  double to_ambient(double area) const {
    const auto& sink = package_.sink;
    return area / (sink.thickness / sink.material.across + package_.convection * sink.side * sink.side);
  }

  const Spreading& package_;
  double scale_{};
  conduction::Grid& grid_;
  conduction::Field& capacity_;
};

}  // namespace

void add_package(const Stack& stack, double scale, conduction::Grid& grid, conduction::Field& capacity) {
  const auto columns = grid.shape.columns, rows = grid.shape.rows;
  const double cell_width = stack.width / static_cast<double>(columns),
               cell_height = stack.height / static_cast<double>(rows);
  const double x = cell_width / 2 / cell_height, y = cell_height / 2 / cell_width;
  const std::array edges{
      Edge{"W", rows, 0, columns, stack.height, stack.width, x, true},
      Edge{"E", rows, columns - 1, columns, stack.height, stack.width, x, true},
      Edge{"N", columns, (rows - 1) * columns, 1, stack.width, stack.height, y, false},
      Edge{"S", columns, 0, 1, stack.width, stack.height, y, false},
  };
  Nodes{stack, scale, grid, capacity}.add(edges);
}

}  // namespace marquetry::thermal
