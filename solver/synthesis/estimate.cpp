// Prices that grow exponentially with the load: Garg, Koenemann, SIAM J. Comput. 37(2), 2007; Plotkin,
// Shmoys, Tardos, Math. Oper. Res. 20, 1995. Any prices give an upper bound: (sum of width * price) / (sum of
// traffic
// * distance).
#include "synthesis/estimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace marquetry::synthesis {
namespace {

constexpr double steepness = 4;  // of the first prices: the fullest channel is e^4 times an empty one
constexpr double growth = 1.5;   // of the steepness, a round
constexpr double cheapest =
    1e-6;                     // so that no channel is free, and lengths of ways differ by more than `tie`
constexpr double tie = 1e-9;  // ways that differ by less are equal, and share

}  // namespace

Estimator::Estimator(const Problem& problem)
    : problem_{problem}, dies_{static_cast<std::uint32_t>(problem.dies.size())} {
  for (const auto& c : problem.candidates) width_.push_back(c.width);
  price_.resize(2 * width_.size());
  load_.resize(2 * width_.size());
  fresh_.resize(2 * width_.size());
  distance_.resize(std::size_t{dies_} * dies_);
  amount_.resize(dies_);
  order_.reserve(dies_);
}

void Estimator::connect(std::span<const char> built, const Failure& failure) {
  begin_.assign(dies_ + 1, 0);
  live_.clear();
  for (std::uint32_t i = 0; i < built.size(); ++i) {
    const auto& c = problem_.candidates[i];
    if (built[i] == 0 || i == failure.candidate || c.a == failure.die || c.b == failure.die) continue;
    live_.push_back(2 * i);
    live_.push_back(2 * i + 1);
    ++begin_[c.a + 1];
    ++begin_[c.b + 1];
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  out_.resize(live_.size());
  auto at = begin_;
  for (const auto arc : live_) {
    const auto& c = problem_.candidates[arc / 2];
    const bool forward = arc % 2 == 0;
    out_[at[forward ? c.a : c.b]++] = {forward ? c.b : c.a, arc};
  }
}

// Distances to the destination. Dijkstra without a heap: few dies are reached and not settled at a time.
void Estimator::settle(std::uint32_t destination) {
  double* distance = &distance_[std::size_t{destination} * dies_];
  std::fill_n(distance, dies_, infinity);
  order_.clear();
  open_.assign(1, destination);
  distance[destination] = 0;
  while (!open_.empty()) {
    std::size_t nearest = 0;
    for (std::size_t k = 1; k < open_.size(); ++k) {
      if (distance[open_[k]] < distance[open_[nearest]]) nearest = k;
    }
    const auto die = open_[nearest];
    open_[nearest] = open_.back();
    open_.pop_back();
    order_.push_back(die);
    for (auto k = begin_[die]; k < begin_[die + 1]; ++k) {
      // The arc that comes the other way.
      const auto from = out_[k].to;
      const double by = distance[die] + price_[out_[k].arc ^ 1U];
      if (by >= distance[from]) continue;
      if (!std::isfinite(distance[from])) open_.push_back(from);
      distance[from] = by;
    }
  }
}

// The traffic to the destination over the shortest ways, equal ones in equal shares, onto the loads.
void Estimator::send(std::uint32_t destination, const Failure& failure) {
  const double* distance = &distance_[std::size_t{destination} * dies_];
  for (std::uint32_t d = 0; d < dies_; ++d)
    amount_[d] = d == failure.die ? 0 : problem_.traffic[std::size_t{d} * dies_ + destination];
  for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
    const auto die = *at;
    if (die == destination || amount_[die] <= 0) continue;
    const auto is_on = [&](const Arc& out) {
      return distance[out.to] < distance[die] &&
             distance[out.to] + price_[out.arc] <= distance[die] * (1 + tie);
    };
    std::uint32_t ways = 0;
    for (auto k = begin_[die]; k < begin_[die + 1]; ++k) ways += is_on(out_[k]) ? 1U : 0U;
    const double share = amount_[die] / ways;
    for (auto k = begin_[die]; k < begin_[die + 1]; ++k) {
      if (!is_on(out_[k])) continue;
      fresh_[out_[k].arc] += share;
      amount_[out_[k].to] += share;
    }
  }
}

