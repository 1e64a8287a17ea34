#include "bonding/edge.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "yield/quadrature.h"

namespace marquetry::bonding {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// 1 - exp(-e^x) as three normal distributions: least squares, off by 0.0036 at most, by far less once it is
// spread by the error of the whole array. Mean and variance are exact to 1e-3.
constexpr std::array<Step, 3> double_exponential{
    Step{0.14435, -2.31190, 1.51622}, Step{0.47108, -0.75882, 0.91216}, Step{0.38457, 0.30706, 0.62666}};

constexpr std::size_t side_nodes = 6;
// Nodes and weights of Gauss-Legendre on 0 ... 1.
const yield::Rule& side_rule() {
  static const yield::Rule rule = yield::even_rule(0, 1, static_cast<int>(side_nodes));
  return rule;
}

}  // namespace

EdgeTable::EdgeTable(const LossTable& losses, const Corners& corners, Complex shape, bool worst_only)
    : losses_{&losses},
      half_width_{std::abs(shape) * corners.half_width},
      half_height_{std::abs(shape) * corners.half_height},
      turn_{std::abs(shape) > 0 ? std::arg(shape) : 0},
      worst_only_{worst_only} {
  for (std::size_t i = 0; i < directions; ++i) {
    limits_[i] = limit(pi / 2 * static_cast<double>(i) / (directions - 1));
  }
  const double scale = std::ranges::max(limits_, {}, &Limit::scale).scale;
  safe_ = std::ranges::min(limits_, {}, &Limit::distance).distance - (worst_only_ ? 6 : 21) * scale;
  hopeless_ = std::ranges::max(limits_, {}, &Limit::distance).distance + (worst_only_ ? 6 : 3.1) * scale;
}

// ln of the mean loss over the array, which stands turned back and stretched about `off` (both coordinates
// positive). Losses fall off fast from the farthest corner: only as much of each side is summed as counts.
double EdgeTable::log_loss(Complex off) const {
  const Complex corner = off + Complex{half_width_, half_height_};
  const double far = std::abs(corner), sigma = losses_->pad_error();
  const double growth = std::max(losses_->allowed() - far, sigma) / (sigma * sigma);
  const auto length = [&](double side, double part) {
    return std::min(2 * side, 16 / (growth * std::max(part / far, 1e-3)));
  };
  const double x = length(half_width_, corner.real()), y = length(half_height_, corner.imag());
  const double whole_x = 2 * half_width_, whole_y = 2 * half_height_;
  const double top = losses_->log_loss(far);
  const auto& rule = side_rule();
  double sum = 0;
  for (std::size_t i = 0; i < side_nodes; ++i) {
    for (std::size_t k = 0; k < side_nodes; ++k) {
      const double dx = corner.real() - x * rule.at[i], dy = corner.imag() - y * rule.at[k];
      const double r = std::sqrt(dx * dx + dy * dy);
      sum += rule.weight[i] * rule.weight[k] * std::exp(losses_->log_loss(r) - top);
    }
  }
  const double share = (whole_x > 0 ? x / whole_x : 1) * (whole_y > 0 ? y / whole_y : 1);
  return top + std::log(sum * share);
}

EdgeTable::Limit EdgeTable::limit(double angle) const {
  const Complex direction = std::polar(1.0, angle), corner{half_width_, half_height_};
  // Where the farthest corner is off by what is allowed: |rho e + c| = m.
  const double along = (std::conj(direction) * corner).real(),
               across = (std::conj(direction) * corner).imag();
  const double m = losses_->allowed();
  const double reach = std::sqrt(std::max(m * m - across * across, 1e-6 * m * m));
  if (worst_only_) return {std::max(reach - along, 0.0), losses_->pad_error() * m / reach};
  // ln L = 0 by secants, halved where they leave what is known to hold the root.
  const double sigma = losses_->pad_error();
  double low = 0, high = std::max(reach - along, 0.0) + 4 * sigma;
  const double middle = log_loss(0.0);
  if (middle >= 0) {  // lost even where it lies exactly
    const double slope =
        std::max((log_loss(0.02 * sigma * direction) - middle) / (0.02 * sigma), 1e-3 / sigma);
    return {-middle / slope, 1 / slope};
  }
  double before = high - 8 * sigma, rho = before - 0.5 * sigma;
  if (rho <= 0) rho = 0.4 * high, before = 0.5 * high;
  double at_before = log_loss(before * direction), slope = 1 / sigma;
  for (int i = 0; i < 20; ++i) {
    const double here = log_loss(rho * direction);
    (here < 0 ? low : high) = rho;
    slope = std::max((here - at_before) / (rho - before), 1e-3 / sigma);
    const double next = rho - here / slope;
    if (std::abs(next - rho) < 0.1 / slope) return {next, 1 / slope};
    before = rho;
    at_before = here;
    rho = next > low && next < high ? next : 0.5 * (low + high);
  }
  return {rho, 1 / slope};
}

Edge EdgeTable::at(double angle) const {
  // By symmetry to the first quarter turn of the array's own axes.
  double folded = std::fmod(std::abs(angle - turn_), pi);
  if (folded > pi / 2) folded = pi - folded;
  const double x = folded / (pi / 2) * (directions - 1);
  const auto i = std::min(static_cast<std::size_t>(x), directions - 2);
  const double t = x - static_cast<double>(i);
  const double distance = limits_[i].distance + t * (limits_[i + 1].distance - limits_[i].distance);
  const double scale = limits_[i].scale + t * (limits_[i + 1].scale - limits_[i].scale);
  if (worst_only_) return {Step{1, distance, scale}, Step{}, Step{}};
  Edge edge;
  for (std::size_t k = 0; k < edge.size(); ++k) {
    const auto& step = double_exponential[k];
    edge[k] = {step.share, distance + scale * step.mean, scale * step.deviation};
  }
  return edge;
}

}  // namespace marquetry::bonding
