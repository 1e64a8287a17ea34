// Simulated annealing of a sequence pair against any judge of the packed plan.
//
// A judge is a value with
//   Verdict operator()(Plan& plan)    what the plan costs, and by how much it breaks rules that only the
//                                     judge knows. The plan is packed, so that no two blocks overlap. The
//                                     judge may move blocks (a slack pass of its own) as long as that stays
//                                     true.
// and, if it likes, any of
//   std::optional<Beside> propose(const Plan& plan, Rng& rng)   a move of its own ("put this block to the
//   right
//                                     of its partner, turned so that they face"), tried with `own_moves`;
//   Point aim(const Plan& plan, Index block)   where that block would like its lower-left corner to be
//                                     (Packing::keep); tried with `aimed_moves`.
// Every restart works on a copy of the judge, so that it may keep what it likes between calls; the calls of
// one copy come from one thread. Nothing is virtual.
//
//   const Frame frame = floorplan::frame(problem, Turns::all);
//   struct Centres {
//     Verdict operator()(Plan& plan) const { return {distance(plan.x[0] + plan.width[0] / 2, ...), 0}; }
//   };
//   AnnealOptions options{.budget = {.seconds = 1}, .seed = 7, .threads = 2};
//   const Annealed found = anneal(frame, Centres{}, options);
//   if (found.best) use(floorplan_of(frame, *found.best));
#pragma once

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "floorplan/moves.h"
#include "floorplan/schedule.h"

namespace marquetry::floorplan {

struct Verdict {
  double cost{};
  double penalty{};  // 0: legal. Else about 1 for a plan that is plainly wrong; its price rises with time
};

template <class J>
concept Judge = std::copy_constructible<J> && requires(J judge, Plan& plan) {
  { judge(plan) } -> std::same_as<Verdict>;
};
template <class J>
concept Proposing = requires(J judge, const Plan& plan, Rng& rng) {
  { judge.propose(plan, rng) } -> std::same_as<std::optional<Beside>>;
};
template <class J>
concept Aiming = requires(J judge, const Plan& plan) {
  { judge.aim(plan, Index{}) } -> std::same_as<Point>;
};

struct AnnealOptions {
  Budget budget{};
  std::uint64_t seed{1};
  int threads{1};
  Packing packing{Packing::keep};
  std::size_t restarts{4};      // the budget is shared among them; the same for any number of threads
  std::optional<Plan> start{};  // of each restart; none: at random
  double hot{1};                // times the mean change by a move at the start
  double cold{1e-4};            // of `hot`
  double own_moves{0.2}, aimed_moves{0.2};  // shares, where the judge has such
};

struct Annealed {
  std::optional<Plan> best{};  // the cheapest legal one
  double cost{};               // of `best`
  Plan nearest{};              // the one with the least overflow and penalty, where there is no `best`
  double excess{};             // of `nearest`
  std::uint64_t steps{};
};

// A random plan, packed; fixed blocks stand as they must towards each other.
Plan random_plan(const Frame& frame, Rng& rng);
// The better of the two.
Annealed better(Annealed a, Annealed b);

template <Judge J>
class Annealer {
 public:
  Annealer(const Frame& frame, const J& judge, const AnnealOptions& options, Rng rng)
      : frame_{frame},
        judge_{judge},
        options_{options},
        rng_{rng},
        mover_{frame, options.start ? *options.start : random_plan(frame, rng_), options.packing} {}

  Annealed run(Clock clock) {
    mover_.begin();
    mover_.pack({});
    now_ = measured();
    note();
    if (!mover_.can_move()) return std::move(found_);
    unit_ = std::max(std::abs(now_.cost), std::numeric_limits<double>::min());
    const Cooling cooling = heat(clock);
    Price price;
    double temperature = cooling.hot, fee = price.at(0, true);
    for (bool goes_on = true; goes_on; goes_on = clock.step()) {
      if ((clock.steps() & 63u) == 0) {
        temperature = cooling.at(clock.progress());
        fee = price.at(clock.progress(), found_.best.has_value());
      }
      change();
      const Measure then = measured();
      const double rise = energy(then, fee) - energy(now_, fee);
      if (rise <= 0 || rng_.uniform() < std::exp(-rise / temperature)) {
        now_ = then;
        note();
      } else {
        mover_.undo();
      }
    }
    found_.steps = clock.steps();
    return std::move(found_);
  }

