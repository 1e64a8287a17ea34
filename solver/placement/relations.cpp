#include "placement/relations.h"

#include <algorithm>

namespace marquetry::placement {

using floorplan::Frame;
using floorplan::Index;
using floorplan::Plan;

namespace {

Nanometre gap(const Frame& frame, Index before, Index after) {
  Nanometre least = frame.after[before] + frame.before[after];
  for (const auto& excess : frame.excess[before]) {
    if (excess.other == after) least = std::max(least, excess.gap);
  }
  return least;
}

}  // namespace

void gather(const Frame& frame, const Plan& plan, Axis axis, std::vector<Apart>& aparts) {
  aparts.clear();
  const Index n = frame.size();
  const bool along_x = axis == Axis::x;
  const auto& size = along_x ? plan.width : plan.height;
  const auto& at = along_x ? plan.x : plan.y;
  const auto& limits = along_x ? frame.x : frame.y;
  Nanometre end = 0;
  for (Index i = 0; i < n; ++i) end = std::max(end, at[i] + size[i]);
  for (Index i = 0; i < n; ++i) {
    const Nanometre limit = limits.limit[i] >= floorplan::unlimited ? end : limits.limit[i];
    aparts.push_back({n, i, limits.low[i]});
    aparts.push_back({i, n, size[i] - limit});
    for (Index j = 0; j < n; ++j) {
      if (along_x ? !plan.pair.left_of(i, j) : !plan.pair.above(j, i)) continue;
      aparts.push_back({i, j, size[i] + gap(frame, i, j)});
    }
  }
}

void measure(Plan& plan) {
  if (plan.x.empty()) return;
  Nanometre left = plan.x[0], right = left, bottom = plan.y[0], top = bottom;
  for (std::size_t i = 0; i < plan.x.size(); ++i) {
    left = std::min(left, plan.x[i]);
    right = std::max(right, plan.x[i] + plan.width[i]);
    bottom = std::min(bottom, plan.y[i]);
    top = std::max(top, plan.y[i] + plan.height[i]);
  }
  plan.box = {right - left, top - bottom};
}

}  // namespace marquetry::placement
