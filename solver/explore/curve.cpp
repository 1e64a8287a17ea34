#include "explore/curve.h"

#include <algorithm>
#include <tuple>

namespace marquetry::explore {
namespace {

constexpr auto limit_of = &Step::limit;

}  // namespace

bool Curve::wants(const Step& step) const {
  const Step* known = within(step.limit);
  return known == nullptr || step.value < known->value ||
         (step.value == known->value && std::tie(step.limit, step.id) < std::tie(known->limit, known->id));
}

void Curve::add(const Step& step) {
  if (!wants(step)) return;
  // What it covers follows it, and may be one of the same limit before it.
  const auto first = std::ranges::lower_bound(steps_, step.limit, {}, limit_of);
  const auto last =
      std::find_if(first, steps_.end(), [&](const Step& other) { return other.value < step.value; });
  const auto at = steps_.erase(first, last);
  steps_.insert(at, step);
}

void Curve::merge(const Curve& other) {
  for (const auto& step : other.steps_) add(step);
}

const Step* Curve::within(double limit) const {
  const auto next = std::ranges::upper_bound(steps_, limit, {}, limit_of);
  return next == steps_.begin() ? nullptr : &*(next - 1);
}

const Step* Curve::beyond(double limit) const {
  const auto next = std::ranges::upper_bound(steps_, limit, {}, limit_of);
  return next == steps_.end() ? nullptr : &*next;
}

std::optional<double> Curve::slope(double limit) const {
  if (within(limit) == nullptr) return std::nullopt;
  // Andrew's monotone chain, the lower half.
  std::vector<Step> hull;
  for (const auto& step : steps_) {
    while (hull.size() > 1) {
      const Step &a = hull[hull.size() - 2], &b = hull.back();
      const double turn =
          (b.limit - a.limit) * (step.value - a.value) - (b.value - a.value) * (step.limit - a.limit);
      if (turn > 0) break;
      hull.pop_back();
    }
    hull.push_back(step);
  }
  const auto next = std::ranges::upper_bound(hull, limit, {}, limit_of);
  if (next == hull.end()) return 0.0;
  const Step &a = *(next - 1), &b = *next;
  return (a.value - b.value) / (b.limit - a.limit);
}

}  // namespace marquetry::explore
