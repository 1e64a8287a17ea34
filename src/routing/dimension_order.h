// Dimension order: one dimension after the other, on grids and on flattened butterflies.
#pragma once

#include <optional>
#include <string>

#include "routing/grid.h"
#include "routing/routing.h"
#include "routing/tables.h"

namespace marquetry::routing {

// In which order: from the first dimension, or from the last one.
enum class Dimensions : std::uint8_t { ascending, descending };

// Ports in dimension order. On a torus wrap-around links are left out; on a concentrated mesh express
// channels are taken where `express`. Nothing, and why, where routers have no coordinates.
enum class Express : std::uint8_t { left_out, taken };
std::optional<PortTable> dimension_order_ports(const topology::Graph& graph, Dimensions dimensions,
                                               Express express, std::string& why);

// On a torus the shorter way around, half way around by lot, and the class of virtual channels that breaks
// the circle: chosen on turning into a dimension and kept in it. Dally, Seitz, Torus Routing Chip, 1986, as
// BookSim2 has it (src/routefunc.cpp, dor_next_torus).
struct RingStep {
  std::uint32_t direction{};  // 2 i up in dimension i, 2 i + 1 down
  std::uint32_t vc_class{};   // 0 or 1
};
enum class Dateline : std::uint8_t {
  one,      // between the last router and the first
  balanced  // a second one half way; what crosses none may draw its class
};
// `came`: the step that brought the packet here, if it is to go on in its dimension as it came. The routers
// are not the same.
RingStep ring_step(const GridView& grid, std::uint32_t router, std::uint32_t to,
                   const std::optional<RingStep>& came, Dateline dateline, const Lots& lots);

}  // namespace marquetry::routing
