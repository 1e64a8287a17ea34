// The judge of plans for the annealer: wire in the metric that was asked for, area, cost and temperature, and
// the rules that a packing alone does not keep. Before it judges, it lets the slack of the plan's relations
// take effect: blocks move to where the wires are least and ties are kept.
#pragma once

#include "floorplan/anneal.h"
#include "placement/harvest.h"
#include "placement/heat.h"
#include "placement/rules.h"
#include "placement/stretch.h"
#include "placement/ties.h"
#include "placement/wires.h"

namespace marquetry::placement {

// What is judged: made once, shared by all restarts.
struct Task {
  const layout::Problem* problem{};
  Blocks blocks{};  // with the nets of the metric
  floorplan::Frame frame{};
  Metric metric{};
  Weights weights{};
  std::function<double(geometry::Size)> cost{};
  double tidiness{};  // what a mm2 of a carrier that may be of any size weighs at least
  bool is_checked{};  // a plan that seems legal is finished and held against the checker
  bool contracts{};   // there are few enough blocks for a slack pass a move
  std::optional<Heat> heat{};
};

// An estimate of heat by section has had its first lessons.
Task task(const layout::Problem& problem, const Options& options);

class Judge {
 public:
  // What it sees of legal plans goes to `harvest`, where there is one.
  explicit Judge(const Task& task, Harvest* harvest = nullptr);

  floorplan::Verdict operator()(floorplan::Plan& plan);
  std::optional<floorplan::Beside> propose(const floorplan::Plan& plan, Rng& rng) const;
  geometry::Point aim(const floorplan::Plan& plan, floorplan::Index block);

  // The slack pass to its end.
  floorplan::Verdict settle(floorplan::Plan& plan);

 private:
  floorplan::Verdict settle(floorplan::Plan& plan, int rounds);
  void contract(floorplan::Plan& plan, Score& now, int rounds);
  floorplan::Verdict verdict(const floorplan::Plan& plan, const Score& wire);
  floorplan::Verdict spread(floorplan::Plan& plan);
  double broken(const floorplan::Plan& plan) const;
  Score wire(const floorplan::Plan& plan);
  bool arrange(floorplan::Plan& plan);
  bool arrange(floorplan::Plan& plan, Axis axis);

  const Task* task_;
  bool has_groups_{};
  Wires wires_;
  std::optional<Heat> heat_{};
  Harvest* harvest_{};
  floorplan::Packer packer_;
  Slack slack_{};
  Stance stance_{};
  floorplan::Plan near_{};
  std::vector<Apart> aparts_{};
  std::vector<Nanometre> old_x_{}, old_y_{};
};

}  // namespace marquetry::placement
