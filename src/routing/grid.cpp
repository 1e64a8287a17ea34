#include "routing/grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace marquetry::routing {
namespace {

using topology::Family;
using topology::Graph;
using topology::none;

std::size_t cells(const Grid& grid) {
  return std::accumulate(grid.extent.begin(), grid.extent.end(), std::size_t{1},
                         [](std::size_t product, std::uint32_t e) { return product * e; });
}

// Router = sum x_i k^i, as BookSim2 counts, or by the radices of the dimensions.
Grid by_shape(const Graph& graph) {
  Grid out{.dimensions = graph.shape.n, .wraps = graph.shape.family == Family::torus};
  out.extent = graph.shape.radices.empty() ? std::vector(out.dimensions, graph.shape.k) : graph.shape.radices;
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    std::uint32_t rest = r;
    for (const auto extent : out.extent) {
      out.at.push_back(rest % std::max(extent, 1u));
      rest /= std::max(extent, 1u);
    }
  }
  return out;
}

// Dimension 0 along x; nothing where a coordinate is no whole number of pitches from the corner.
std::optional<Grid> by_places(const Graph& graph) {
  Grid out{.dimensions = 2, .extent = {1, 1}};
  topology::Point corner = graph.places.front();
  for (const auto& p : graph.places) corner = {std::min(corner.x, p.x), std::min(corner.y, p.y)};
  for (const auto& p : graph.places) {
    const double x = p.x - corner.x, y = p.y - corner.y;
    if (std::abs(x - std::round(x)) > 1e-6 || std::abs(y - std::round(y)) > 1e-6) return std::nullopt;
    out.at.push_back(static_cast<std::uint32_t>(std::lround(x)));
    out.at.push_back(static_cast<std::uint32_t>(std::lround(y)));
    out.extent[0] = std::max(out.extent[0], out.at.end()[-2] + 1);
    out.extent[1] = std::max(out.extent[1], out.at.end()[-1] + 1);
  }
  return out;
}

// The router in each cell; nothing where one is empty or taken twice.
std::optional<std::vector<std::uint32_t>> routers_by_cell(const Graph& graph, const Grid& grid) {
  if (cells(grid) != graph.routers) return std::nullopt;
  std::vector<std::uint32_t> out(graph.routers, none);
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    std::size_t cell = 0;
    for (std::uint32_t i = grid.dimensions; i-- > 0;)
      cell = cell * grid.extent[i] + grid.at[r * grid.dimensions + i];
    if (out[cell] != none) return std::nullopt;
    out[cell] = r;
  }
  return out;
}

// Two routers may be joined by several channels (a torus of radix 2, express channels): the one at the port
// that BookSim2 gives to the direction, else the first of them up and the last one down.
std::uint32_t port_to(const Graph& graph, const std::vector<std::uint32_t>& leaving, std::uint32_t to,
                      std::uint32_t direction) {
  const auto usual =
      direction + (graph.shape.family == Family::concentrated_mesh ? graph.shape.c : std::uint32_t{0});
  std::uint32_t first = none, last = none;
  for (const auto c : leaving) {
    const auto& channel = graph.channels[c];
    if (channel.to != to) continue;
    if (channel.out_port == usual) return usual;
    first = first == none ? channel.out_port : std::min(first, channel.out_port);
    last = last == none ? channel.out_port : std::max(last, channel.out_port);
  }
  return direction % 2 == 0 ? first : last;
}

struct Linked {
  bool neighbours{true}, ends{true};  // all of them
};

// The ports of a router in a dimension.
void find_ports(const Graph& graph, const std::vector<std::uint32_t>& leaving,
                const std::vector<std::uint32_t>& by_cell, std::uint32_t cell, std::uint32_t i,
                std::uint32_t stride, Grid& grid, Linked& linked) {
  const auto r = by_cell[cell];
  const auto x = grid.at[r * grid.dimensions + i], last = grid.extent[i] - 1;
  const auto up = x == last ? cell - last * stride : cell + stride;
  const auto down = x == 0 ? cell + last * stride : cell - stride;
  auto* const port = grid.port.data() + (std::size_t{r} * grid.dimensions + i) * 2;
  port[0] = port_to(graph, leaving, by_cell[up], 2 * i);
  port[1] = port_to(graph, leaving, by_cell[down], 2 * i + 1);
  const bool has_up = port[0] != none, has_down = port[1] != none;
  linked.neighbours = linked.neighbours && (has_up || x == last) && (has_down || x == 0);
  linked.ends = linked.ends && has_up && has_down;
}

// False where two neighbours are not linked. A grid from places wraps if all its ends are linked and are no
// neighbours anyway.
bool find_ports(const Graph& graph, const std::vector<std::uint32_t>& by_cell, Grid& grid) {
  std::vector<std::vector<std::uint32_t>> leaving(graph.routers);
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) leaving[graph.channels[c].from].push_back(c);
  grid.port.assign(std::size_t{graph.routers} * 2 * grid.dimensions, none);
  Linked linked;
  for (std::uint32_t cell = 0; cell < graph.routers; ++cell) {
    std::uint32_t stride = 1;
    for (std::uint32_t i = 0; i < grid.dimensions; stride *= grid.extent[i++])
      if (grid.extent[i] > 1)
        find_ports(graph, leaving[by_cell[cell]], by_cell, cell, i, stride, grid, linked);
  }
  if (graph.shape.family == Family::arbitrary)
    grid.wraps = linked.ends && *std::min_element(grid.extent.begin(), grid.extent.end()) > 2;
  return linked.neighbours && (graph.shape.family != Family::torus || linked.ends);
}

}  // namespace

std::optional<Grid> grid(const Graph& graph, std::string& why) {
  std::optional<Grid> out;
  switch (graph.shape.family) {
    case Family::mesh:
    case Family::torus:
    case Family::concentrated_mesh:
      if (graph.shape.n > 0) out = by_shape(graph);
      break;
    case Family::arbitrary:
      if (graph.places.size() == graph.routers && graph.routers > 0) out = by_places(graph);
      break;
    case Family::flattened_butterfly:
    case Family::fat_tree:
      break;
  }
  why = "dimension order needs a grid of routers whose neighbours are linked";
  if (!out) return std::nullopt;
  const auto by_cell = routers_by_cell(graph, *out);
  if (!by_cell || !find_ports(graph, *by_cell, *out)) return std::nullopt;
  why.clear();
  return out;
}

std::vector<std::uint32_t> words(const Grid& grid) {
  std::vector<std::uint32_t> out{grid.dimensions, static_cast<std::uint32_t>(grid.at.size())};
  out.insert(out.end(), grid.extent.begin(), grid.extent.end());
  out.insert(out.end(), grid.at.begin(), grid.at.end());
  out.insert(out.end(), grid.port.begin(), grid.port.end());
  return out;
}

GridView::GridView(std::span<const std::uint32_t> words)
    : dimensions_{words[0]}, extent_{words.data() + 2}, at_{extent_ + dimensions_}, port_{at_ + words[1]} {}

}  // namespace marquetry::routing
