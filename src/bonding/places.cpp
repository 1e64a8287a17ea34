#include <cmath>
#include <numbers>

#include "bonding/overlay.h"
#include "yield/quadrature.h"

namespace marquetry::bonding {
namespace {

// The farthest that a die's centre may lie from the wafer's in a direction: its outer corner on the rim.
double farthest(double angle, double half_width, double half_height, double wafer) {
  const double c = std::abs(std::cos(angle)), s = std::abs(std::sin(angle));
  const double along = half_width * c + half_height * s, across = half_width * s - half_height * c;
  return std::sqrt(std::max(wafer * wafer - across * across, 0.0)) - along;
}

constexpr int directions = 12, distances = 8;

}  // namespace

std::vector<Place> places(const Process& process, const DieSize& die) {
  if (process.flow == Flow::die_to_wafer) return {{}};
  const double a = die.width / unit::um / 2, b = die.height / unit::um / 2,
               wafer = process.wafer_radius / unit::um;
  const auto rule = yield::even_rule(0, 1, distances);  // of (distance / farthest)^2
  std::vector<Place> out;
  double area = 0;
  for (int d = 0; d < directions; ++d) {
    const double angle = 2 * std::numbers::pi * (d + 0.5) / directions;
    const double reach = std::max(farthest(angle, a, b, wafer), 0.0);
    for (std::size_t i = 0; i < rule.at.size(); ++i) {
      const double share = rule.weight[i] * reach * reach;
      out.push_back({std::polar(std::sqrt(rule.at[i]) * reach, angle), share});
      area += share;
    }
  }
  if (area <= 0) return {{}};
  for (auto& place : out) place.share /= area;
  return out;
}

std::vector<Place> grid_of_dies(const Process& process, const DieSize& die) {
  const double wafer = process.wafer_radius / unit::um, street = process.street / unit::um;
  const double width = die.width / unit::um, height = die.height / unit::um;
  const double across = std::floor(2 * wafer / (width + street)) + 1;
  const double down = std::floor(2 * wafer / (height + street)) + 1;
  std::vector<Place> out;
  for (double row = 0; row < down; ++row) {
    for (double column = 0; column < across; ++column) {
      const std::complex<double> centre{(column + 0.5 - across / 2) * (width + street),
                                        (row + 0.5 - down / 2) * (height + street)};
      const double x = std::abs(centre.real()) + width / 2, y = std::abs(centre.imag()) + height / 2;
      if (std::hypot(x, y) < wafer) out.push_back({centre});
    }
  }
  for (auto& place : out) place.share = 1.0 / static_cast<double>(out.size());
  return out;
}

}  // namespace marquetry::bonding
