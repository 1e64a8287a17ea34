// The bound of the wire is a sum over links. Two dies on the carrier lie apart in x or in y, by no less than
// their gap and their rings. So a wire from one to the other covers in that direction at least
//   the way from where it leaves the first to the ring's edge that faces the second
//   + the gap + the same way in the second,
// and the other direction adds no less than 0. Between centres the way is half the die and the ring; from the
// edge of a die, where PHYs are, the ring. From a clump it depends on the clump, and no clump takes more
// wires than it has bumps: the cheapest way to leave fills the nearest clumps first, whichever edge faces the
// other die; filling them for this link alone, as if all others were not there, can only be cheaper.
#include "placement/objective.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "floorplan/bound.h"

namespace marquetry::placement {
namespace {

using geometry::Side;

constexpr double millimetre = 1e6, square_millimetre = 1e12;

double number(geometry::Nanometre n) { return static_cast<double>(n); }

// Of that many wires together, from the die's clumps to the edge of its ring at `facing`.
double way_out(const layout::Die& die, Side facing, double wires) {
  struct Exit {
    double way, capacity;
  };
  std::vector<Exit> exits;
  for (const Side side : geometry::sides) {
    const auto& clump = (*die.clumps)[index(side)];
    const double across = number(geometry::is_vertical(facing) ? die.size.width : die.size.height);
    double way = number(die.ring) + across / 2;
    if (side == facing) way = number(die.ring - clump.outside);
    if (side == geometry::opposite(facing)) way = number(die.ring + clump.outside) + across;
    exits.push_back({way, clump.capacity});
  }
  std::ranges::sort(exits, {}, &Exit::way);
  double sum = 0;
  for (const auto& [way, capacity] : exits) {
    const double leave = std::min(wires, capacity);
    sum += leave * way;
    wires -= leave;
  }
  return sum;  // what is left over finds no clump; the transport then has no answer
}

double least_way(const layout::Die& die, Metric metric, double wires) {
  if (metric == Metric::phys) return wires * number(die.ring);
  if (metric == Metric::transport) {
    double least = std::numeric_limits<double>::infinity();
    for (const Side side : geometry::sides) least = std::min(least, way_out(die, side, wires));
    return least;
  }
  if (die.soft) return 0;
  return wires * (number(die.ring) + number(std::min(die.size.width, die.size.height)) / 2);
}

}  // namespace

double wire_bound(const layout::Problem& problem, const Blocks& blocks, Metric metric) {
  if (metric == Metric::half_perimeter && !problem.nets.empty()) {
    return floorplan::wire_bound(blocks.problem) / millimetre;
  }
  double sum = 0;
  for (const auto& link : problem.links) {
    const bool apart = !problem.dies[link.a].on && !problem.dies[link.b].on;
    if (!apart || blocks.of_die[link.a] == blocks.of_die[link.b]) continue;
    if (metric == Metric::phys && !link.phy) continue;
    const double wires =
        metric == Metric::phys ? link.phy->wires * static_cast<double>(link.phy->modules) : link.wires;
    sum += wires * number(layout::gap_between(problem, link.a, link.b));
    for (const auto die : {link.a, link.b}) sum += least_way(problem.dies[die], metric, wires);
  }
  return std::max(0.0, sum) / millimetre;
}

double bound(const layout::Problem& problem, const Blocks& blocks, Metric metric, const Options& options) {
  double area = 0;
  for (const auto& die : problem.dies) area += die.on ? 0 : geometry::area(die.size);
  double sum = options.weights.wire * wire_bound(problem, blocks, metric);
  // A soft die may have a nanometre's strip less than its area (rounding).
  sum += options.weights.area * area * (1 - 1e-6) / square_millimetre;
  if (options.weights.cost > 0 && options.cost && problem.carrier.fixed) {
    sum += options.weights.cost * options.cost(*problem.carrier.fixed);
  }
  return sum;
}

double objective(const layout::Problem& problem, Metric metric, const Options& options,
                 const layout::Layout& layout, const Figures& figures) {
  const auto& weights = options.weights;
  double wire = 0;
  switch (metric) {
    case Metric::transport:
      wire = figures.transport.value_or(0);
      break;
    case Metric::phys:
      wire = figures.phys.value_or(0);
      break;
    case Metric::centre:
      wire = figures.centre.value_or(0);
      break;
    default:
      wire = figures.hpwl;
  }
  double sum = weights.wire * wire;
  const auto& whole = layout.carrier;
  const double area = problem.carrier.fixed ? geometry::area(figures.box) : geometry::area(whole);
  sum += weights.area * area / square_millimetre;
  if (weights.cost > 0 && options.cost) sum += weights.cost * options.cost({whole.width(), whole.height()});
  if (figures.peak) sum += weights.temperature * (*figures.peak - problem.ambient);
  return sum;
}

std::string name_of(Metric metric, const Weights& weights) {
  std::string name;
  const auto add = [&](double weight, std::string_view what) {
    if (weight == 0) return;
    if (!name.empty()) name += " + ";
    name += weight == 1 ? std::string{what} : fmt::format("{:g} x {}", weight, what);
  };
  switch (metric) {
    case Metric::transport:
      add(weights.wire, "transport wire in mm");
      break;
    case Metric::phys:
      add(weights.wire, "PHY wire in mm");
      break;
    case Metric::centre:
      add(weights.wire, "centre wire in mm");
      break;
    default:
      add(weights.wire, "half perimeter in mm");
  }
  add(weights.area, "area in mm2");
  add(weights.cost, "cost in USD");
  add(weights.temperature, "K above ambient");
  return name.empty() ? "nothing" : name;
}

}  // namespace marquetry::placement
