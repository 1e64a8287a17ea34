#include "placement/heat.h"

#include <algorithm>
#include <limits>

namespace marquetry::placement {
namespace {

constexpr double metres = 1e-9;  // in a nanometre

geometry::Nanometre finest(const layout::Problem& problem) {
  auto least = std::numeric_limits<geometry::Nanometre>::max();
  for (const auto& die : problem.dies) {
    if (die.power > 0) least = std::min({least, die.size.width, die.size.height});
  }
  return least;
}

}  // namespace

std::vector<thermal::Source> sources(const layout::Problem& problem,
                                     const std::vector<geometry::Rect>& rects) {
  std::vector<thermal::Source> all;
  const double contact = problem.plate ? problem.plate->contact : 0;
  for (std::size_t d = 0; d < rects.size(); ++d) {
    if (problem.dies[d].power > 0) all.push_back({rects[d], problem.dies[d].power, contact});
  }
  return all;
}

Heat::Heat(const layout::Problem& problem, geometry::Size carrier)
    : spreader_{*problem.plate, {{}, {carrier.width, carrier.height}}, finest(problem)} {
  const auto& plate = *problem.plate;
  base_ = plate.background * spreader_.mean_response();
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const auto& die = problem.dies[d];
    if (die.power <= 0) continue;
    dies_.push_back(d);
    power_.push_back(die.power);
    const geometry::Rect rect{{}, {die.size.width, die.size.height}};
    const double area = metres * metres * geometry::area(die.size);
    self_.push_back(die.power / area * (plate.contact + thermal::through_plate(plate, rect)));
  }
  footings_.resize(dies_.size());
}

double Heat::peak(const Stance& stance) {
  double hottest = 0;
  for (std::size_t i = 0; i < dies_.size(); ++i) spreader_.put(footings_[i], stance.rect[dies_[i]]);
  for (std::size_t i = 0; i < dies_.size(); ++i) {
    double rise = base_ + self_[i];
    for (std::size_t j = 0; j < dies_.size(); ++j) {
      rise += power_[j] * (i == j ? footings_[i].own : spreader_.response(footings_[i], footings_[j]));
    }
    hottest = std::max(hottest, rise);
  }
  return hottest;
}

}  // namespace marquetry::placement
