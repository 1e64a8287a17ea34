#include "placement/clumps.h"

#include <cmath>

namespace marquetry::placement {

using floorplan::Index;
using floorplan::Plan;

Clumps::Clumps(const layout::Problem& problem, const Blocks& blocks)
    : problem_{&problem}, blocks_{&blocks}, transport_{*layout::transport(problem)} {
  points_.resize(problem.dies.size());
}

Score Clumps::score(const Plan& plan, const Stance& stance) {
  for (std::size_t d = 0; d < points_.size(); ++d) {
    points_[d] = layout::clump_points(problem_->dies[d], stance.at[d], stance.size[d]);
  }
  along_x_.clear(), along_y_.clear();
  const auto length = transport_.cost(points_);
  if (!length) return {0, 1};
  for (std::size_t l = 0; l < problem_->links.size(); ++l) {
    const auto& link = problem_->links[l];
    const auto a = static_cast<Index>(blocks_->of_die[link.a]),
               b = static_cast<Index>(blocks_->of_die[link.b]);
    if (a == b) continue;
    const auto flow = transport_.flow(l);
    for (std::size_t k = 0; k < flow.size(); ++k) {
      if (flow[k] <= 0) continue;
      const auto& from = points_[link.a][k / 4];
      const auto& to = points_[link.b][k % 4];
      const double x = from.x - static_cast<double>(plan.x[a]) - to.x + static_cast<double>(plan.x[b]);
      const double y = from.y - static_cast<double>(plan.y[a]) - to.y + static_cast<double>(plan.y[b]);
      along_x_.push_back({a, b, flow[k], std::llround(x)});
      along_y_.push_back({a, b, flow[k], std::llround(y)});
    }
  }
  return {*length, 0};
}

}  // namespace marquetry::placement
