#include "thermal/heated_dies.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::thermal {
namespace {

constexpr double reach = 0.6;     // of half a side, from the middle: where a die is looked at
constexpr double farthest = 0.9;  // of half a side: no hottest place is sought beyond

Response::Three places(double middle, double side) {
  return {middle - reach * side / 2, middle, middle + reach * side / 2};
}

// Through values at -reach, 0 and reach: its highest place up to the rim, its value anywhere, and its mean
// over the whole side.
using Three = Response::Three;
double highest_place(const Three& f) {
  const double slope = (f[2] - f[0]) / (2 * reach), bend = (f[2] + f[0] - 2 * f[1]) / (2 * reach * reach);
  if (bend >= 0 || std::abs(slope) >= -2 * bend * farthest) return slope >= 0 ? farthest : -farthest;
  return -slope / (2 * bend);
}
Three shares(double place) {
  const double t = place / reach;
  return {t * (t - 1) / 2, 1 - t * t, t * (t + 1) / 2};
}
constexpr Three shares_of_mean{1 / (6 * reach * reach), 1 - 1 / (3 * reach * reach), 1 / (6 * reach * reach)};

double dot(const Three& a, const Three& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

// The values along x (along y) where the other coordinate has these shares.
Three along_x(const std::array<double, 9>& f, const Three& y) {
  return {dot({f[0], f[1], f[2]}, y), dot({f[3], f[4], f[5]}, y), dot({f[6], f[7], f[8]}, y)};
}
Three along_y(const std::array<double, 9>& f, const Three& x) {
  return {dot({f[0], f[3], f[6]}, x), dot({f[1], f[4], f[7]}, x), dot({f[2], f[5], f[8]}, x)};
}

// From the hottest of the nine places upwards, in x and y by turns.
double highest(const std::array<double, 9>& f) {
  const auto best = static_cast<std::size_t>(std::ranges::max_element(f) - f.begin());
  Three y = shares(reach * (static_cast<double>(best % 3) - 1)), x{};
  for (int round = 0; round < 3; ++round) {
    x = shares(highest_place(along_x(f, y)));
    y = shares(highest_place(along_y(f, x)));
  }
  return std::max(f[best], dot(along_x(f, y), x));
}

double total(std::span<const double> terms) {
  std::array<double, 4> sum{};
  std::size_t i = 0;
  for (; i + 4 <= terms.size(); i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sum[lane] += terms[i + lane];
  }
  for (; i < terms.size(); ++i) sum[0] += terms[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

}  // namespace

HeatedDies::HeatedDies(std::shared_ptr<const Response> response, std::vector<double> powers)
    : response_{std::move(response)}, power_{std::move(powers)} {
  const std::size_t n = power_.size();
  foot_.resize(n), table_.resize(n), shape_.resize(n), lines_.resize(n), pair_.resize(points * n * n),
      figures_.resize(n);
}

void HeatedDies::look(std::size_t target, std::size_t source) {
  const auto& at = foot_[target];
  const auto samples = response_->direct(foot_[source], table_[source], at.floor, places(at.x, at.width),
                                         places(at.y, at.height));
  for (std::size_t k = 0; k < points; ++k)
    pair_[(target * points + k) * size() + source] = power_[source] * samples[k];
}

void HeatedDies::move(std::size_t die, const Foot& foot) {
  if (foot_[die] == foot) return;
  const auto& old = foot_[die];
  if (old.width != foot.width || old.height != foot.height || old.floor != foot.floor)
    table_[die] = response_->table(foot);
  foot_[die] = foot;
  shape_[die] = response_->shape(foot);
  for (auto& mode : shape_[die]) mode *= power_[die];
  const auto x = places(foot.x, foot.width), y = places(foot.y, foot.height);
  for (std::size_t k = 0; k < 3; ++k) {
    lines_[die].x[k] = response_->line_x(x[k]);
    lines_[die].y[k] = response_->line_y(y[k]);
  }
  for (std::size_t other = 0; other < size(); ++other) {
    if (foot_[other].width <= 0) continue;  // has not been put down yet
    look(die, other);
    if (other != die) look(other, die);
  }
  is_summed_ = false;
}

HeatedDies::Samples HeatedDies::beyond_at(const Lines& lines) const {
  Samples out;
  for (std::size_t i = 0; i < 3; ++i) {
    Response::Line column{};  // the polynomial where x is that
    for (std::size_t p = 0; p < column.size(); ++p)
      for (std::size_t q = 0; q < column.size(); ++q)
        column[q] += lines.x[i][p] * beyond_[p * column.size() + q];
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t q = 0; q < column.size(); ++q) sum += column[q] * lines.y[j][q];
      out[3 * i + j] = sum;
    }
  }
  return out;
}

void HeatedDies::sum_up() {
  if (is_summed_) return;
  is_summed_ = true;
  Response::Modes sources{};
  for (const auto& shape : shape_)
    for (std::size_t k = 0; k < sources.size(); ++k) sources[k] += shape[k];
  beyond_ = response_->beyond(sources);
  for (std::size_t d = 0; d < size(); ++d) {
    Samples sum = beyond_at(lines_[d]);
    for (std::size_t k = 0; k < points; ++k)
      sum[k] += total(std::span{pair_}.subspan((d * points + k) * size(), size()));
    figures_[d] = {.peak = highest(sum), .mean = dot(along_x(sum, shares_of_mean), shares_of_mean)};
  }
}

const std::vector<HeatedDies::Figures>& HeatedDies::figures() {
  sum_up();
  return figures_;
}

double HeatedDies::hottest() {
  sum_up();
  double most = -std::numeric_limits<double>::infinity();
  for (const auto& f : figures_) most = std::max(most, f.peak);
  return most;
}

double HeatedDies::peak_with_rim(std::size_t die, std::size_t cells) {
  sum_up();
  const auto& f = foot_[die];
  const auto rim = [cells](double middle, double side, double whole) {
    const double step = whole / static_cast<double>(cells);
    const double low = std::floor((middle - side / 2) / step), high = std::ceil((middle + side / 2) / step);
    return std::pair{(low + 0.5) * step, (high - 0.5) * step};
  };
  const auto [left, right] = rim(f.x, f.width, response_->width());
  const auto [bottom, top] = rim(f.y, f.height, response_->height());
  double most = figures_[die].peak;
  const auto see = [&](double x, double y) {
    double sum = Response::at(beyond_, response_->line_x(x), response_->line_y(y));
    for (std::size_t other = 0; other < size(); ++other)
      sum += power_[other] * response_->direct(foot_[other], table_[other], f.floor, x, y);
    most = std::max(most, sum);
  };
  constexpr int along = 9;  // places on each side
  for (int k = 0; k < along; ++k) {
    const double part = 0.96 * (static_cast<double>(k) / (along - 1) - 0.5);
    see(left, f.y + part * f.height);
    see(right, f.y + part * f.height);
    see(f.x + part * f.width, bottom);
    see(f.x + part * f.width, top);
  }
  return most;
}

}  // namespace marquetry::thermal
