#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "topology/cuts.h"

namespace marquetry::topology {
namespace {

using Cost = std::uint16_t;
constexpr Cost open_cost = std::numeric_limits<Cost>::max() / 2;
constexpr std::size_t chunk = 16;  // numbers of nodes, so that the inner loop has a known length

// When each router may be forgotten: after the last of its neighbours.
std::vector<std::uint32_t> last_uses(const Adjacency& graph, const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> when(graph.size()), last(graph.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) when[order[i]] = i;
  for (std::uint32_t r = 0; r < graph.size(); ++r) {
    last[r] = when[r];
    for (const auto& n : graph[r]) last[r] = std::max(last[r], when[n.router]);
  }
  return last;
}

std::uint32_t width(const Adjacency& graph, const std::vector<std::uint32_t>& order) {
  const auto last = last_uses(graph, order);
  std::vector<int> change(graph.size() + 1);
  std::uint32_t most = 0;
  int now = 0;
  for (std::uint32_t i = 0; i < order.size(); ++i) ++change[i], --change[last[order[i]]];
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    // The new one needs a place before those that it was the last neighbour of are forgotten.
    const int begun = last[order[i]] > i ? 1 : 0;
    now += begun;
    most = std::max(most, static_cast<std::uint32_t>(now));
    now += change[i] - 1 + (begun == 0 ? 1 : 0);
  }
  return most;
}

class Sweep {
 public:
  Sweep(const Adjacency& graph, const Halving& halving, const std::vector<std::uint32_t>& order,
        std::uint32_t slots)
      : graph_{graph}, halving_{halving}, slots_{slots} {
    row_ = (halving.half + 1 + chunk - 1) / chunk * chunk;
    least_.assign((std::size_t{1} << slots) * row_, open_cost);
    least_[0] = 0;
    slot_.assign(graph.size(), none);
    const auto last = last_uses(graph, order);
    std::vector<std::vector<std::uint32_t>> done(order.size());
    for (const auto r : order) done[last[r]].push_back(r);
    for (std::uint32_t i = 0; i < order.size(); ++i) step(order[i], done[i]);
  }

  std::optional<std::uint32_t> best() const {
    const auto cost = least_[halving_.half];
    return cost < open_cost ? std::optional<std::uint32_t>{cost} : std::nullopt;
  }

 private:
  // Masks of decided neighbours, one for each link of those with most.
  std::vector<std::uint32_t> near(std::uint32_t router) const {
    std::vector<std::uint32_t> masks;
    for (const auto& n : graph_[router]) {
      if (slot_[n.router] == none) continue;
      if (masks.size() < n.links) masks.resize(n.links);
      for (std::uint32_t i = 0; i < n.links; ++i) masks[i] |= 1u << slot_[n.router];
    }
    return masks;
  }

  void step(std::uint32_t router, const std::vector<std::uint32_t>& done) {
    const auto masks = near(router);
    std::uint32_t forget = 0;
    for (const auto r : done)
      if (r != router) forget |= 1u << slot_[r];
    std::uint32_t bit = 0;
    if (std::ranges::find(done, router) == done.end()) {
      const auto free = static_cast<std::uint32_t>(std::countr_one(used_));
      bit = 1u << free;
      slot_[router] = free;
    }
    next_.assign(least_.size(), open_cost);
    const std::uint32_t nodes = halving_.nodes[router];
    for (std::uint32_t state = 0; state < 1u << slots_; ++state) {
      if ((state & ~used_) != 0) continue;
      for (std::uint32_t side = 0; side < 2; ++side) {
        unsigned cost = 0;
        for (const auto mask : masks)
          cost += static_cast<unsigned>(std::popcount((side == 0 ? state : ~state) & mask));
        const std::uint32_t to = (state | (side == 0 ? 0 : bit)) & ~forget;
        take(&least_[state * row_], static_cast<Cost>(cost), to * row_, side == 0 ? 0 : nodes);
      }
    }
    used_ = (used_ | bit) & ~forget;
    for (const auto r : done) slot_[r] = none;
    least_.swap(next_);
  }

  void take(const Cost* __restrict from, Cost cost, std::size_t row, std::uint32_t nodes) {
    Cost* __restrict to = &next_[row + nodes];
    // What would spill into the row behind is more than half of the nodes: dropped.
    for (std::size_t at = 0; at + nodes < row_; at += chunk) {
      const std::size_t count = std::min(chunk, row_ - nodes - at);
      if (count == chunk) {
        for (std::size_t i = 0; i < chunk; ++i) {
          const auto sum = static_cast<Cost>(from[at + i] + cost);
          to[at + i] = std::min(to[at + i], sum);
        }
      } else {
        for (std::size_t i = 0; i < count; ++i)
          to[at + i] = std::min(to[at + i], static_cast<Cost>(from[at + i] + cost));
      }
    }
  }

  const Adjacency& graph_;
  const Halving& halving_;
  std::uint32_t slots_{}, used_{};
  std::size_t row_{};
  std::vector<Cost> least_{}, next_{};
  std::vector<std::uint32_t> slot_{};
};

}  // namespace

std::optional<std::uint32_t> least_cut(const Adjacency& graph, const Halving& halving,
                                       std::span<const std::vector<std::uint32_t>> orders,
                                       double operations) {
  const std::vector<std::uint32_t>* best = nullptr;
  std::uint32_t narrowest = 26, links = 0;  // 2^25 states: some gigabytes
  for (const auto& n : graph)
    for (const auto& to : n) links += to.links;
  for (const auto& order : orders) {
    const auto here = width(graph, order);
    if (here < narrowest) narrowest = here, best = &order;
  }
  const double work = std::ldexp(2.0, static_cast<int>(narrowest)) * (halving.half + chunk) *
                      static_cast<double>(graph.size());
  if (best == nullptr || work > operations || links / 2 >= open_cost / 2) return std::nullopt;
  return Sweep{graph, halving, *best, narrowest}.best();
}

}  // namespace marquetry::topology
