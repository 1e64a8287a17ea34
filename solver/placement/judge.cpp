#include "placement/judge.h"

#include <algorithm>

#include "layout/legality.h"
#include "placement/finish.h"
#include "placement/lessons.h"
#include "placement/mirrors.h"

namespace marquetry::placement {

using floorplan::Index;
using floorplan::Plan;
using floorplan::Verdict;
using geometry::Size;

namespace {

constexpr double square_millimetre = 1e12, millimetre = 1e6;

// Each slack pass is about n^2 constraints and a handful of shortest paths.
constexpr std::size_t most_contracted = 32, most_at_the_end = 400;
// Rounds of a slack pass in the loop, and of the last one.
constexpr int rounds_of_a_move = 1, rounds_at_the_end = 40;
// What a plainly wrong link weighs against the wire of a plan while it is being contracted.
constexpr double wrong = 4;

Wires wires(const Task& task) {
  const auto& problem = *task.problem;
  switch (task.metric) {
    case Metric::transport:
      return Clumps{problem, task.blocks};
    case Metric::phys:
      return Phys{problem, task.blocks};
    case Metric::centre:
      return Centres{problem, task.blocks};
    default:
      return Nets{task.blocks.problem, task.frame};
  }
}

// A carrier that all dies would need if they stood a little apart.
Size usual_carrier(const layout::Problem& problem, const floorplan::Frame& frame) {
  if (problem.carrier.fixed) return *problem.carrier.fixed;
  const auto side = static_cast<Nanometre>(1.1 * frame.side) + 2 * problem.edge;
  return {side, side};
}

// A tenth of the wire for a carrier twice as large as the dies.
double tidiness(const layout::Problem& problem, const floorplan::Frame& frame) {
  double wires = 0;
  for (const auto& link : problem.links) wires += link.wires;
  for (const auto& net : problem.nets) wires += net.weight;
  const double side = frame.side / millimetre;
  return 0.1 * std::max(wires, 1.0) /
         (side * static_cast<double>(std::max<std::size_t>(1, problem.dies.size())));
}

}  // namespace

Task task(const layout::Problem& problem, const Options& options) {
  Task made{.problem = &problem, .blocks = blocks(problem), .metric = metric_of(problem, options.metric)};
  made.weights = options.weights;
  made.cost = options.cost;
  made.blocks.problem.objective = {.wire = options.weights.wire / millimetre,
                                   .area = options.weights.area / square_millimetre};
  if (made.metric == Metric::half_perimeter) {
    made.blocks.problem.nets =
        problem.nets.empty() ? links_as_nets(problem, made.blocks) : nets(problem, made.blocks);
  } else if (made.metric == Metric::centre) {
    made.blocks.problem.nets = links_as_nets(problem, made.blocks);
  }
  const bool turns_matter = made.metric == Metric::phys || made.metric == Metric::transport;
  made.frame = floorplan::frame(made.blocks.problem,
                                turns_matter ? floorplan::Turns::all : floorplan::Turns::distinct);
  if (!problem.carrier.fixed) made.tidiness = options.weights.wire * tidiness(problem, made.frame);
  const bool is_hot = options.weights.temperature > 0;
  if (is_hot) made.heat = heat(problem, usual_carrier(problem, made.frame));
  made.contracts = options.weights.wire > 0 && problem.dies.size() <= most_contracted;
  teach_at_random(made, options.seed, options.stop);
  return made;
}

Judge::Judge(const Task& task, Harvest* harvest)
    : task_{&task},
      has_groups_{has_groups(*task.problem)},
      wires_{wires(task)},
      heat_{task.heat},
      harvest_{harvest},
      packer_{task.frame} {}

Score Judge::wire(const Plan& plan) {
  find(*task_->problem, task_->blocks, plan, stance_);
  return std::visit([&](auto& wires) { return wires.score(plan, stance_); }, wires_);
}

bool Judge::arrange(Plan& plan, Axis axis) {
  const auto& pulls =
      std::visit([&](auto& wires) -> const std::vector<Pull>& { return wires.pulls(axis); }, wires_);
  auto& x = axis == Axis::x ? plan.x : plan.y;
  gather(task_->frame, plan, axis, aparts_);
  if (has_groups_) {
    add_ties(*task_->problem, task_->blocks, plan, stance_, axis, aparts_);
    const auto pairs = mirrors(*task_->problem, task_->blocks, plan, stance_, axis);
    const Far far = task_->blocks.is_open ? Far::open : Far::fixed;
    if (!pairs.empty()) return placement::settle(pulls, aparts_, pairs, far, x);
    if (!meet(aparts_, x)) return false;
  }
  slack_.settle(pulls, aparts_, x);
  return true;
}

// Both coordinates or none.
bool Judge::arrange(Plan& plan) {
  old_x_ = plan.x, old_y_ = plan.y;
  if (arrange(plan, Axis::x) && arrange(plan, Axis::y)) return true;
  plan.x = old_x_, plan.y = old_y_;
  return false;
}

// Wires are assigned anew after each pass.
void Judge::contract(Plan& plan, Score& now, int rounds) {
  const auto price = [](const Score& s) { return s.length * (1 + wrong * s.penalty); };
  for (int round = 0; round < rounds; ++round) {
    if (!arrange(plan)) return;
    const Score then = wire(plan);
    if (price(then) < price(now) * (1 - 1e-12) || then.penalty < now.penalty - 1e-9) {
      now = then;
      continue;
    }
    // Not below where it was: take the move back, and what was found with it.
    plan.x = old_x_, plan.y = old_y_;
    now = wire(plan);
    return;
  }
}

Verdict Judge::verdict(const Plan& plan, const Score& wire) {
  const auto& problem = *task_->problem;
  const auto& weights = task_->weights;
  const Size size = carrier(problem, task_->blocks, plan);
  const double area = geometry::area(problem.carrier.fixed ? plan.box : size) / square_millimetre;
  Verdict made{weights.wire * wire.length / millimetre, wire.penalty};
  made.cost += std::max(weights.area, problem.carrier.fixed ? 0.0 : task_->tidiness) * area;
  if (weights.cost > 0 && task_->cost) made.cost += weights.cost * task_->cost(size);
  made.penalty += carrier_penalty(problem, task_->blocks, plan, stance_);
  if (has_groups_) made.penalty += group_penalty(problem, stance_);
  const bool is_packed = plan.overflow_x <= 0 && plan.overflow_y <= 0;
  if (task_->is_checked && is_packed && made.penalty <= 0) made.penalty += broken(plan);
  if (heat_) {
    const double peak = placement::peak(*heat_, stance_.rect);
    made.cost += weights.temperature * peak;
    if (harvest_ != nullptr && is_packed && made.penalty <= 0)
      harvest_->note(wire.length / millimetre, peak, plan);
  }
  return made;
}

// What the estimates have not seen, as the checker counts it.
double Judge::broken(const Plan& plan) const {
  auto made = layout_of(*task_->problem, task_->blocks, floorplan::floorplan_of(task_->frame, plan));
  finish(*task_->problem, made);
  return 0.05 * static_cast<double>(layout::violations(*task_->problem, made).size());
}

// Short wires draw the blocks together, heat drives them apart: of the plans between both, the best.
Verdict Judge::spread(Plan& plan) {
  static constexpr std::array parts{0.25, 0.5, 0.75, 1.0};
  const floorplan::Wish together{plan.x, plan.y}, apart = stretched(packer_, plan);
  const auto price = [](const Verdict& v) { return v.cost * (1 + wrong * v.penalty); };
  Verdict best = verdict(plan, wire(plan));
  near_ = plan;
  for (const double part : parts) {
    packer_.keep(near_, between(together, apart, part));
    const Verdict found = verdict(near_, wire(near_));
    if (price(found) >= price(best)) continue;
    best = found;
    plan.x = near_.x, plan.y = near_.y;
  }
  measure(plan);
  return best;
}

Verdict Judge::settle(Plan& plan, int rounds) {
  Score now = wire(plan);
  const bool is_packed = plan.overflow_x <= 0 && plan.overflow_y <= 0;
  if (is_packed && has_groups_ && arrange(plan)) now = wire(plan);
  const bool at_the_end =
      rounds > rounds_of_a_move && task_->weights.wire > 0 && task_->blocks.die.size() <= most_at_the_end;
  if (is_packed && (task_->contracts || at_the_end)) contract(plan, now, rounds);
  if (is_packed) measure(plan);
  return is_packed && heat_ && task_->contracts && !has_groups_ ? spread(plan) : verdict(plan, now);
}

Verdict Judge::operator()(Plan& plan) { return settle(plan, rounds_of_a_move); }

Verdict Judge::settle(Plan& plan) { return settle(plan, rounds_at_the_end); }

std::optional<floorplan::Beside> Judge::propose(const Plan& plan, Rng& rng) const {
  const auto& problem = *task_->problem;
  const auto movable = [&](std::size_t block) {
    return std::ranges::binary_search(task_->frame.movable, static_cast<Index>(block));
  };
  const auto beside = [&](std::size_t die, std::size_t anchor,
                          geometry::Side side) -> std::optional<floorplan::Beside> {
    const std::size_t a = task_->blocks.of_die[die], b = task_->blocks.of_die[anchor];
    if (a == b || !movable(a)) return std::nullopt;
    return floorplan::Beside{static_cast<Index>(a), static_cast<Index>(b), side, {}};
  };
  if (!problem.abutments.empty() && rng.below(3) == 0) {
    const auto& pair = problem.abutments[rng.below(problem.abutments.size())];
    const auto turn = plan.rotation[task_->blocks.of_die[pair.first]];
    return beside(pair.second, pair.first, geometry::turned(pair.side, turn));
  }
  if (const auto* phys = std::get_if<Phys>(&wires_)) return phys->propose(task_->frame, plan, rng);
  if (problem.links.empty()) return std::nullopt;
  const auto& link = problem.links[rng.below(problem.links.size())];
  const bool swap = rng.below(2) == 1;
  return beside(swap ? link.b : link.a, swap ? link.a : link.b, geometry::sides[rng.below(4)]);
}

geometry::Point Judge::aim(const Plan& plan, Index block) {
  if (auto* nets = std::get_if<Nets>(&wires_)) return nets->aim(plan, block);
  return std::visit(
      [&](auto& wires) -> geometry::Point {
        return {median(wires.pulls(Axis::x), plan.x, block), median(wires.pulls(Axis::y), plan.y, block)};
      },
      wires_);
}

}  // namespace marquetry::placement
