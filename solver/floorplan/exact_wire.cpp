// Nodes are solved in rounds: the most promising ones, each on its own with what was best when the round
// began, for a set number of programs. So the answer does not depend on the number of threads.
#include "floorplan/exact_wire.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/parallel.h"
#include "floorplan/exact.h"
#include "floorplan/exact_round.h"

namespace marquetry::floorplan::exact {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double overlap_least = 1e-7, share_least = 1e-7;  // in units of the program
constexpr double relative_tolerance = 1e-9;
constexpr std::size_t nodes_a_round = 16, many_nodes = 200000, candidates_tried = 4;
constexpr std::uint64_t programs_a_node = 2000;

struct Node {
  std::vector<RowId> active{};
  double bound{};
  std::array<bool, 2> decided{};  // anything along x, along y
};
struct Solved {
  Node node{};
  Dictionary dictionary;
};

// Nodes above this are not better than that objective. In the program's units.
double closed_above(const Model& model, double objective) {
  const double value = objective / model.cost;
  return value - relative_tolerance * std::max(1.0, value);
}

struct Candidate {
  double score{};
  std::size_t a{}, b{};  // a == b: how that block is turned
};

struct Outcome {
  std::vector<Node> open{};
  std::optional<Floorplan> best{};
  double objective{infinite};
  double unresolved{infinite};  // the least bound of nodes that could be neither closed nor divided
  std::uint64_t steps{};
};

class Worker {
 public:
  Worker(const Problem& problem, const Model& model, const Limits& limits, double objective)
      : problem_{problem}, model_{model}, limits_{limits} {
    outcome_.objective = objective;
  }

  Outcome run(const Node& root, std::uint64_t budget) {
    Solved first{root, Dictionary{model_.program}};
    if (solve(first)) stack_.push_back(std::move(first));
    while (!stack_.empty() && outcome_.steps < budget && !limits_.reached(0)) {
      Solved next = std::move(stack_.back());
      stack_.pop_back();
      if (next.node.bound <= cutoff()) divide(std::move(next));
    }
    for (auto& s : stack_) outcome_.open.push_back(std::move(s.node));
    return std::move(outcome_);
  }

 private:
  double cutoff() const {  // in the program's units
    if (std::isinf(outcome_.objective)) return infinite;
    return closed_above(model_, outcome_.objective);
  }

  // False: the node is closed.
  bool solve(Solved& s) {
    ++outcome_.steps;
    const auto& program = model_.program;
    auto end = s.dictionary.solve(program, s.node.active, cutoff());
    if (end == Dictionary::End::infeasible) return false;
    double proved = s.dictionary.proved(program);
    if (proved < s.dictionary.value() - 1e-8 * (1 + std::abs(s.dictionary.value()))) {
      s.dictionary = Dictionary{program};  // worn out by rounding
      if (s.dictionary.solve(program, s.node.active, infinite) == Dictionary::End::infeasible) return false;
      proved = s.dictionary.proved(program);
    }
    s.node.bound = std::max(s.node.bound, proved);
    return s.node.bound <= cutoff();
  }

