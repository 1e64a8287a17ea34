#include "placement/harvest.h"

#include <algorithm>
#include <cmath>

namespace marquetry::placement {
namespace {

// Points nearer to each other than this share of both figures are one: a front of thousands tells no more.
constexpr double grain = 1e-4;

double rounded(double value) {
  const double step = grain * std::pow(2.0, std::ceil(std::log2(std::max(std::abs(value), 1e-9))));
  return std::ceil(value / step) * step;
}

}  // namespace

void Harvest::note(double wire, double peak, const floorplan::Plan& plan) {
  const solver::Point point{{rounded(wire), rounded(peak)}, plans_.size()};
  if (archive_.dominated(point)) return;
  archive_.insert(point);
  plans_.push_back(plan);
}

void Harvest::merge(const Harvest& other) {
  for (const auto& crop : other.crops()) note(crop.wire, crop.peak, crop.plan);
}

std::vector<Harvest::Crop> Harvest::crops() const {
  std::vector<Crop> all;
  for (const auto& point : archive_.points())
    all.push_back({point.costs[0], point.costs[1], plans_[point.id]});
  std::ranges::sort(all, {}, [](const Crop& crop) { return std::pair{crop.wire, crop.peak}; });
  return all;
}

std::vector<Harvest::Crop> Harvest::crops(std::size_t most) const {
  auto all = crops();
  if (all.size() <= most || most < 2) return all;
  // By the way along the front, both figures scaled to its extent.
  const double wire = std::max(all.back().wire - all.front().wire, 1e-9),
               peak = std::max(all.front().peak - all.back().peak, 1e-9);
  std::vector<double> way{0};
  for (std::size_t k = 1; k < all.size(); ++k) {
    const double dx = (all[k].wire - all[k - 1].wire) / wire, dy = (all[k - 1].peak - all[k].peak) / peak;
    way.push_back(way.back() + std::abs(dx) + std::abs(dy));
  }
  std::vector<Crop> chosen;
  for (std::size_t k = 0; k < all.size(); ++k) {
    const double wanted = way.back() * static_cast<double>(chosen.size()) / static_cast<double>(most - 1);
    if (way[k] >= wanted * (1 - 1e-12) || k + 1 == all.size()) chosen.push_back(std::move(all[k]));
  }
  return chosen;
}

}  // namespace marquetry::placement
