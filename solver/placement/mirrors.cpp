#include "placement/mirrors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "milp/milp.h"

namespace marquetry::placement {
namespace {

// Added to each gap of the program, so that whole nanometres still keep it.
constexpr double rounding = 4;
// In micrometres the figures of the program are of one size.
constexpr double unit = 1000;

// x_after - x_before >= least; the origin is no variable.
milp::Row difference(std::size_t n, std::uint32_t before, std::uint32_t after, double least) {
  milp::Row row;
  if (after < n) row.terms.push_back({after, 1});
  if (before < n) row.terms.push_back({before, -1});
  row.low = least;
  return row;
}

bool is_tie(const std::vector<Apart>& aparts, const Apart& one) {
  return std::ranges::any_of(aparts, [&](const Apart& other) {
    return other.before == one.after && other.after == one.before && other.least == -one.least;
  });
}

}  // namespace

std::vector<Mirror> mirrors(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan,
                            const Stance& stance, Axis axis) {
  std::vector<Mirror> all;
  for (std::size_t g = 0; g < problem.symmetries.size(); ++g) {
    const auto& group = problem.symmetries[g];
    if (group.vertical != (axis == Axis::x)) continue;
    const auto add = [&](std::size_t one, std::size_t other) {
      const auto a = static_cast<std::uint32_t>(blocks.of_die[one]),
                 b = static_cast<std::uint32_t>(blocks.of_die[other]);
      const auto sum = [&](std::size_t die, std::uint32_t block) {
        const auto& rect = stance.rect[die];
        return axis == Axis::x ? rect.low.x + rect.high.x - 2 * plan.x[block]
                               : rect.low.y + rect.high.y - 2 * plan.y[block];
      };
      all.push_back({g, a, b, (sum(one, a) + sum(other, b)) / 2});
    };
    for (const auto& [a, b] : group.pairs) add(a, b);
    for (const auto die : group.alone) add(die, die);
  }
  return all;
}

bool settle(const std::vector<Pull>& pulls, const std::vector<Apart>& aparts,
            const std::vector<Mirror>& mirrors, Far far, std::vector<Nanometre>& x) {
  const std::size_t n = x.size();
  milp::Model model;
  model.variables.resize(n, {.low = -milp::infinity});
  std::optional<std::size_t> beyond;  // variable: by how much the far limit is passed
  if (far == Far::open) {
    beyond = model.variables.size();
    model.variables.push_back({.cost = 1});
  }
  for (const auto& apart : aparts) {
    const double more = is_tie(aparts, apart) ? 0 : rounding;
    auto row = difference(n, apart.before, apart.after, (static_cast<double>(apart.least) + more) / unit);
    if (beyond && apart.after == n) row.terms.push_back({*beyond, 1});
    model.rows.push_back(std::move(row));
  }
  std::map<std::size_t, std::size_t> axis;  // variable of a group
  for (const auto& mirror : mirrors) {
    const auto [at, is_new] = axis.try_emplace(mirror.group, model.variables.size());
    if (is_new) model.variables.push_back({.low = -milp::infinity});
    const double shift = -static_cast<double>(mirror.shift) / unit;
    model.rows.push_back({{{mirror.a, 1}, {mirror.b, 1}, {at->second, -1}}, shift, shift});
  }
  double heaviest = 1e-12;
  for (const auto& pull : pulls) heaviest = std::max(heaviest, pull.weight);
  for (const auto& [a, b, weight, shift] : pulls) {
    const std::size_t length = model.variables.size();
    model.variables.push_back({.cost = weight / heaviest});
    for (const double sign : {1.0, -1.0}) {
      milp::Row row{{{length, 1}}, sign * static_cast<double>(shift) / unit, milp::infinity};
      if (a < n) row.terms.push_back({a, -sign});
      if (b < n) row.terms.push_back({b, sign});
      model.rows.push_back(std::move(row));
    }
  }
  const auto solved = milp::solve(model);
  if (solved.status != milp::Status::optimal) return false;
  // Down, all alike, so that what is tied stays tied; a mirrored one follows from its partner.
  const auto whole = [&](std::size_t v) {
    return static_cast<Nanometre>(std::floor(solved.values[v] * unit + 1e-3));
  };
  for (std::size_t i = 0; i < n; ++i) x[i] = whole(i);
  for (const auto& mirror : mirrors) {
    const Nanometre sum = whole(axis.at(mirror.group)) - mirror.shift;
    x[mirror.b] = mirror.a == mirror.b ? sum / 2 : sum - x[mirror.a];
  }
  return true;
}

}  // namespace marquetry::placement