  std::vector<Candidate> candidates(std::span<const double> at) const {
    std::vector<Candidate> found;
    const std::size_t n = model_.blocks;
    std::vector<double> width(n), height(n);
    for (std::size_t b = 0; b < n; ++b) {
      width[b] = model_.extent(b, 0, at);
      height[b] = model_.extent(b, 1, at);
    }
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = a + 1; b < n; ++b) {
        const double gap = model_.gap[a * n + b];
        const double x = (width[a] + width[b]) / 2 + gap - std::abs(at[model_.x(a)] - at[model_.x(b)]);
        const double y = (height[a] + height[b]) / 2 + gap - std::abs(at[model_.y(a)] - at[model_.y(b)]);
        if (x <= overlap_least || y <= overlap_least) continue;
        found.push_back({std::min(x, y) * (0.1 + model_.pull[a * n + b]), a, b});
      }
    }
    std::ranges::stable_sort(found, std::greater{}, &Candidate::score);
    if (found.size() > candidates_tried) found.resize(candidates_tried);
    if (!found.empty()) return found;
    for (std::size_t b = 0; b < n; ++b) {
      for (std::size_t t = 0; t < model_.turns[b].size(); ++t) {
        const double share = model_.share(b, t, at);
        if (share > share_least && share < 1 - share_least) return {{0, b, b}};
      }
    }
    return {};
  }

  std::vector<Node> children(const Node& node, const Candidate& c) const {
    std::vector<Node> list;
    const auto with = [&](std::size_t row) -> Node& {
      list.push_back(node);
      list.back().active.push_back(static_cast<RowId>(row));
      return list.back();
    };
    if (c.a == c.b) {
      for (std::size_t t = 0; t < model_.turns[c.a].size(); ++t) with(model_.turn_row(c.a, t, true));
      return list;
    }
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const bool one_way = !node.decided[axis] && (axis == 0 ? model_.mirror_x : model_.mirror_y);
      with(model_.before(c.a, c.b, axis)).decided[axis] = true;
      if (!one_way) with(model_.before(c.b, c.a, axis)).decided[axis] = true;
    }
    return list;
  }

  void divide(Solved s) {
    const auto list = candidates(s.dictionary.point());
    if (list.empty()) {
      accept(s);
      return;
    }
    std::vector<Solved> chosen;
    double best_score = -1;
    for (const auto& candidate : list) {
      std::vector<Solved> alive;
      double score = 0;
      const double roof = std::isinf(cutoff()) ? s.node.bound * 1.5 + 1 : cutoff();
      double least = roof;
      for (auto& child : children(s.node, candidate)) {
        Solved next{std::move(child), s.dictionary};
        const bool open = solve(next);
        const double rise = open ? std::min(next.node.bound, roof) : roof;
        least = std::min(least, rise);
        score += rise - s.node.bound;
        if (open) alive.push_back(std::move(next));
      }
      score += 4 * (least - s.node.bound);
      if (score > best_score) {
        best_score = score;
        chosen = std::move(alive);
      }
      if (chosen.size() < 2) break;
    }
    std::ranges::stable_sort(chosen,
                             [](const Solved& a, const Solved& b) { return a.node.bound > b.node.bound; });
    for (auto& next : chosen) stack_.push_back(std::move(next));
  }

  void accept(const Solved& s) {
    const auto floorplan = rounded(problem_, model_, s.dictionary.point());
    if (!floorplan) {
      outcome_.unresolved = std::min(outcome_.unresolved, s.node.bound);
      return;
    }
    if (const double value = objective(problem_, *floorplan); value < outcome_.objective) {
      outcome_.objective = value;
      outcome_.best = *floorplan;
    }
  }

  const Problem& problem_;
  const Model& model_;
  const Limits& limits_;
  std::vector<Solved> stack_{};
  Outcome outcome_{};
};

}  // namespace

bool has_wire_search(const Problem& problem) {
  constexpr std::size_t most_pins = 1000;
  std::size_t pins = 0;
  for (const auto& net : problem.nets) pins += net.pins.size();
  return pins <= most_pins;
}

Proof least_wire(const Problem& problem, const Limits& limits, const std::optional<Floorplan>& incumbent,
                 std::span<const Cut> cuts) {
  const auto symmetry = symmetry_of(problem);
  const auto model = model_of(problem, symmetry, cuts);
  Proof proof{incumbent, incumbent ? objective(problem, *incumbent) : infinite, 0, false, 0};
  double unresolved = infinite;
  std::vector<Node> frontier{{}};
  while (!frontier.empty() && !limits.reached(proof.steps)) {
    // The least bounds first; with very many nodes the deepest, so that there are not more and more of them.
    const std::size_t taken = std::min(nodes_a_round, frontier.size());
    const bool deep = frontier.size() > many_nodes;
    std::ranges::stable_sort(frontier, [&](const Node& a, const Node& b) {
      return deep ? a.active.size() < b.active.size() : a.bound > b.bound;
    });
    std::vector<Node> round(frontier.end() - static_cast<std::ptrdiff_t>(taken), frontier.end());
    frontier.resize(frontier.size() - taken);
    std::ranges::reverse(round);
    std::uint64_t budget = programs_a_node;
    if (limits.steps != 0) budget = std::min(budget, (limits.steps - proof.steps) / taken + 1);
    auto outcomes = parallel::map(taken, limits.threads, [&](std::size_t i) {
      return Worker{problem, model, limits, proof.objective}.run(round[i], budget);
    });
    for (auto& outcome : outcomes) {
      if (outcome.best && outcome.objective < proof.objective) {
        proof.best = std::move(outcome.best);
        proof.objective = outcome.objective;
      }
      unresolved = std::min(unresolved, outcome.unresolved);
      proof.steps += outcome.steps;
      std::ranges::move(outcome.open, std::back_inserter(frontier));
    }
    const double closed = closed_above(model, proof.objective);
    std::erase_if(frontier, [&](const Node& node) { return node.bound > closed; });
    if (limits.done != nullptr) limits.done->store(proof.steps, std::memory_order_relaxed);
  }
  double least = unresolved;
  for (const auto& node : frontier) least = std::min(least, node.bound);
  proof.bound = std::min(proof.objective, least * model.cost);
  proof.complete = frontier.empty() && (std::isinf(unresolved) || proof.bound == proof.objective);
  return proof;
}

}  // namespace marquetry::floorplan::exact