 private:
  struct Measure {
    double cost{}, excess{};
  };

  Measure measured() {
    auto& plan = mover_.plan();
    const Verdict verdict = judge_(plan);
    const auto overflow = static_cast<double>(plan.overflow_x) + static_cast<double>(plan.overflow_y);
    return {verdict.cost, overflow / frame_.side + verdict.penalty};
  }

  double energy(const Measure& m, double price) const { return m.cost + price * unit_ * m.excess; }

  void change() {
    mover_.begin();
    propose();
    const auto bits = rng_.next();
    mover_.pack({(bits & 1) != 0, (bits & 2) != 0});
  }

  void propose() {
    [[maybe_unused]] double draw = rng_.uniform();
    if constexpr (Proposing<J>) {
      if (draw < options_.own_moves) {
        if (const auto beside = judge_.propose(std::as_const(mover_.plan()), rng_))
          return mover_.put(*beside);
      }
      draw -= options_.own_moves;
    }
    if constexpr (Aiming<J>) {
      if (options_.packing == Packing::keep && draw >= 0 && draw < options_.aimed_moves) {
        return aim();
      }
    }
    mover_.any(rng_);
  }

  // One block to where it aims, now and then with the one next to it in a sequence: blocks that lie against
  // each other can only move together.
  void aim() requires Aiming<J> {
    const auto& plan = std::as_const(mover_).plan();
    const Index block = frame_.movable[rng_.below(frame_.movable.size())];
    const Point to = judge_.aim(plan, block);
    const Point by = to - Point{plan.x[block], plan.y[block]};
    mover_.wish(block, to);
    const auto draw = rng_.below(8);
    if (draw >= 4) return;
    const auto& order = (draw & 1) != 0 ? plan.pair.first : plan.pair.second;
    const Index at = ((draw & 1) != 0 ? plan.pair.at_first : plan.pair.at_second)[block];
    const Index next = (draw & 2) != 0 ? at + 1 : at - 1;  // wraps to the largest of numbers below 0
    if (next >= order.size()) return;
    const Index other = order[next];
    mover_.wish(other, Point{plan.x[other], plan.y[other]} + by);
  }

  // From what moves do to the start, none of them kept.
  Cooling heat(Clock& clock) {
    constexpr int samples = 200;
    double sum = 0, all = 0;
    for (int k = 0; k < samples; ++k) {
      change();
      const Measure then = measured();
      sum += std::abs(then.cost - now_.cost);
      all += std::abs(energy(then, 1) - energy(now_, 1));
      mover_.undo();
      if (!clock.step()) break;
    }
    // Where nothing but the room counts, that.
    const double hot = options_.hot * (sum > 0 ? sum : std::max(all, unit_)) / samples;
    return {hot, options_.cold * hot};
  }

  void note() {
    if (now_.excess <= 0) {
      if (found_.best && found_.cost <= now_.cost) return;
      found_.best = mover_.plan();
      found_.cost = now_.cost;
    } else if (!found_.best && (found_.nearest.x.empty() || now_.excess < found_.excess)) {
      found_.nearest = mover_.plan();
      found_.excess = now_.excess;
    }
  }

  const Frame& frame_;
  J judge_;
  const AnnealOptions& options_;
  Rng rng_;
  Mover mover_;
  Measure now_{};
  double unit_{1};
  Annealed found_{};
};

template <Judge J>
Annealed anneal(const Frame& frame, const J& judge, const AnnealOptions& options) {
  const std::size_t restarts = std::max<std::size_t>(1, options.restarts);
  const Rng rng{options.seed};
  // Tasks run one after the other on each thread: each has its share of the time.
  const double rounds = std::ceil(static_cast<double>(restarts) / std::max(1, options.threads));
  auto found = parallel::map(restarts, options.threads, [&](std::size_t r) {
    return Annealer<J>{frame, judge, options, rng.fork(r)}.run(
        Clock{options.budget, 1 / rounds, 1.0 / static_cast<double>(restarts)});
  });
  Annealed best = std::move(found[0]);
  for (std::size_t r = 1; r < restarts; ++r) best = better(std::move(best), std::move(found[r]));
  return best;
}

}  // namespace marquetry::floorplan
