#include "delivery/bumps.h"

#include <algorithm>
#include <cmath>

namespace marquetry::delivery {
namespace {

constexpr double most = 1e9;  // of one kind: beyond any package

// A net with another number of one kind of joints.
struct Trial {
  double worst{};
  bool holds{}, is_solved{};
};

Trial with_count(const Plane& plane, Net& net, const Limits& limits, std::size_t joints, double count,
                 const Options& options) {
  auto& kind = net.supply.joints[joints];
  kind.count = count;
  const auto made = flow(plane, net, limits, options);
  Trial out{.holds = made.joints[joints].holds(),
            .is_solved = made.outcome.state == conduction::State::solved};
  for (const auto& die : made.dies) {
    const bool is_served = !kind.region || std::ranges::any_of(net.loads, [&](const Load& load) {
      return load.die == die.die && load.layer == kind.below + 1 && load.region == kind.region;
    });
    if (!is_served) continue;
    out.worst = std::max(out.worst, die.worst);
    out.holds = out.holds && die.holds();
  }
  return out;
}

}  // namespace

Need least_count(const Plane& plane, const Net& net, const Limits& limits, std::size_t joints,
                 const Options& given) {
  Options options = given;
  options.sensitivities = false;
  Net trial = net;
  Need out;
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  const auto at = [&](double count) {
    ++out.solves;
    return with_count(plane, trial, limits, joints, count, options);
  };
  const auto without_loss = at(most);
  out.best = without_loss.worst;
  if (!without_loss.is_solved || !without_loss.holds) {
    out.count = most;
    out.worst = out.best;
    return out;
  }
  const auto& kind = net.supply.joints[joints];
  double drawn = 0;  // what flows through them whatever their number; of several kinds side by side unknown
  const bool is_alone = std::ranges::count(net.supply.joints, kind.below, &Joints::below) == 1;
  for (const auto& load : net.loads)
    if (is_alone || (kind.region && load.region == kind.region && load.layer == kind.below + 1))
      drawn += load.current;
  double high = std::max(1.0, kind.limit > 0 ? std::ceil(drawn / kind.limit - 1e-9) : 1.0);
  double low = high - 1;  // too few, or none
  auto found = at(high);
  while (!found.holds && !stopped()) {
    low = high;
    high = std::min(most, 2 * high);
    found = at(high);
  }
  out.is_met = found.holds;
  out.worst = found.worst;
  while (high - low > 1 && !stopped()) {
    const double middle = std::floor((low + high) / 2);
    const auto half = at(middle);
    (half.holds ? high : low) = middle;
    if (half.holds) out.worst = half.worst;
  }
  out.is_complete = high - low <= 1;
  out.count = high;
  return out;
}

}  // namespace marquetry::delivery
