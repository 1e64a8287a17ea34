#include "floorplan/anneal.h"

namespace marquetry::floorplan {

Plan random_plan(const Frame& frame, Rng& rng) {
  Plan plan = plan_of(frame, shuffled(frame.size(), rng));
  std::vector<bool> fixed(frame.size(), true);
  for (const Index i : frame.movable) {
    fixed[i] = false;
    take_shape(frame, plan, i, static_cast<Index>(rng.below(frame.shapes[i].size())));
  }
  // Fixed blocks take the places among the sequences that they have by chance, in the order of their own
  // relations.
  std::vector<Index> blocks;
  std::vector<geometry::Rect> rects;
  for (Index i = 0; i < frame.size(); ++i) {
    if (!fixed[i]) continue;
    blocks.push_back(i);
    rects.push_back({{frame.x.low[i], frame.y.low[i]}, {frame.x.limit[i], frame.y.limit[i]}});
  }
  const auto own = relations(rects);
  const auto arrange = [&](std::vector<Index>& order, std::vector<Index>& at, const std::vector<Index>& as) {
    std::size_t next = 0;
    for (Index k = 0; k < order.size(); ++k) {
      if (fixed[order[k]]) order[k] = blocks[as[next++]];
      at[order[k]] = k;
    }
  };
  arrange(plan.pair.first, plan.pair.at_first, own.first);
  arrange(plan.pair.second, plan.pair.at_second, own.second);
  Packer{frame}.compact(plan);
  return plan;
}

Annealed better(Annealed a, Annealed b) {
  const std::uint64_t steps = a.steps + b.steps;
  const bool take_b = a.best && b.best      ? b.cost < a.cost
                      : a.best || b.best    ? b.best.has_value()
                      : a.nearest.x.empty() ? true
                      : b.nearest.x.empty() ? false
                                            : b.excess < a.excess;
  Annealed& taken = take_b ? b : a;
  taken.steps = steps;
  return std::move(taken);
}

}  // namespace marquetry::floorplan
