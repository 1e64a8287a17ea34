#include "placement/heat.h"

#include <algorithm>
#include <limits>

#include "placement/stacks.h"

namespace marquetry::placement {
namespace {

constexpr double metres = 1e-9;  // in a nanometre

geometry::Nanometre finest(const layout::Problem& problem, const std::vector<double>& powers) {
  auto least = std::numeric_limits<geometry::Nanometre>::max();
  for (std::size_t d = 0; d < powers.size(); ++d) {
    if (powers[d] > 0) least = std::min({least, problem.dies[d].size.width, problem.dies[d].size.height});
  }
  return least;
}

}  // namespace

std::vector<double> pile_powers(const layout::Problem& problem) {
  std::vector<double> powers(problem.dies.size());
  for (std::size_t d = 0; d < powers.size(); ++d) powers[root(problem, d)] += problem.dies[d].power;
  return powers;
}

std::vector<thermal::Source> sources(const layout::Problem& problem,
                                     const std::vector<geometry::Rect>& rects) {
  std::vector<thermal::Source> all;
  const double contact = problem.plate ? problem.plate->contact : 0;
  const auto powers = pile_powers(problem);
  for (std::size_t d = 0; d < rects.size(); ++d) {
    if (powers[d] > 0) all.push_back({rects[d], powers[d], contact});
  }
  return all;
}

PlateHeat::PlateHeat(const layout::Problem& problem, geometry::Size carrier)
    : spreader_{
          *problem.plate, {{}, {carrier.width, carrier.height}}, finest(problem, pile_powers(problem))} {
  const auto& plate = *problem.plate;
  base_ = plate.background * spreader_.mean_response();
  const auto powers = pile_powers(problem);
  for (std::size_t d = 0; d < powers.size(); ++d) {
    const auto& die = problem.dies[d];
    if (powers[d] <= 0) continue;
    dies_.push_back(d);
    power_.push_back(powers[d]);
    const geometry::Rect rect{{}, {die.size.width, die.size.height}};
    const double area = metres * metres * geometry::area(die.size);
    self_.push_back(powers[d] / area * (plate.contact + thermal::through_plate(plate, rect)));
  }
  footings_.resize(dies_.size());
}

double PlateHeat::peak(const std::vector<geometry::Rect>& rects) {
  double hottest = 0;
  for (std::size_t i = 0; i < dies_.size(); ++i) spreader_.put(footings_[i], rects[dies_[i]]);
  for (std::size_t i = 0; i < dies_.size(); ++i) {
    double rise = base_ + self_[i];
    for (std::size_t j = 0; j < dies_.size(); ++j) {
      rise += power_[j] * (i == j ? footings_[i].own : spreader_.response(footings_[i], footings_[j]));
    }
    hottest = std::max(hottest, rise);
  }
  return hottest;
}

std::optional<Heat> heat(const layout::Problem& problem, geometry::Size carrier) {
  if (problem.section) return SectionHeat{problem, carrier};
  if (problem.plate) return PlateHeat{problem, carrier};
  return std::nullopt;
}

}  // namespace marquetry::placement
