#include "floorplan/slack.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "floorplan/wire.h"
#include "milp/milp.h"

namespace marquetry::floorplan {
namespace {

// i comes before j along the order and in the second sequence, and nobody lies between in both.
std::vector<Neighbours> neighbours(const SequencePair& pair, bool descending) {
  std::vector<Neighbours> found;
  const Index n = pair.size();
  const auto block = [&](Index k) { return pair.first[descending ? n - 1 - k : k]; };
  for (Index k = 0; k < n; ++k) {
    const Index i = block(k);
    Index nearest = n;
    for (Index m = k + 1; m < n; ++m) {
      const Index j = block(m);
      if (pair.at_second[j] < pair.at_second[i] || pair.at_second[j] > nearest) continue;
      nearest = pair.at_second[j];
      found.push_back({i, j});
    }
  }
  return found;
}

struct Side {  // one coordinate
  const Frame& frame;
  const Plan& plan;
  bool is_y;

  const std::vector<Nanometre>& position() const { return is_y ? plan.y : plan.x; }
  const std::vector<Nanometre>& size() const { return is_y ? plan.height : plan.width; }
  const Limits& limits() const { return is_y ? frame.y : frame.x; }
  bool precedes(Index i, Index j) const { return is_y ? plan.pair.above(j, i) : plan.pair.left_of(i, j); }
  double of(Point p) const { return static_cast<double>(is_y ? p.y : p.x); }
};

double pin_offset(const Problem& problem, const Side& side, const Pin& pin) {
  const auto b = static_cast<Index>(pin.block);
  if (pin.at_centre) return static_cast<double>(side.size()[b]) / 2;
  return side.of(geometry::turned(pin.at, problem.blocks[b].size, side.plan.rotation[b]));
}

// Lengths in thousandths of the side, so that GLPK's tolerances fit.
class Program {
 public:
  Program(const Problem& problem, const Side& side, Nanometre low, Nanometre high)
      : side_{side}, unit_{side.frame.side / 1000} {
    const auto n = side.frame.size();
    for (Index i = 0; i < n; ++i) {
      const Nanometre least = std::max(side.limits().low[i], low);
      const Nanometre most = std::min(side.limits().limit[i], high) - side.size()[i];
      const bool is_fixed = side.limits().limit[i] - side.limits().low[i] == side.size()[i];
      model_.variables.push_back({0, scaled(is_fixed ? side.limits().low[i] : least),
                                  scaled(is_fixed ? side.limits().low[i] : most), false});
    }
    for (const auto& [i, j] : side.is_y ? neighbours_y(side.plan.pair) : neighbours_x(side.plan.pair)) {
      keep_apart(i, j, side.frame.after[i] + side.frame.before[j]);
    }
    for (Index j = 0; j < n; ++j) {
      for (const auto& [i, gap] : side.frame.excess[j]) {
        if (side.precedes(i, j)) keep_apart(i, j, gap);
      }
    }
    for (const auto& net : problem.nets) add(problem, net);
  }

  bool solve(double seconds, std::vector<Nanometre>& wish) const {
    const auto solution = milp::solve(model_, {.seconds = seconds});
    if (solution.status != milp::Status::optimal) return false;
    for (Index i = 0; i < wish.size(); ++i) wish[i] = std::llround(solution.values[i] * unit_);
    return true;
  }

 private:
  template <class Length>
  double scaled(Length length) const {
    return static_cast<double>(length) / unit_;
  }
  void keep_apart(Index i, Index j, Nanometre gap) {
    model_.rows.push_back({{{j, 1}, {i, -1}}, scaled(side_.size()[i] + gap), milp::infinity});
  }

  void add(const Problem& problem, const floorplan::Net& net) {
    if (net.weight <= 0 || net.pins.size() < 2) return;
    double least = milp::infinity, most = -milp::infinity;
    for (const auto& pin : net.pins) {
      if (pin.block >= 0) continue;
      least = std::min(least, scaled(side_.of(pin.at)));
      most = std::max(most, scaled(side_.of(pin.at)));
    }
    const auto high = model_.variables.size();
    model_.variables.push_back({net.weight, most, milp::infinity, false});
    model_.variables.push_back({-net.weight, -milp::infinity, least, false});
    for (const auto& pin : net.pins) {
      if (pin.block < 0) continue;
      const auto block = static_cast<std::size_t>(pin.block);
      const double offset = scaled(pin_offset(problem, side_, pin));
      model_.rows.push_back({{{high, 1}, {block, -1}}, offset, milp::infinity});
      model_.rows.push_back({{{block, 1}, {high + 1, -1}}, -offset, milp::infinity});
    }
  }

  Side side_;
  double unit_;
  milp::Model model_;
};

}  // namespace

std::vector<Neighbours> neighbours_x(const SequencePair& pair) { return neighbours(pair, false); }
std::vector<Neighbours> neighbours_y(const SequencePair& pair) { return neighbours(pair, true); }

void tighten(const Problem& problem, const Frame& frame, Plan& plan, double seconds) {
  Wire wire{problem, frame};
  if (wire.empty() || frame.size() == 0) return;
  Packer packer{frame};
  double now = wire.length(plan);
  const bool box_counts = problem.objective.area != 0 || !frame.has_outline;
  for (const bool is_y : {false, true}) {
    const Side side{frame, plan, is_y};
    Nanometre low = unlimited, high = -unlimited;
    for (Index i = 0; i < frame.size(); ++i) {
      low = std::min(low, side.position()[i]);
      high = std::max(high, side.position()[i] + side.size()[i]);
    }
    if (!box_counts) low = -unlimited, high = unlimited;
    Wish wish{plan.x, plan.y};
    if (!Program{problem, side, low, high}.solve(seconds / 2, is_y ? wish.y : wish.x)) continue;
    Plan tried = plan;
    packer.keep(tried, wish, {});
    const double then = wire.length(tried);
    const bool grows = box_counts && (tried.box.width > plan.box.width || tried.box.height > plan.box.height);
    if (tried.overflow_x > 0 || tried.overflow_y > 0 || grows || then >= now) continue;
    now = then;
    plan = std::move(tried);
  }
}

}  // namespace marquetry::floorplan
