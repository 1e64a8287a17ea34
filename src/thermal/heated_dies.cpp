#include "thermal/heated_dies.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::thermal {
namespace {

constexpr double reach = 0.7;  // of half a side: the points beside the middle

struct Place {
  double x{}, y{};
};
std::array<Place, 5> places(const Foot& f) {
  const double dx = reach * f.width / 2, dy = reach * f.height / 2;
  return {{{f.x, f.y}, {f.x - dx, f.y}, {f.x + dx, f.y}, {f.x, f.y - dy}, {f.x, f.y + dy}}};
}

// middle + slope t + bend t^2, t in halves of the side.
struct Parabola {
  double slope{}, bend{};
  double highest() const {  // above the middle
    if (bend >= 0 || std::abs(slope) >= -2 * bend) return std::max(std::abs(slope) + bend, 0.0);
    return -slope * slope / (4 * bend);
  }
};
Parabola through(double low, double middle, double high) {
  return {(high - low) / (2 * reach), (high + low - 2 * middle) / (2 * reach * reach)};
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
  const auto at = places(foot_[target]);
  for (std::size_t k = 0; k < points; ++k) {
    pair_[(target * points + k) * size() + source] =
        power_[source] *
        response_->direct(foot_[source], table_[source], foot_[target].floor, at[k].x, at[k].y);
  }
}

void HeatedDies::move(std::size_t die, const Foot& foot) {
  if (foot_[die] == foot) return;
  const auto& old = foot_[die];
  if (old.width != foot.width || old.height != foot.height || old.floor != foot.floor)
    table_[die] = response_->table(foot);
  foot_[die] = foot;
  shape_[die] = response_->shape(foot);
  const double dx = reach * foot.width / 2, dy = reach * foot.height / 2;
  lines_[die] = {{response_->line_x(foot.x), response_->line_x(foot.x - dx), response_->line_x(foot.x + dx)},
                 {response_->line_y(foot.y), response_->line_y(foot.y - dy), response_->line_y(foot.y + dy)}};
  for (auto& mode : shape_[die]) mode *= power_[die];
  for (std::size_t other = 0; other < size(); ++other) {
    if (foot_[other].width <= 0) continue;  // has not been put down yet
    look(die, other);
    if (other != die) look(other, die);
  }
  is_summed_ = false;
}

HeatedDies::Samples HeatedDies::beyond_at(const Lines& lines) const {
  Response::Line row{}, column{};  // the polynomial along the two lines through the middle
  for (std::size_t p = 0; p < row.size(); ++p) {
    for (std::size_t q = 0; q < row.size(); ++q) {
      const double factor = beyond_[p * row.size() + q];
      row[p] += factor * lines.y[0][q];
      column[q] += factor * lines.x[0][p];
    }
  }
  const auto dot = [](const Response::Line& a, const Response::Line& b) {
    double sum = 0;
    for (std::size_t p = 0; p < a.size(); ++p) sum += a[p] * b[p];
    return sum;
  };
  return {dot(row, lines.x[0]), dot(row, lines.x[1]), dot(row, lines.x[2]), dot(column, lines.y[1]),
          dot(column, lines.y[2])};
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
    const auto along = through(sum[1], sum[0], sum[2]), across = through(sum[3], sum[0], sum[4]);
    figures_[d] = {.peak = sum[0] + along.highest() + across.highest(),
                   .mean = sum[0] + (along.bend + across.bend) / 3};
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
