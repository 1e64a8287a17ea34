#include "placement/clumps.h"

#include <cmath>
#include <limits>

namespace marquetry::placement {

using floorplan::Index;
using floorplan::Plan;

namespace {

// Links beyond which clumps count as never full while placing: the program takes milliseconds by then, and a
// search needs thousands of answers. The figures at the end are exact.
constexpr std::size_t most_exact = 100;

}  // namespace

Clumps::Clumps(const layout::Problem& problem, const Blocks& blocks)
    : problem_{&problem}, blocks_{&blocks}, transport_{*layout::transport(problem)} {
  points_.resize(problem.dies.size());
}

Score Clumps::score(const Plan& plan, const Stance& stance) {
  for (std::size_t d = 0; d < points_.size(); ++d) {
    points_[d] = layout::clump_points(problem_->dies[d], stance.at[d], stance.size[d]);
  }
  along_x_.clear(), along_y_.clear();
  if (problem_->links.size() > most_exact) return {nearest(plan), 0};
  const auto length = transport_.cost(points_);
  if (!length) return {0, 1};
  for (std::size_t l = 0; l < problem_->links.size(); ++l) {
    const auto flow = transport_.flow(l);
    for (std::size_t k = 0; k < flow.size(); ++k) {
      if (flow[k] > 0) pull(plan, l, k, flow[k]);
    }
  }
  return {*length, 0};
}

// All wires of a link from clump k / 4 to clump k % 4.
void Clumps::pull(const Plan& plan, std::size_t l, std::size_t k, double wires) {
  const auto& link = problem_->links[l];
  const auto a = static_cast<Index>(blocks_->of_die[link.a]), b = static_cast<Index>(blocks_->of_die[link.b]);
  if (a == b) return;
  const auto& from = points_[link.a][k / 4];
  const auto& to = points_[link.b][k % 4];
  const double x = from.x - static_cast<double>(plan.x[a]) - to.x + static_cast<double>(plan.x[b]);
  const double y = from.y - static_cast<double>(plan.y[a]) - to.y + static_cast<double>(plan.y[b]);
  along_x_.push_back({a, b, wires, std::llround(x)});
  along_y_.push_back({a, b, wires, std::llround(y)});
}

// As if no clump were ever full: every link between its two nearest.
double Clumps::nearest(const Plan& plan) {
  double sum = 0;
  for (std::size_t l = 0; l < problem_->links.size(); ++l) {
    const auto& link = problem_->links[l];
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < 16; ++k) {
      const auto &p = points_[link.a][k / 4], &q = points_[link.b][k % 4];
      const double length = std::abs(p.x - q.x) + std::abs(p.y - q.y);
      if (length >= least) continue;
      least = length;
      best = k;
    }
    sum += link.wires * least;
    pull(plan, l, best, link.wires);
  }
  return sum;
}

}  // namespace marquetry::placement
