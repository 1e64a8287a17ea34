// Big-M floorplanning: Sutanthavibul, Shragowitz, Rosen, IEEE Trans. CAD 10(6), 1991. Sequence pairs: Murata,
// Fujiyoshi, Nakatake, Kajitani, IEEE Trans. CAD 15(12), 1996.
#include "floorplan/oracles.h"

#include <algorithm>
#include <numeric>

#include "milp/milp.h"

namespace marquetry::test {
namespace {

using namespace marquetry::floorplan;
using milp::infinity;
using milp::Row;
using milp::Term;

double of_axis(Point p, std::size_t axis) { return static_cast<double>(axis == 0 ? p.x : p.y); }

Nanometre gap_of(const Problem& problem, std::size_t a, std::size_t b) {
  for (const auto& g : problem.gaps) {
    if (std::minmax(g.a, g.b) == std::minmax(a, b)) return g.gap;
  }
  return problem.gap;
}

double far(const Problem& problem) {
  double sum = 5000;
  for (const auto& b : problem.blocks) sum += static_cast<double>(b.size.width + b.size.height + 400);
  return sum;
}

// Low corners are variables 2 b + axis, the turn of block b is one of four variables of its own.
struct Writer {
  explicit Writer(const Problem& p) : problem{p}, much{far(p)} {
    for (std::size_t c = 0; c < 2 * p.blocks.size(); ++c) model.variables.push_back({0, 0, much, false});
    for (std::size_t b = 0; b < p.blocks.size(); ++b) {
      const auto& block = p.blocks[b];
      Row one{{}, 1, 1};
      for (std::size_t r = 0; r < 4; ++r) {
        const bool allowed = block.fixed ? r == static_cast<std::size_t>(block.fixed->rotation)
                                         : ((block.rotations >> r) & 1) != 0;
        one.terms.push_back({variable({0, 0, allowed ? 1.0 : 0.0, true}), 1});
      }
      model.rows.push_back(one);
    }
  }
  std::size_t variable(milp::Variable v) {
    model.variables.push_back(v);
    return model.variables.size() - 1;
  }
  std::size_t turn(std::size_t b, std::size_t r) const { return 2 * problem.blocks.size() + 4 * b + r; }

  void add_extent(Row& row, std::size_t b, std::size_t axis, double factor) const {
    for (std::size_t r = 0; r < 4; ++r) {
      const Size s = geometry::turned(problem.blocks[b].size, geometry::rotations[r]);
      row.terms.push_back({turn(b, r), factor * static_cast<double>(axis == 0 ? s.width : s.height)});
    }
  }
  // Adds the pin's place; what is constant of it is returned.
  double add_pin(Row& row, const Pin& pin, std::size_t axis, double factor) const {
    if (pin.block < 0) return factor * of_axis(pin.at, axis);
    const auto b = static_cast<std::size_t>(pin.block);
    row.terms.push_back({2 * b + axis, factor});
    if (pin.at_centre) {
      add_extent(row, b, axis, factor / 2);
      return 0;
    }
    for (std::size_t r = 0; r < 4; ++r) {
      const Point at = geometry::turned(pin.at, problem.blocks[b].size, geometry::rotations[r]);
      row.terms.push_back({turn(b, r), factor * of_axis(at, axis)});
    }
    return 0;
  }
  void add_nets() {
    for (const auto& net : problem.nets) {
      for (std::size_t axis = 0; axis < 2; ++axis) {
        const auto low = variable({-net.weight, -much, much, false});
        const auto high = variable({net.weight, -much, 2 * much, false});
        for (const auto& pin : net.pins) {
          Row above{{{low, -1}}, 0, infinity}, below{{{high, 1}}, 0, infinity};
          above.low = -add_pin(above, pin, axis, 1);
          below.low = -add_pin(below, pin, axis, -1);
          model.rows.push_back(above);
          model.rows.push_back(below);
        }
      }
    }
  }
  void confine() {
    for (std::size_t b = 0; b < problem.blocks.size(); ++b) {
      for (std::size_t axis = 0; axis < 2; ++axis) {
        if (problem.outline) {
          Row row{{{2 * b + axis, 1}},
                  -infinity,
                  static_cast<double>(axis == 0 ? problem.outline->width : problem.outline->height)};
          add_extent(row, b, axis, 1);
          model.rows.push_back(row);
        }
        if (const auto& fixed = problem.blocks[b].fixed) {
          model.variables[2 * b + axis].low = model.variables[2 * b + axis].high = of_axis(fixed->low, axis);
        }
      }
    }
  }
  // a before b, where `unless` (if any) is 1
  void keep_apart(std::size_t a, std::size_t b, std::size_t axis, std::optional<std::size_t> when) {
    const auto gap = static_cast<double>(gap_of(problem, a, b));
    Row row{{{2 * b + axis, 1}, {2 * a + axis, -1}}, gap, infinity};
    add_extent(row, a, axis, -1);
    if (when) {
      row.terms.push_back({*when, -2 * much});
      row.low -= 2 * much;
    }
    model.rows.push_back(row);
  }

  const Problem& problem;
  double much{};
  milp::Model model{};
};

std::optional<double> objective_of(const milp::Model& model) {
  const auto s = milp::solve(model);
  if (s.status != milp::Status::optimal) return std::nullopt;
  return s.objective;
}

}  // namespace

std::optional<double> least_wire_by_integers(const Problem& problem) {
  Writer writer{problem};
  writer.add_nets();
  writer.confine();
  for (std::size_t a = 0; a < problem.blocks.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      Row some{{}, 1, infinity};
      for (std::size_t axis = 0; axis < 2; ++axis) {
        for (const auto& [first, second] : {std::pair{a, b}, std::pair{b, a}}) {
          const auto chosen = writer.variable({0, 0, 1, true});
          some.terms.push_back({chosen, 1});
          writer.keep_apart(first, second, axis, chosen);
        }
      }
      writer.model.rows.push_back(some);
    }
  }
  return objective_of(writer.model);
}

std::optional<double> least_wire_by_trying(const Problem& problem) {
  const std::size_t n = problem.blocks.size();
  std::optional<double> best;
  std::vector<std::size_t> first(n), second(n);
  std::iota(first.begin(), first.end(), std::size_t{0});
  do {
    std::iota(second.begin(), second.end(), std::size_t{0});
    do {
      Writer writer{problem};
      writer.add_nets();
      writer.confine();
      const auto rank = [](const std::vector<std::size_t>& order, std::size_t b) {
        return std::ranges::find(order, b) - order.begin();
      };
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) {
          if (a == b || rank(first, a) > rank(first, b)) continue;
          if (rank(second, a) < rank(second, b)) {
            writer.keep_apart(a, b, 0, std::nullopt);
          } else {
            writer.keep_apart(b, a, 1, std::nullopt);
          }
        }
      }
      if (const auto value = objective_of(writer.model); value && (!best || *value < *best)) best = value;
    } while (std::ranges::next_permutation(second).found);
  } while (std::ranges::next_permutation(first).found);
  return best;
}

}  // namespace marquetry::test
