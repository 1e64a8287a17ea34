#include "synthesis/search.h"

#include <chrono>
#include <cmath>

#include "base/parallel.h"
#include "base/rng.h"

namespace marquetry::synthesis {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double hot = 0.03, cold = 0.0003;  // of the score, which is about 1
constexpr int samples = 6;                   // candidates of which the dearest is taken

struct Change {
  std::uint32_t candidate{};
  bool built{};
};

class Chain {
 public:
  Chain(const Problem& problem, const Weights& weights, const SearchOptions& options, std::uint64_t chain)
      : judge_{problem, weights},
        state_{start(problem, chain, options.seed)},
        rng_{Rng{options.seed}.fork(1000 + chain)} {}

  Found run(const SearchOptions& options, std::uint64_t steps, Clock::time_point end) {
    Figures figures;
    double score = judge_.score(state_, figures);
    best_ = {state_.links(), score, 0};
    for (std::uint64_t step = 0; step < steps; ++step) {
      if (Clock::now() >= end || (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)))
        break;
      const double heat = hot * std::pow(cold / hot, static_cast<double>(step) / static_cast<double>(steps));
      move();
      if (done_.empty()) continue;
      const double next = judge_.score(state_, figures);
      if (next >= score || rng_.uniform() < std::exp((next - score) / heat)) {
        score = next;
        if (score > best_.score + 1e-12) best_ = {state_.links(), score, 0};
      } else {
        undo();
      }
      best_.steps = step + 1;
    }
    return best_;
  }

 private:
  void set(std::uint32_t candidate, bool built) {
    built ? state_.build(candidate) : state_.drop(candidate);
    done_.push_back({candidate, built});
  }
  void undo() {
    for (auto at = done_.rbegin(); at != done_.rend(); ++at)
      at->built ? state_.drop(at->candidate) : state_.build(at->candidate);
  }

  std::uint32_t any_built() { return state_.list()[rng_.below(state_.list().size())]; }

  bool was_dropped(std::uint32_t candidate) const {
    return std::ranges::any_of(done_, [&](const Change& c) { return c.candidate == candidate; });
  }

  // By how much a link shortens the ways between its dies, by the prices of the last load.
  double gain(std::uint32_t candidate) const {
    const auto& c = judge_.problem().candidates[candidate];
    return c.width * (judge_.estimator().distance(c.a, c.b) + judge_.estimator().distance(c.b, c.a));
  }

  // One that fits, the best of some drawn; none where nothing does.
  std::uint32_t to_add() {
    fitting_.clear();
    for (std::uint32_t i = 0; i < judge_.problem().candidates.size(); ++i) {
      if (state_.fits(i) && !was_dropped(i)) fitting_.push_back(i);
    }
    if (fitting_.empty()) return topology::none;
    auto best = fitting_[rng_.below(fitting_.size())];
    if (rng_.below(3) == 0) return best;
    for (int k = 1; k < samples; ++k) {
      const auto other = fitting_[rng_.below(fitting_.size())];
      if (gain(other) > gain(best)) best = other;
    }
    return best;
  }

  void fill() {
    if (!judge_.wants_all()) return;
    for (auto i = to_add(); i != topology::none; i = to_add()) set(i, true);
  }

  // Of two drawn the emptier one goes.
  std::uint32_t to_drop() {
    const auto one = any_built(), other = any_built();
    return judge_.estimator().filling(one) <= judge_.estimator().filling(other) ? one : other;
  }

  std::uint32_t between(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t i = 0; i < judge_.problem().candidates.size(); ++i) {
      const auto& c = judge_.problem().candidates[i];
      if (((c.a == a && c.b == b) || (c.a == b && c.b == a)) && state_.fits(i)) return i;
    }
    return topology::none;
  }

  // a-b and c-d become a-c and b-d, or a-d and b-c: every die keeps its number of links.
  void rewire() {
    const auto one = any_built(), other = any_built();
    const auto& first = judge_.problem().candidates[one];
    const auto& second = judge_.problem().candidates[other];
    auto c = second.a, d = second.b;
    if (rng_.below(2) == 0) std::swap(c, d);
    if (first.a == c || first.a == d || first.b == c || first.b == d) return;
    set(one, false);
    set(other, false);
    for (const auto& [from, to] : {std::pair{first.a, c}, std::pair{first.b, d}}) {
      if (const auto i = between(from, to); i != topology::none) set(i, true);
    }
    fill();
  }

  void move() {
    done_.clear();
    const auto lot = rng_.below(10);
    const bool is_empty = state_.list().empty();
    if (lot == 0 || is_empty) {
      if (const auto i = to_add(); i != topology::none) set(i, true);
    } else if (lot < 3) {
      set(to_drop(), false);
      fill();
    } else if (lot < 7) {
      set(to_drop(), false);
      if (const auto i = to_add(); i != topology::none) set(i, true);
      fill();
    } else {
      rewire();
    }
  }

  Judge judge_;
  State state_;
  Rng rng_;
  std::vector<Change> done_{};
  std::vector<std::uint32_t> fitting_{};
  Found best_{};
};

}  // namespace

std::uint64_t usual_steps(const Problem& problem) {
  // A look at all failures takes long.
  const bool is_slow = problem.goal == Goal::resilience || problem.needs.resilience > 0;
  const double share = (is_slow ? 8 : 16) / static_cast<double>(problem.dies.size());
  return static_cast<std::uint64_t>(std::clamp(6000 * share * share, 300.0, 20'000.0));
}

std::vector<Found> search(const Problem& problem, const Weights& weights, const SearchOptions& options) {
  const auto steps = options.steps > 0 ? options.steps : usual_steps(problem);
  // A thread runs its chains one after another: each has its part of the time.
  const auto threads =
      std::clamp<std::uint64_t>(static_cast<std::uint64_t>(options.threads), 1, options.chains);
  const auto turns = (options.chains + threads - 1) / threads;
  const std::chrono::duration<double> part{options.seconds / static_cast<double>(turns)};
  auto found = parallel::map(options.chains, options.threads, [&](std::size_t chain) {
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(part);
    return Chain{problem, weights, options, chain}.run(options, steps, end);
  });
  std::ranges::stable_sort(found, [](const Found& a, const Found& b) { return a.score > b.score; });
  std::vector<Found> out;
  for (auto& f : found) {
    const auto same = std::ranges::find(out, f.links, &Found::links);
    if (same == out.end()) {
      out.push_back(std::move(f));
    } else {
      same->steps += f.steps;
    }
  }
  return out;
}

}  // namespace marquetry::synthesis
