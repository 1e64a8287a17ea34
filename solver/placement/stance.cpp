#include "placement/stance.h"

namespace marquetry::placement {

void find(const layout::Problem& problem, const Blocks& blocks, const floorplan::Plan& plan, Stance& stance) {
  const std::size_t n = problem.dies.size();
  stance.at.resize(n), stance.size.resize(n), stance.rect.resize(n);
  for (std::size_t d = 0; d < n; ++d) {
    const std::size_t b = blocks.of_die[d];
    const geometry::Size margin = blocks.margin[b];
    const geometry::Size block = geometry::turned({plan.width[b], plan.height[b]}, plan.rotation[b]);
    const geometry::Size own{block.width - 2 * margin.width, block.height - 2 * margin.height};
    stance.at[d] = stand(problem, blocks, d, {{plan.x[b], plan.y[b]}, plan.rotation[b]}, own);
    stance.size[d] = blocks.die[b] == d ? own : problem.dies[d].size;
    stance.rect[d] = geometry::outline(stance.at[d], stance.size[d]);
  }
}

}  // namespace marquetry::placement
