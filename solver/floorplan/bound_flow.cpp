// Network simplex with blocks of arcs priced at a time: Ahuja, Magnanti, Orlin, Network Flows, 1993, chapter
// 11. Of several arcs that limit an exchange the last one round the cycle leaves (strongly feasible trees).
#include "floorplan/bound_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::floorplan {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

}  // namespace

Flow::Flow(std::vector<Arc> arcs, std::vector<double> demand, const std::vector<std::size_t>& tree)
    : arcs_{std::move(arcs)},
      demand_{std::move(demand)},
      parent_(demand_.size(), none),
      arc_{tree},
      depth_(demand_.size()),
      first_(demand_.size(), none),
      next_(demand_.size(), none),
      before_(demand_.size(), none),
      flow_(demand_.size()),
      place_(demand_.size()) {
  for (std::size_t v = 1; v < parent_.size(); ++v) {
    const Arc& a = arcs_[tree[v]];
    hang(v, a.from == v ? a.to : a.from, tree[v]);
  }
  place_below(0);
  std::vector<std::size_t> order(parent_.size());
  for (std::size_t v = 0; v < order.size(); ++v) order[v] = v;
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t v) { return depth_[v]; });
  std::vector<double> wanted = demand_;
  for (const std::size_t v : order) {
    if (parent_[v] == none) continue;
    flow_[v] = std::max(0.0, arcs_[arc_[v]].to == v ? wanted[v] : -wanted[v]);
    wanted[parent_[v]] += wanted[v];
  }
}

void Flow::hang(std::size_t node, std::size_t parent, std::size_t arc) {
  parent_[node] = parent;
  arc_[node] = arc;
  before_[node] = none;
  next_[node] = first_[parent];
  if (next_[node] != none) before_[next_[node]] = node;
  first_[parent] = node;
}

void Flow::unhang(std::size_t node) {
  if (before_[node] != none) {
    next_[before_[node]] = next_[node];
  } else {
    first_[parent_[node]] = next_[node];
  }
  if (next_[node] != none) before_[next_[node]] = before_[node];
}

void Flow::place_below(std::size_t node) {
  std::vector<std::size_t> open{node};
  while (!open.empty()) {
    const std::size_t v = open.back();
    open.pop_back();
    if (parent_[v] != none) {
      const Arc& a = arcs_[arc_[v]];
      depth_[v] = depth_[parent_[v]] + 1;
      place_[v] = place_[parent_[v]] + (a.to == v ? a.gain : -a.gain);
    }
    for (std::size_t child = first_[v]; child != none; child = next_[child]) open.push_back(child);
  }
}

// The most violated constraint of the first block that has one.
std::size_t Flow::entering() {
  const std::size_t block = std::max<std::size_t>(32, static_cast<std::size_t>(std::sqrt(arcs_.size())));
  std::size_t best = none;
  std::int64_t most = 0;
  for (std::size_t seen = 0; seen < arcs_.size(); ++seen) {
    const Arc& a = arcs_[looked_at_];
    if (const auto missing = a.gain - (place_[a.to] - place_[a.from]); missing > most) {
      most = missing;
      best = looked_at_;
    }
    looked_at_ = looked_at_ + 1 == arcs_.size() ? 0 : looked_at_ + 1;
    if (best != none && seen % block == block - 1) return best;
  }
  return best;
}

void Flow::exchange(std::size_t entering_arc) {
  const Arc in = arcs_[entering_arc];
  // Flow runs along `in`, then from in.to to the top of the cycle and down to in.from.
  double least = std::numeric_limits<double>::infinity();
  std::size_t leaving = none;
  bool on_to_side = false;
  std::size_t u = in.from, v = in.to;
  while (u != v) {
    if (depth_[u] >= depth_[v]) {
      if (arcs_[arc_[u]].from == u && flow_[u] < least) {  // the cycle runs down through u: against this arc
        least = flow_[u];
        leaving = u;
        on_to_side = false;
      }
      u = parent_[u];
    } else {
      if (arcs_[arc_[v]].to == v && flow_[v] <= least) {
        least = flow_[v];
        leaving = v;
        on_to_side = true;
      }
      v = parent_[v];
    }
  }
  if (leaving == none) return;  // constraints that contradict each other: no floorplan is legal
  for (std::size_t w = in.from; w != u; w = parent_[w]) flow_[w] += arcs_[arc_[w]].to == w ? least : -least;
  for (std::size_t w = in.to; w != u; w = parent_[w]) flow_[w] += arcs_[arc_[w]].from == w ? least : -least;
  // The part of the tree under the leaving arc hangs on the entering one, and turns over up to there.
  std::size_t node = on_to_side ? in.to : in.from, parent = on_to_side ? in.from : in.to, arc = entering_arc;
  const std::size_t moved = node;
  double carried = least;
  for (bool last = false; !last;) {
    last = node == leaving;
    const std::size_t old_parent = parent_[node], old_arc = arc_[node];
    const double old_flow = flow_[node];
    unhang(node);
    hang(node, parent, arc);
    flow_[node] = carried;
    parent = node;
    node = old_parent;
    arc = old_arc;
    carried = old_flow;
  }
  place_below(moved);
}

void Flow::improve(std::size_t most_exchanges) {
  for (std::size_t i = 0; i < most_exchanges; ++i) {
    const std::size_t arc = entering();
    if (arc == none) return;
    exchange(arc);
  }
}

double Flow::gain() const {
  double sum = 0;
  for (std::size_t v = 1; v < parent_.size(); ++v) sum += flow_[v] * static_cast<double>(arcs_[arc_[v]].gain);
  return sum;
}

}  // namespace marquetry::floorplan
