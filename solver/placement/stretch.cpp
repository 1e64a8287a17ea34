// A block's share of its room, from its earliest position to its latest, is how many blocks stand before it
// over how many stand before and after it in the longest chains. Shares grow along each chain, and both the
// earliest and the latest positions keep all differences; hence so do these.
#include "placement/stretch.h"

#include <algorithm>

namespace marquetry::placement {

using floorplan::Index;
using floorplan::Plan;

namespace {

bool before(const Plan& plan, Axis axis, Index i, Index j) {
  return axis == Axis::x ? plan.pair.left_of(i, j) : plan.pair.above(j, i);
}

// Longest chains of blocks that end at each block. Blocks in the order of the first sequence stand in the
// order of their x relations; in the reverse order in that of y.
std::vector<int> depths(const Plan& plan, Axis axis, bool from_low) {
  const auto n = plan.pair.size();
  std::vector<int> depth(n, 0);
  const bool ahead = (axis == Axis::x) == from_low;
  for (Index k = 0; k < n; ++k) {
    const Index j = plan.pair.first[ahead ? k : n - 1 - k];
    for (Index m = 0; m < k; ++m) {
      const Index i = plan.pair.first[ahead ? m : n - 1 - m];
      const bool chained = from_low ? before(plan, axis, i, j) : before(plan, axis, j, i);
      if (chained) depth[j] = std::max(depth[j], depth[i] + 1);
    }
  }
  return depth;
}

}  // namespace

floorplan::Wish stretched(floorplan::Packer& packer, const Plan& plan) {
  const auto along = [&](const floorplan::Packer::Slack& room, Axis axis) {
    const auto low = depths(plan, axis, true), high = depths(plan, axis, false);
    std::vector<Nanometre> at(low.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
      const int chain = low[i] + high[i];
      const double share = chain == 0 ? 0.5 : static_cast<double>(low[i]) / chain;
      const auto free = static_cast<double>(room.latest[i] - room.earliest[i]);
      at[i] = room.earliest[i] + static_cast<Nanometre>(share * free);
    }
    return at;
  };
  return {along(packer.slack_x(plan), Axis::x), along(packer.slack_y(plan), Axis::y)};
}

floorplan::Wish between(const floorplan::Wish& from, const floorplan::Wish& to, double part) {
  const auto along = [part](const std::vector<Nanometre>& a, const std::vector<Nanometre>& b) {
    std::vector<Nanometre> at(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      at[i] = a[i] + static_cast<Nanometre>(part * static_cast<double>(b[i] - a[i]));
    }
    return at;
  };
  return {along(from.x, to.x), along(from.y, to.y)};
}

}  // namespace marquetry::placement
