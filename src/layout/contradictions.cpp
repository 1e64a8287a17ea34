// Rules that say where dies lie to each other are differences of coordinates: x_b - x_a is at least and at
// most something, over all rotations. A cycle whose sum is negative cannot be kept (Bellman 1958, Ford 1956),
// and its rules are the ones to name. x and y apart.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "layout/fit.h"
#include "layout/text.h"

namespace marquetry::layout {
namespace {

enum class Axis : std::uint8_t { x, y };

// position(to) - position(from) <= most
struct Bound {
  std::size_t from{}, to{};
  Nanometre most{};
  std::string rule{};
};

struct Span {
  Nanometre least{}, most{};
};

struct System {
  std::map<std::size_t, std::size_t> variables{};  // of dies; 0 is the origin
  std::vector<Bound> bounds{};

  std::size_t variable(std::size_t die) { return variables.emplace(die, variables.size() + 1).first->second; }
  // b - a lies in the span
  void add(std::size_t a, std::size_t b, Span span, const std::string& rule) {
    bounds.push_back({a, b, span.most, rule});
    bounds.push_back({b, a, -span.least, rule});
  }
};

Nanometre extent(Size size, Axis axis) { return axis == Axis::x ? size.width : size.height; }

std::vector<Rotation> rotations_of(const Die& die) {
  if (die.fixed) return {die.fixed->rotation};
  std::vector<Rotation> allowed;
  for (const auto r : geometry::rotations) {
    if ((die.rotations >> static_cast<unsigned>(r) & 1u) != 0) allowed.push_back(r);
  }
  return allowed;
}

// Width or height over all allowed rotations; of a soft die over its shapes.
Span extents(const Die& die, Axis axis) {
  if (die.soft) {
    const double least = std::sqrt(die.soft->area * die.soft->least_aspect),
                 most = std::sqrt(die.soft->area * die.soft->largest_aspect);
    return axis == Axis::x ? Span{static_cast<Nanometre>(least), static_cast<Nanometre>(most) + 1}
                           : Span{static_cast<Nanometre>(die.soft->area / most),
                                  static_cast<Nanometre>(die.soft->area / least) + 1};
  }
  Span span{std::numeric_limits<Nanometre>::max(), 0};
  for (const auto r : rotations_of(die)) {
    const auto length = extent(geometry::turned(die.size, r), axis);
    span = {std::min(span.least, length), std::max(span.most, length)};
  }
  return span;
}

bool is_horizontal(Line line) { return line == Line::left || line == Line::centre_x || line == Line::right; }
// In halves of an extent: 0 low, 1 centre, 2 high.
Nanometre halves(Line line) {
  return line == Line::left || line == Line::bottom         ? 0
         : line == Line::centre_x || line == Line::centre_y ? 1
                                                            : 2;
}

std::string names(const Problem& problem, std::size_t a, std::size_t b) {
  return quoted(problem, a) + " and " + quoted(problem, b);
}

// pos_a + h e_a / 2 = pos_b + h e_b / 2, a nanometre of rounding aside
void align(const Problem& problem, Axis axis, std::size_t a, std::size_t b, Nanometre h,
           const std::string& rule, System& system) {
  const auto ea = extents(problem.dies[a], axis), eb = extents(problem.dies[b], axis);
  system.add(system.variable(a), system.variable(b),
             {h * (ea.least - eb.most) / 2 - 1, h * (ea.most - eb.least) / 2 + 1}, rule);
}

void add_alignments(const Problem& problem, Axis axis, System& system) {
  constexpr std::array<std::string_view, 6> lines{"left", "centre-x", "right", "bottom", "centre-y", "top"};
  for (const auto& alignment : problem.alignments) {
    if (is_horizontal(alignment.line) != (axis == Axis::x)) continue;
    for (std::size_t k = 1; k < alignment.dies.size(); ++k) {
      const auto a = alignment.dies[0], b = alignment.dies[k];
      align(problem, axis, a, b, halves(alignment.line),
            "the alignment of " + names(problem, a, b) + " (" +
                std::string{lines[static_cast<std::size_t>(alignment.line)]} + ")",
            system);
    }
  }
  for (const auto& symmetry : problem.symmetries) {
    if (symmetry.vertical != (axis == Axis::y)) continue;  // images have the same other coordinate
    for (const auto& [a, b] : symmetry.pairs)
      align(problem, axis, a, b, 1, "the symmetry of " + names(problem, a, b), system);
  }
}

void add_abutments(const Problem& problem, Axis axis, System& system) {
  for (const auto& [first, second, unturned] : problem.abutments) {
    const auto turns = rotations_of(problem.dies[first]);
    if (turns.size() != 1) continue;  // the side turns with the first die
    const auto side = geometry::turned(unturned, turns.front());
    const auto a = system.variable(first), b = system.variable(second);
    const auto ea = extents(problem.dies[first], axis), eb = extents(problem.dies[second], axis);
    const auto apart =
        gap_between(problem, first, second) + problem.dies[first].ring + problem.dies[second].ring;
    const auto rule = "the abutment of " + quoted(problem, second) + " to " + quoted(problem, first);
    if (geometry::is_vertical(side) != (axis == Axis::x)) {
      system.add(a, b, {-eb.most, ea.most}, rule);  // the edges face each other
    } else if (side == Side::right || side == Side::top) {
      system.add(a, b, {ea.least + apart, ea.most + apart}, rule);
    } else {
      system.add(a, b, {-eb.most - apart, -eb.least - apart}, rule);
    }
  }
}

void add_positions(const Problem& problem, Axis axis, System& system) {
  for (std::size_t i = 0; i < problem.dies.size(); ++i) {
    const auto& die = problem.dies[i];
    if (!die.fixed) continue;
    const auto at = axis == Axis::x ? die.fixed->low.x : die.fixed->low.y;
    system.add(0, system.variable(i), {at, at}, "the fixed place of " + quoted(problem, i));
  }
  auto carrier = problem.carrier.fixed;
  if (!carrier && problem.carrier.largest) {  // either way round
    const auto side = std::max(problem.carrier.largest->width, problem.carrier.largest->height);
    carrier = Size{side, side};
  }
  for (const auto& [die, variable] : system.variables) {
    const auto& d = problem.dies[die];
    if (d.on) continue;
    const auto margin = problem.edge + d.ring;
    const auto last = carrier ? extent(*carrier, axis) - margin - extents(d, axis).least
                              : std::numeric_limits<Nanometre>::max() / 4;
    system.add(0, variable, {margin, last}, "the edge of the carrier at " + quoted(problem, die));
  }
}

// Bellman-Ford from all variables at once; the bounds of a negative cycle, none where there is none.
std::vector<Bound> negative_cycle(const System& system) {
  const auto n = system.variables.size() + 1;
  std::vector<Nanometre> distance(n, 0);
  std::vector<const Bound*> by(n, nullptr);
  std::size_t last = n;
  for (std::size_t round = 0; round <= n; ++round) {
    last = n;
    for (const auto& bound : system.bounds) {
      if (distance[bound.from] + bound.most >= distance[bound.to]) continue;
      distance[bound.to] = distance[bound.from] + bound.most;
      by[bound.to] = &bound;
      last = bound.to;
    }
    if (last == n) return {};
  }
  for (std::size_t step = 0; step < n; ++step) last = by[last]->from;  // into the cycle
  std::vector<Bound> cycle;
  auto at = last;
  do {
    cycle.push_back(*by[at]);
    at = by[at]->from;
  } while (at != last);
  return cycle;
}

// The first chain of rules that cannot be kept, along one axis.
std::optional<Obstacle> contradiction(const Problem& problem, Axis axis) {
  System system;
  add_alignments(problem, axis, system);
  add_abutments(problem, axis, system);
  add_positions(problem, axis, system);
  const auto cycle = negative_cycle(system);
  if (cycle.empty()) return std::nullopt;
  Nanometre missing = 0;
  std::set<std::string> rules;
  for (const auto& bound : cycle) {
    missing -= bound.most;
    rules.insert(bound.rule);
  }
  std::string all;
  for (const auto& rule : rules) all += (all.empty() ? "" : "; ") + rule;
  return Obstacle{"relations",
                  (rules.size() == 1 ? "this rule cannot be kept, " : "these rules contradict each other, ") +
                      length_text(missing) + " apart in " + (axis == Axis::x ? "x: " : "y: ") + all,
                  rules.size() == 1 ? "drop or loosen it" : "drop or loosen one of them",
                  static_cast<double>(missing)};
}

// Two dies that are both fixed, and overlap or stand too near.
void check_fixed(const Problem& problem, std::vector<Obstacle>& found) {
  std::vector<std::size_t> fixed;
  for (std::size_t i = 0; i < problem.dies.size() && fixed.size() < 1000; ++i) {
    if (problem.dies[i].fixed && !problem.dies[i].on) fixed.push_back(i);
  }
  for (std::size_t k = 0; k < fixed.size(); ++k) {
    for (std::size_t l = 0; l < k; ++l) {
      const auto &a = problem.dies[fixed[l]], &b = problem.dies[fixed[k]];
      const auto apart = gap_between(problem, fixed[l], fixed[k]) + a.ring + b.ring;
      const auto shared =
          geometry::common(geometry::outline(*a.fixed, a.size), geometry::outline(*b.fixed, b.size));
      const auto missing = std::min(shared.width(), shared.height()) + apart;
      if (missing <= 0) continue;
      found.push_back({"fixed",
                       "dies " + names(problem, fixed[l], fixed[k]) + " are fixed " + length_text(missing) +
                           " too near to each other",
                       "move one of them", static_cast<double>(missing)});
    }
  }
}

}  // namespace

std::vector<Obstacle> contradictions(const Problem& problem) {
  std::vector<Obstacle> found;
  for (const auto axis : {Axis::x, Axis::y}) {
    if (auto one = contradiction(problem, axis)) found.push_back(std::move(*one));
  }
  check_fixed(problem, found);
  return found;
}

}  // namespace marquetry::layout