double Estimator::paid(const Failure& failure) const {
  double sum = 0;
  for (std::uint32_t s = 0; s < dies_; ++s) {
    for (std::uint32_t d = 0; d < dies_; ++d) {
      if (s == d || s == failure.die || d == failure.die) continue;
      const double t = problem_.traffic[std::size_t{s} * dies_ + d];
      if (t > 0) sum += t * distance(s, d);
    }
  }
  return sum;
}

// The share of the new flow in the mix with the old one that leaves the fullest channel emptiest: the
// greatest of straight lines, so a search by thirds.
double Estimator::best_share() const {
  const auto fullest = [&](double share) {
    double most = 0;
    for (const auto arc : live_)
      most = std::max(most, (load_[arc] + share * (fresh_[arc] - load_[arc])) / width_[arc / 2]);
    return most;
  };
  double low = 0, high = 1;
  for (int i = 0; i < 12; ++i) {
    const double third = (high - low) / 3;
    if (fullest(low + third) <= fullest(high - third)) {
      high -= third;
    } else {
      low += third;
    }
  }
  return (low + high) / 2;
}

Estimate Estimator::estimate(std::span<const char> built, std::uint32_t rounds, double gap,
                             const Failure& failure) {
  connect(built, failure);
  Estimate out{.most = port_bound(problem_, failure.die)};
  const double ports = out.most;
  for (const auto arc : live_) price_[arc] = 1 / width_[arc / 2];
  double steep = steepness;
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    double income = 0;
    for (const auto arc : live_) income += width_[arc / 2] * price_[arc], fresh_[arc] = 0;
    for (std::uint32_t d = 0; d < dies_; ++d) {
      settle(d);
      if (round == 1) {  // a piece is counted by its first die
        out.pieces += *std::ranges::min_element(order_) == d ? 1U : 0U;
      }
      if (d != failure.die) send(d, failure);
    }
    const double spent = paid(failure);
    out.connected = std::isfinite(spent);
    if (!out.connected) return {.pieces = out.pieces};
    if (spent > 0) out.most = std::min(out.most, income / spent);
    const double share = round == 1 ? 1 : best_share();
    double fullest = 0;
    for (const auto arc : live_) {
      load_[arc] = round == 1 ? fresh_[arc] : load_[arc] + share * (fresh_[arc] - load_[arc]);
      fullest = std::max(fullest, load_[arc] / width_[arc / 2]);
    }
    if (fullest <= 0) return {true, out.pieces, ports, ports};
    out.load = std::max(out.load, std::min(ports, 1 / fullest));
    if (out.load >= out.most * (1 - gap)) break;
    for (const auto arc : live_) {
      const double full = load_[arc] / width_[arc / 2] / fullest;
      price_[arc] = std::max(cheapest, std::exp(steep * (full - 1))) / width_[arc / 2];
    }
    steep *= growth;
  }
  return out;
}

double Estimator::latency(std::span<const char> built) {
  connect(built, {});
  for (const auto arc : live_) price_[arc] = problem_.candidates[arc / 2].latency + problem_.router.cycles();
  for (std::uint32_t d = 0; d < dies_; ++d) settle(d);
  double total = 0;
  for (std::uint32_t s = 0; s < dies_; ++s) {
    for (std::uint32_t d = 0; d < dies_; ++d) total += s == d ? 0 : problem_.traffic[s * dies_ + d];
  }
  return latency_constant(problem_) + paid({}) / total;
}

double Estimator::resilience(std::span<const char> built, std::uint32_t rounds) {
  double least = infinity;
  for (std::uint32_t d = 0; d < dies_ && least > 0; ++d) {
    if (std::isfinite(port_bound(problem_, d)))
      least = std::min(least, estimate(built, rounds, 1e-3, {.die = d}).load);
  }
  for (std::uint32_t i = 0; i < built.size() && least > 0; ++i) {
    if (built[i] != 0) least = std::min(least, estimate(built, rounds, 1e-3, {.candidate = i}).load);
  }
  return least;
}

}  // namespace marquetry::synthesis
