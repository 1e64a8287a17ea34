#include "routing/dimension_order.h"

#include <algorithm>

namespace marquetry::routing {
namespace {

using topology::Family;
using topology::Graph;
using topology::none;

// The first dimension, in that order, in which two routers differ; they do in one.
std::uint32_t next_dimension(const Grid& grid, std::uint32_t from, std::uint32_t to, Dimensions dimensions) {
  const auto d = grid.dimensions;
  for (std::uint32_t i = 0; i < d; ++i) {
    const auto dimension = dimensions == Dimensions::ascending ? i : d - 1 - i;
    if (grid.at[from * d + dimension] != grid.at[to * d + dimension]) return dimension;
  }
  return 0;
}

std::uint32_t mesh_port(const Grid& grid, std::uint32_t from, std::uint32_t to, Dimensions dimensions) {
  const auto i = next_dimension(grid, from, to, dimensions);
  const bool down = grid.at[from * grid.dimensions + i] > grid.at[to * grid.dimensions + i];
  return grid.port[(std::size_t{from} * grid.dimensions + i) * 2 + (down ? 1 : 0)];
}

// From a rim of the concentrated mesh over the port that would lead off it, half the rim further on: where
// what is left in the dimension is at least that (src/networks/cmesh.cpp, cmesh_next).
std::uint32_t express_port(const Graph& graph, const Grid& grid, std::uint32_t from, std::uint32_t to,
                           Dimensions dimensions) {
  const auto i = next_dimension(grid, from, to, dimensions);
  const auto k = grid.extent[0], here = grid.at[from * 2 + i], there = grid.at[to * 2 + i];
  const auto across = grid.at[from * 2 + (1 - i)];
  if (std::max(here, there) - std::min(here, there) >= k / 2 && (across == 0 || across == k - 1))
    return graph.shape.c + 2 * (1 - i) + (across == 0 ? 1 : 0);
  return mesh_port(grid, from, to, dimensions);
}

std::optional<PortTable> butterfly_ports(const Graph& graph, Dimensions dimensions, std::string& why) {
  const std::size_t n = graph.routers;
  PortTable direct(n * n, none);
  for (const auto& c : graph.channels) direct[c.from * n + c.to] = c.out_port;
  const std::uint32_t columns = graph.shape.radices.empty() ? graph.shape.k : graph.shape.radices[0];
  PortTable out(n * n, none);
  for (std::size_t from = 0; from < n; ++from) {
    for (std::size_t to = 0; to < n; ++to) {
      if (from == to) continue;
      const auto x = to % columns, y = to / columns;
      auto corner =
          dimensions == Dimensions::ascending ? from - from % columns + x : y * columns + from % columns;
      if (corner == from) corner = to;
      out[from * n + to] = direct[from * n + corner];
      if (out[from * n + to] == none) {
        why = "a flattened butterfly of two dimensions links every pair in a row and in a column";
        return std::nullopt;
      }
    }
  }
  return out;
}

}  // namespace

std::optional<PortTable> dimension_order_ports(const Graph& graph, Dimensions dimensions, Express express,
                                               std::string& why) {
  if (graph.shape.family == Family::flattened_butterfly) return butterfly_ports(graph, dimensions, why);
  const auto on = grid(graph, why);
  if (!on) return std::nullopt;
  const std::uint32_t n = graph.routers;
  PortTable out(std::size_t{n} * n, none);
  for (std::uint32_t from = 0; from < n; ++from) {
    for (std::uint32_t to = 0; to < n; ++to) {
      if (from == to) continue;
      out[std::size_t{from} * n + to] = express == Express::taken
                                            ? express_port(graph, *on, from, to, dimensions)
                                            : mesh_port(*on, from, to, dimensions);
    }
  }
  return out;
}

RingStep ring_step(const GridView& grid, std::uint32_t router, std::uint32_t to,
                   const std::optional<RingStep>& came, Dateline dateline, const Lots& lots) {
  std::uint32_t i = 0;
  while (grid.at(router, i) == grid.at(to, i)) ++i;
  if (came && came->direction / 2 == i) return *came;
  const auto k = grid.extent(i), here = grid.at(router, i), there = grid.at(to, i);
  const auto up = (there + k - here) % k;
  const bool goes_up = 2 * up < k || (2 * up == k && lots(2) == 1);
  RingStep out{2 * i + (goes_up ? 0 : 1), 0};
  if (dateline == Dateline::one) {
    out.vc_class = here > there ? 1 : 0;
    return out;
  }
  const auto middle = (k - 1) / 2;
  if (goes_up ? here > there : here < there)
    out.vc_class = 1;
  else if (goes_up ? here <= middle && there > middle : here > middle && there <= middle)
    out.vc_class = 0;
  else
    out.vc_class = lots(2);
  return out;
}

}  // namespace marquetry::routing
