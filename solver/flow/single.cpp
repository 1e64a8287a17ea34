// One way for each router and destination: the optimum's flow rounded by lot (Raghavan, Thompson,
// Combinatorica 7, 1987), then local search. A move gives one router another way to one destination; it is
// judged by the sum of high powers of the uses, which falls when the greatest does and still tells two
// plateaus apart.
#include <algorithm>
#include <cmath>

#include "base/rng.h"
#include "flow/plan.h"

namespace marquetry::flow {
namespace {

class Search {
 public:
  Search(const Demand& demand, std::span<const double> matrix, const Plan& shares, const Options& options)
      : demand_{demand},
        graph_{*demand.graph},
        shares_{shares},
        options_{options},
        random_{options.seed},
        nodes_{graph_.terminals.size()},
        next_(nodes_ * graph_.routers, topology::none),
        own_(nodes_ * graph_.routers),
        through_(nodes_ * graph_.routers),
        use_(graph_.channels.size()),
        on_(graph_.channels.size()) {
    for (std::size_t s = 0; s < nodes_; ++s) {
      for (std::size_t d = 0; d < nodes_; ++d) {
        own_[d * graph_.routers + graph_.terminals[s].router] += matrix[s * nodes_ + d];
      }
    }
  }

  Plan run(double aim) {
    for (std::size_t d = 0; d < nodes_; ++d) draw(d);
    descend();
    auto best = next_;
    double least = peak(), least_sum = sum(least);
    for (int kick = 0; kick < most_kicks && nodes_ > 0 && least > aim * (1 + options_.gap); ++kick) {
      if (is_spent()) break;
      shake();
      descend();
      const double now = peak();
      if (now < least - 1e-12 || (now <= least + 1e-12 && sum(least) <= least_sum)) {
        least = now;
        least_sum = sum(least);
        best = next_;
      } else {
        restore(best);
      }
    }
    auto plan = shares_;
    for (std::size_t i = 0; i < best.size(); ++i) {
      plan.ways[i].clear();
      if (best[i] != topology::none) plan.ways[i].push_back({best[i], 1});
    }
    return plan;
  }

 private:
  static constexpr int most_kicks = 300, most_moves = 2000;
  static constexpr double power = 24;
  struct Move {
    std::size_t node{}, router{};
    std::uint32_t channel{topology::none};
    double gain{};
  };

  // The time is counted in hops looked at, so that it ends at the same one each time.
  bool is_spent() const {
    constexpr double hops_a_second = 3e7;
    return looked_at_ > options_.seconds * hops_a_second ||
           (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed));
  }

  std::size_t at(std::size_t node, std::size_t router) const { return node * graph_.routers + router; }
  double peak() const {
    return std::max(demand_.busiest, use_.empty() ? 0 : *std::ranges::max_element(use_));
  }
  double sum(double scale) const {
    double out = 0;
    for (const double u : use_) out += std::pow(u / scale, power);
    return out;
  }

  // All ways to one node anew; the flow has no circles, so that neither has what is drawn from it.
  void draw(std::size_t node) {
    carry(node, -1);
    for (std::size_t r = 0; r < graph_.routers; ++r) {
      const auto& ways = shares_.at(node, r);
      if (ways.empty()) continue;
      double lot = random_.uniform();
      auto way = ways.begin();
      while (way + 1 != ways.end() && lot >= way->part) lot -= (way++)->part;
      next_[at(node, r)] = way->channel;
    }
    carry(node, 1);
  }

  // What all routers send to a node, put on its ways or taken off.
  void carry(std::size_t node, double sign) {
    for (std::size_t r = 0; r < graph_.routers; ++r) {
      if (const double t = own_[at(node, r)]; t > 0) shift(node, r, sign * t);
    }
  }

  // Traffic from a router on.
  void shift(std::size_t node, std::size_t router, double traffic) {
    for (auto c = next_[at(node, router)]; c != topology::none; c = next_[at(node, router)]) {
      through_[at(node, router)] += traffic;
      use_[c] += traffic / graph_.channels[c].width;
      router = graph_.channels[c].to;
    }
  }

  bool meets(std::size_t node, std::size_t router, std::size_t other) {
    while (router != other) {
      ++looked_at_;
      const auto c = next_[at(node, router)];
      if (c == topology::none) return false;
      router = graph_.channels[c].to;
    }
    return true;
  }

