// Any minimal direction on most virtual channels, dimension order on the lowest (on a torus on the two
// lowest) as the escape; who is on the escape stays there. Duato, IEEE Trans. Parallel Distrib. Syst. 4,
// 1993; BookSim2's min_adapt (src/routefunc.cpp).
#include "routing/adaptive.h"

#include "routing/dimension_order.h"
#include "routing/phases.h"

namespace marquetry::routing {
namespace {

using topology::Graph;

// BookSim2 keeps the ways on in a set ordered by priority alone, so that of several minimal directions only
// that of the lowest dimension is left (src/outputset.hpp): its packets are not adaptive at all. On a torus
// it takes a single virtual channel besides the escape, and goes down where both ways are as long.
enum class Choice : std::uint8_t { all, lowest_dimension };

template <Choice choice>
void add_minimal(const GridView& grid, std::uint32_t router, std::uint32_t to, bool wraps, VcRange vcs,
                 Ways& ways) {
  for (std::uint32_t i = 0; i < grid.dimensions(); ++i) {
    const auto here = grid.at(router, i), there = grid.at(to, i), k = grid.extent(i);
    if (here == there) continue;
    const auto up = (there + k - here) % k;
    const bool may_up = wraps ? 2 * up < k || (2 * up == k && choice == Choice::all) : here < there;
    const bool may_down = wraps ? 2 * up >= k : here > there;
    if (may_up) ways.add({grid.port(router, 2 * i), vcs.first, vcs.last, 1});
    if (may_down) ways.add({grid.port(router, 2 * i + 1), vcs.first, vcs.last, 1});
    if (choice == Choice::lowest_dimension) return;
  }
}

template <Choice choice>
void next(const Graph& graph, const Routing& routing, const Arrival& at, const Lots&, Packet& packet,
          Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.router == to) return eject(graph, routing, packet.destination, ways);
  const GridView grid{routing.data};
  if (at.at_source || at.vc > 0) add_minimal<choice>(grid, at.router, to, false, {1, routing.vcs - 1}, ways);
  std::uint32_t i = 0;
  while (grid.at(at.router, i) == grid.at(to, i)) ++i;
  ways.add({grid.port(at.router, 2 * i + (grid.at(at.router, i) > grid.at(to, i) ? 1 : 0)), 0, 0});
}

template <Choice choice>
void next_on_torus(const Graph& graph, const Routing& routing, const Arrival& at, const Lots& lots,
                   Packet& packet, Ways& ways) {
  const auto to = graph.terminals[packet.destination].router;
  if (at.router == to) return eject(graph, routing, packet.destination, ways);
  const GridView grid{routing.data};
  const bool escaped = !at.at_source && at.vc < 2;
  if (!escaped) {
    const auto vcs = choice == Choice::all ? VcRange{2, routing.vcs - 1} : VcRange{3, 3};
    add_minimal<choice>(grid, at.router, to, true, vcs, ways);
  }
  const auto step =
      ring_step(grid, at.router, to, escaped ? step_of(packet.phase) : std::nullopt, Dateline::one, lots);
  packet.phase = phase_of(step);
  ways.add({grid.port(at.router, step.direction), step.vc_class, step.vc_class});
}

template <Choice choice>
Made make(const char* name, const Graph& graph, std::uint32_t vcs, std::string& why) {
  const auto on = grid(graph, why);
  if (!on) return std::nullopt;
  const std::uint32_t least = !on->wraps ? 2 : choice == Choice::all ? 3 : 4;
  if (vcs < least) {
    why = std::string{"minimal adaptive routing needs "} +
          (least == 2   ? "two"
           : least == 3 ? "three"
                        : "four") +
          " virtual channels here: " + (on->wraps ? "two" : "one") + " to escape, the others to choose";
    return std::nullopt;
  }
  return Routing{
      .name = name, .vcs = vcs, .next = on->wraps ? next_on_torus<choice> : next<choice>, .data = words(*on)};
}

}  // namespace

Made minimal_adaptive(const Graph& graph, std::uint32_t vcs, std::string& why) {
  std::string no_grid;
  if (!grid(graph, no_grid)) return minimal_adaptive_paths(graph, vcs, why);
  return make<Choice::all>("minimal-adaptive", graph, vcs, why);
}

Made booksim_minimal_adaptive(const Graph& graph, std::uint32_t vcs, std::string& why) {
  return make<Choice::lowest_dimension>("minimal-adaptive-booksim2", graph, vcs, why);
}

}  // namespace marquetry::routing
