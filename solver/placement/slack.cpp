// With a flow f in [-w, w] from a to b for each pull and g >= 0 from before to after for each constraint, the
// dual maximises sum shift f + least g over flows that are conserved at every block; the positions are its
// potentials. From feasible positions every arc is given the flow that is best for them; what that leaves
// over at the blocks is then sent along shortest paths, which moves the positions.
#include "placement/slack.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::placement {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
constexpr Nanometre far = std::numeric_limits<Nanometre>::max();
constexpr double endless = std::numeric_limits<double>::infinity();

Nanometre position(const std::vector<Nanometre>& x, std::uint32_t i) { return i < x.size() ? x[i] : 0; }

}  // namespace

double cost(const std::vector<Pull>& pulls, const std::vector<Nanometre>& x) {
  double sum = 0;
  for (const auto& pull : pulls) {
    const Nanometre length = position(x, pull.a) + pull.shift - position(x, pull.b);
    sum += pull.weight * static_cast<double>(std::abs(length));
  }
  return sum;
}

void Slack::add(std::uint32_t from, std::uint32_t to, Nanometre shift, double ahead, double back) {
  const auto k = static_cast<std::uint32_t>(arcs_.size());
  arcs_.push_back({to, first_[from], -shift, ahead});
  arcs_.push_back({from, first_[to], shift, back});
  first_[from] = k;
  first_[to] = k + 1;
}

// From the blocks with a surplus to the nearest with a deficit; false when none is left.
bool Slack::augment() {
  const std::size_t n = surplus_.size();
  std::fill(distance_.begin(), distance_.end(), far);
  std::fill(settled_.begin(), settled_.end(), std::uint8_t{0});
  bool any = false;
  for (std::size_t v = 0; v < n; ++v) {
    if (surplus_[v] <= tolerance_) continue;
    distance_[v] = 0;
    reached_by_[v] = none;
    any = true;
  }
  if (!any) return false;
  std::size_t end = n;
  while (true) {
    std::size_t u = n;
    for (std::size_t v = 0; v < n; ++v) {
      if (settled_[v] == 0 && distance_[v] != far && (u == n || distance_[v] < distance_[u])) u = v;
    }
    if (u == n) return false;  // what is over is rounding
    settled_[u] = 1;
    if (surplus_[u] < -tolerance_) {
      end = u;
      break;
    }
    for (std::uint32_t k = first_[u]; k != none; k = arcs_[k].next) {
      const Arc& arc = arcs_[k];
      if (arc.room <= tolerance_ || settled_[arc.to] != 0) continue;
      const Nanometre length = distance_[u] + arc.length - at_[u] + at_[arc.to];
      if (length >= distance_[arc.to]) continue;
      distance_[arc.to] = length;
      reached_by_[arc.to] = k;
    }
  }
  for (std::size_t v = 0; v < n; ++v) at_[v] -= std::min(distance_[v], distance_[end]);
  double amount = -surplus_[end];
  std::size_t v = end;
  for (; reached_by_[v] != none; v = arcs_[reached_by_[v] ^ 1].to) {
    amount = std::min(amount, arcs_[reached_by_[v]].room);
  }
  amount = std::min(amount, surplus_[v]);
  surplus_[v] -= amount;
  surplus_[end] += amount;
  for (v = end; reached_by_[v] != none; v = arcs_[reached_by_[v] ^ 1].to) {
    arcs_[reached_by_[v]].room -= amount;
    arcs_[reached_by_[v] ^ 1].room += amount;
  }
  return true;
}

void Slack::settle(const std::vector<Pull>& pulls, const std::vector<Apart>& aparts,
                   std::vector<Nanometre>& x) {
  const std::size_t n = x.size() + 1;
  arcs_.clear();
  first_.assign(n, none);
  surplus_.assign(n, 0);
  distance_.resize(n), reached_by_.resize(n), settled_.resize(n);
  at_.assign(x.begin(), x.end());
  at_.push_back(0);
  double heaviest = 0;
  for (const auto& [a, b, weight, shift] : pulls) {
    if (a == b || weight <= 0) continue;
    const Nanometre length = at_[a] + shift - at_[b];
    const double flow = length > 0 ? weight : length < 0 ? -weight : 0;
    add(a, b, shift, weight - flow, weight + flow);
    surplus_[a] -= flow;
    surplus_[b] += flow;
    heaviest = std::max(heaviest, weight);
  }
  tolerance_ = 1e-9 * heaviest;
  for (const auto& [before, after, least] : aparts) add(before, after, least, endless, 0);
  while (augment()) {
  }
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = at_[i] - at_.back();
}

}  // namespace marquetry::placement
