// Bounds of every choice: the linear relaxation where it is small; else prices on the room of each die and on
// each link, for which sum(room * price) / sum(traffic * distance by price) bounds the load whatever is built
// (the dual of the relaxation, with the two directions of a link at the same price).
#include <algorithm>
#include <cmath>
#include <numeric>

#include "synthesis/synthesise.h"

namespace marquetry::synthesis {
namespace {

constexpr std::size_t largest_relaxation = 60'000;  // columns and rows: seconds
constexpr double steepness = 4, growth = 1.15, cheapest = 1e-6;
constexpr int price_rounds = 60;

double rate(const Problem& problem, std::size_t s, std::size_t d) {
  return s == d ? 0 : problem.traffic[s * problem.dies.size() + d];
}

double total_rate(const Problem& problem) {
  double sum = 0;
  for (std::size_t s = 0; s < problem.dies.size(); ++s) {
    for (std::size_t d = 0; d < problem.dies.size(); ++d) sum += rate(problem, s, d);
  }
  return sum;
}

// Distances from one die over everything that may be built, by the length of each candidate; and the
// candidate by which each die is reached.
struct Tree {
  std::vector<double> distance{};
  std::vector<std::uint32_t> by{}, order{};
};
class Lengths {
 public:
  explicit Lengths(const Problem& problem) : problem_{problem}, at_(problem.dies.size()) {
    for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
      if (!in_reach(problem.candidates[i])) continue;
      at_[problem.candidates[i].a].push_back(i);
      at_[problem.candidates[i].b].push_back(i);
    }
  }
  const std::vector<std::uint32_t>& links_at(std::uint32_t die) const { return at_[die]; }

  Tree tree(std::uint32_t root, const std::vector<double>& length) const {
    const auto n = problem_.dies.size();
    Tree out{std::vector<double>(n, infinity), std::vector<std::uint32_t>(n, topology::none), {}};
    std::vector<char> done(n);
    out.distance[root] = 0;
    for (;;) {
      std::uint32_t next = topology::none;
      double least = infinity;
      for (std::uint32_t d = 0; d < n; ++d) {
        if (done[d] == 0 && out.distance[d] < least) least = out.distance[d], next = d;
      }
      if (next == topology::none) return out;
      done[next] = 1;
      out.order.push_back(next);
      for (const auto i : at_[next]) {
        const auto& c = problem_.candidates[i];
        const auto other = c.a == next ? c.b : c.a;
        if (least + length[i] < out.distance[other])
          out.distance[other] = least + length[i], out.by[other] = i;
      }
    }
  }

  // Sum of traffic times distance; `flow`, where given, gets what goes over each candidate, both ways.
  double paid(const std::vector<double>& length, std::vector<double>* flow) const {
    const auto n = problem_.dies.size();
    double sum = 0;
    for (std::uint32_t s = 0; s < n; ++s) {
      const auto way = tree(s, length);
      std::vector<double> amount(n);
      for (std::uint32_t d = 0; d < n; ++d) {
        amount[d] = rate(problem_, s, d);
        if (amount[d] > 0) sum += amount[d] * way.distance[d];
      }
      if (flow == nullptr) continue;
      for (auto at = way.order.rbegin(); at != way.order.rend() && *at != s; ++at) {
        const auto& c = problem_.candidates[way.by[*at]];
        (*flow)[way.by[*at]] += amount[*at];
        amount[c.a == *at ? c.b : c.a] += amount[*at];
      }
    }
    return sum;
  }

 private:
  const Problem& problem_;
  std::vector<std::vector<std::uint32_t>> at_;
};

// What links share, each with its capacity: the edge of a die, its PHYs, and a link itself.
struct Share {
  double capacity{};
  std::vector<std::pair<std::uint32_t, double>> uses{};  // candidate, how much of it a built one takes
};
std::vector<Share> shares(const Problem& problem, const Lengths& lengths) {
  std::vector<Share> out;
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) {
    Share edge{.capacity = problem.dies[d].beachfront}, count;
    for (const auto i : lengths.links_at(d)) {
      if (problem.candidates[i].beachfront > 0) edge.uses.push_back({i, problem.candidates[i].beachfront});
      count.uses.push_back({i, 1.0});
    }
    count.capacity = most_links(problem, d);
    if (std::isfinite(edge.capacity) && !edge.uses.empty()) out.push_back(std::move(edge));
    if (!count.uses.empty()) out.push_back(std::move(count));
  }
  Share money{.capacity = problem.needs.cost};
  for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
    const auto& c = problem.candidates[i];
    if (!in_reach(c)) continue;
    out.push_back({1, {{i, 1.0}}});
    if (c.cost > 0) money.uses.push_back({i, c.cost});
  }
  if (std::isfinite(money.capacity) && !money.uses.empty()) out.push_back(std::move(money));
  return out;
}