  // By how much the sum falls where the router takes another way to the node. `on_` marks the ways' channels.
  double gain(std::size_t node, std::size_t router, std::uint32_t other, double scale) {
    const double traffic = through_[at(node, router)];
    double out = 0;
    const auto differ = [&](std::uint32_t c, double t) {
      ++looked_at_;
      const double before = use_[c] / scale, change = t / graph_.channels[c].width / scale;
      out += std::pow(before, power) - std::pow(std::max(0.0, before + change), power);
    };
    for (auto c = next_[at(node, router)]; c != topology::none; c = next_[at(node, graph_.channels[c].to)]) {
      on_[c] = true;
    }
    differ(other, traffic);
    for (auto c = next_[at(node, graph_.channels[other].to)]; c != topology::none;
         c = next_[at(node, graph_.channels[c].to)]) {
      if (on_[c]) {
        on_[c] = false;  // both ways use it
      } else {
        differ(c, traffic);
      }
    }
    for (auto c = next_[at(node, router)]; c != topology::none; c = next_[at(node, graph_.channels[c].to)]) {
      if (on_[c]) differ(c, -traffic);
      on_[c] = false;
    }
    return out;
  }

  // The best move that takes traffic off a channel.
  Move best_move(std::uint32_t channel, double scale) {
    const std::size_t router = graph_.channels[channel].from;
    Move best{0, router, topology::none, 1e-12};
    for (std::size_t d = 0; d < nodes_; ++d) {
      if (next_[at(d, router)] != channel || through_[at(d, router)] <= 0) continue;
      for (const auto other : demand_.out_of[router]) {
        if (other == channel || meets(d, graph_.channels[other].to, router)) continue;
        if (const double g = gain(d, router, other, scale); g > best.gain) best = {d, router, other, g};
      }
    }
    return best;
  }

  void make(const Move& move) {
    const double traffic = through_[at(move.node, move.router)];
    shift(move.node, move.router, -traffic);
    next_[at(move.node, move.router)] = move.channel;
    shift(move.node, move.router, traffic);
  }

  // The fullest channels one after another, until none of them can be relieved.
  void descend() {
    std::vector<std::uint32_t> fullest(use_.size());
    for (std::uint32_t c = 0; c < fullest.size(); ++c) fullest[c] = c;
    for (int moves = 0; moves < most_moves && !is_spent(); ++moves) {
      const double scale = std::max(peak(), 1e-12);
      std::ranges::sort(fullest,
                        [&](auto a, auto b) { return use_[a] != use_[b] ? use_[a] > use_[b] : a < b; });
      bool moved = false;
      for (const auto c : fullest) {
        if (use_[c] < 0.97 * scale || use_[c] <= demand_.busiest) break;
        const auto move = best_move(c, scale);
        if (move.channel == topology::none) continue;
        make(move);
        moved = true;
        break;
      }
      if (!moved) return;
    }
  }

  // Two destinations of the fullest channel drawn anew.
  void shake() {
    for (int i = 0; i < 2; ++i) draw(static_cast<std::size_t>(random_.below(nodes_)));
  }

  void restore(const std::vector<std::uint32_t>& next) {
    std::ranges::fill(use_, 0.0);
    std::ranges::fill(through_, 0.0);
    next_ = next;
    for (std::size_t d = 0; d < nodes_; ++d) carry(d, 1);
  }

  const Demand& demand_;
  const topology::Graph& graph_;
  const Plan& shares_;
  const Options& options_;
  Rng random_;
  std::size_t nodes_;
  std::vector<std::uint32_t> next_;          // channel, by node and router
  std::vector<double> own_, through_, use_;  // traffic born at, and through, a router by node; uses
  std::vector<bool> on_;
  double looked_at_{};
};

}  // namespace

Plan single_plan(const topology::Graph& graph, std::span<const double> matrix, const Optimum& optimum,
                 const Options& options) {
  const auto wanted = demand(graph, matrix, false);
  const auto shares = spread_plan(graph, optimum);
  return Search{wanted, matrix, shares, options}.run(1 / optimum.bound);
}

}  // namespace marquetry::flow