double load_by_prices(const Problem& problem) {
  const Lengths lengths{problem};
  const auto all = shares(problem, lengths);
  const auto n = problem.candidates.size();
  std::vector<double> used(all.size()), price(all.size());
  for (std::size_t k = 0; k < all.size(); ++k) price[k] = all[k].capacity > 0 ? 1 / all[k].capacity : 1;
  double best = port_bound(problem), steep = steepness;
  for (int round = 0; round < price_rounds; ++round, steep *= growth) {
    std::vector<double> length(n), flow(n);
    double income = 0;
    for (std::size_t k = 0; k < all.size(); ++k) {
      income += all[k].capacity * price[k];
      for (const auto& [i, amount] : all[k].uses)
        length[i] += price[k] * amount / (2 * problem.candidates[i].width);
    }
    const double paid = lengths.paid(length, &flow);
    if (!std::isfinite(paid)) return 0;
    best = std::min(best, income / paid);
    double fullest = 0;
    const double part = 2.0 / (round + 2);  // Frank and Wolfe's step
    for (std::size_t k = 0; k < all.size(); ++k) {
      double now = 0;
      for (const auto& [i, amount] : all[k].uses) now += flow[i] * amount / (2 * problem.candidates[i].width);
      used[k] += part * (now - used[k]);
      if (all[k].capacity > 0) fullest = std::max(fullest, used[k] / all[k].capacity);
    }
    for (std::size_t k = 0; k < all.size() && fullest > 0; ++k) {
      if (all[k].capacity <= 0) continue;
      const double full = used[k] / all[k].capacity / fullest;
      price[k] = std::max(cheapest, std::exp(steep * (full - 1))) / all[k].capacity;
    }
  }
  return best;
}

// Every flit takes room on as many links as it has hops: the most room that can be had, or the least cost of
// what is needed.
double by_hops(const Problem& problem, double seconds) {
  const double hops = fewest_hops(problem);
  auto all = program(problem, Integers::relaxed);
  const bool is_cost = problem.goal == Goal::cost;
  milp::Row room{.low = problem.needs.throughput * hops};
  bool is_whole = true;
  for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
    if (all.link[i] == Program::absent) continue;
    const auto& c = problem.candidates[i];
    is_whole = is_whole && c.cost == std::floor(c.cost);
    room.terms.push_back({all.link[i], 2 * c.width});
    all.model.variables[all.link[i]].cost = is_cost ? c.cost : 2 * c.width;
  }
  if (is_cost) all.model.rows.push_back(std::move(room));
  all.model.sense = is_cost ? milp::Sense::minimise : milp::Sense::maximise;
  const auto solved = milp::solve(all.model, {.seconds = seconds});
  if (solved.status != milp::Status::optimal || !std::isfinite(hops)) return is_cost ? 0 : infinity;
  if (!is_cost) return solved.objective / hops;
  return is_whole ? std::ceil(solved.objective - 1e-6) : solved.objective;
}

// Every link's share of the load, at its cost for each flit both ways; and the cheapest tree.
double cost_by_prices(const Problem& problem) {
  const Lengths lengths{problem};
  std::vector<double> length;
  std::vector<std::uint32_t> order(problem.candidates.size()), piece(problem.dies.size());
  for (const auto& c : problem.candidates) length.push_back(c.cost / (2 * c.width));
  const double flow =
      problem.needs.throughput > 0 ? problem.needs.throughput * lengths.paid(length, nullptr) : 0;
  std::iota(order.begin(), order.end(), 0U);
  std::iota(piece.begin(), piece.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](auto i) { return problem.candidates[i].cost; });
  double tree = 0;
  for (const auto i : order) {
    const auto& c = problem.candidates[i];
    if (!in_reach(c) || piece[c.a] == piece[c.b]) continue;
    std::ranges::replace(piece, std::uint32_t{piece[c.a]}, std::uint32_t{piece[c.b]});
    tree += c.cost;
  }
  return std::max(flow, tree);
}

double latency_by_prices(const Problem& problem) {
  const Lengths lengths{problem};
  std::vector<double> length;
  double shortest = infinity;
  for (const auto& c : problem.candidates) {
    length.push_back(c.latency + problem.router.cycles());
    if (in_reach(c)) shortest = std::min(shortest, length.back());
  }
  const double ways = std::max(lengths.paid(length, nullptr), shortest * fewest_hops(problem));
  return latency_constant(problem) + ways / total_rate(problem);
}

}  // namespace

Bound bound(const Problem& problem, const Options& options) {
  Bound out{.by = "prices"};
  switch (problem.goal) {
    case Goal::throughput:
    case Goal::resilience:  // no more than with nothing lost
      out.value = load_by_prices(problem);
      if (problem.goal == Goal::throughput && out.value >= port_bound(problem)) out.by = "ports";
      if (const double hops = by_hops(problem, options.seconds); hops < out.value)
        out.value = hops, out.by = "hops";
      break;
    case Goal::cost:
      out.value = cost_by_prices(problem);
      if (const double hops = by_hops(problem, options.seconds); hops > out.value)
        out.value = hops, out.by = "hops";
      break;
    case Goal::latency:
      out.value = latency_by_prices(problem);
      break;
  }
  if (whole_size(problem) > largest_relaxation) return out;
  const auto whole = whole_program(problem, Integers::relaxed);
  const auto solved = milp::solve(whole.program.model, {.seconds = options.seconds, .stop = options.stop});
  out.infeasible = solved.status == milp::Status::infeasible;
  if (solved.status != milp::Status::optimal) return out;
  out.infeasible = problem.goal == Goal::throughput && solved.objective < 1e-9;  // no load at all
  const double relaxed = solved.objective + whole.constant;
  if (is_better(problem.goal, out.value, relaxed)) out.value = relaxed, out.by = "relaxation";
  return out;
}

}  // namespace marquetry::synthesis
