#include "bonding/pad_error.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "yield/quadrature.h"

namespace marquetry::bonding {
namespace {

using std::numbers::pi;

// Area that two discs share.
double lens(double a, double b, double d) {
  const double least = std::min(a, b);
  if (d <= std::abs(a - b)) return pi * least * least;
  if (d >= a + b) return 0;
  const double x = (d * d + a * a - b * b) / (2 * d);
  const double half_chord = std::sqrt(std::max(a * a - x * x, 0.0));
  return a * a * std::acos(std::clamp(x / a, -1.0, 1.0)) +
         b * b * std::acos(std::clamp((d - x) / b, -1.0, 1.0)) - d * half_chord;
}

double contact_limit(double top, double bottom, double share) {
  double low = std::abs(top - bottom), high = top + bottom;
  const double target = share * pi * top * top;
  if (lens(top, bottom, low) < target) return 0;
  for (int i = 0; i < 100; ++i) {
    const double d = 0.5 * (low + high);
    (lens(top, bottom, d) > target ? low : high) = d;
  }
  return 0.5 * (low + high);
}

double above(double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); }

// The mean of f(chord, weight) over the part of a normal error across a direction: along it the rest must
// stay within the chord of the disc of radius m.
template <class F>
void over_chords(double m, double sigma, const yield::Rule& rule, F f) {
  const double end = std::asin(std::min(1.0, 9 * sigma / m));
  for (std::size_t i = 0; i < rule.at.size(); ++i) {
    const double angle = end * rule.at[i], chord = m * std::cos(angle), t = m * std::sin(angle) / sigma;
    f(chord, 2 * rule.weight[i] * end * chord / sigma * std::exp(-0.5 * t * t) / std::sqrt(2 * pi));
  }
}

// P(|r + e| > m), e normal each way.
double lost(double r, double m, double sigma, const yield::Rule& rule) {
  double sum = m < 9 * sigma ? 2 * above(m / sigma) : 0;
  const bool near = m < 9 * sigma;  // the far side of the disc counts
  over_chords(m, sigma, rule, [&](double chord, double weight) {
    sum += weight * (above((chord - r) / sigma) + (near ? above((chord + r) / sigma) : 0));
  });
  return sum;
}

double kept(double r, double m, double sigma, const yield::Rule& rule) {
  double sum = 0;
  over_chords(m, sigma, rule, [&](double chord, double weight) {
    sum += weight * (above((r - chord) / sigma) - above((chord + r) / sigma));
  });
  return sum;
}

constexpr int cells = 48, chords = 14;

}  // namespace

Length<> allowed_misalignment(const Alignment& alignment, const Pads& pads) {
  const double top = pads.top_radius / unit::um, bottom = pads.bottom_radius / unit::um;
  const double k = alignment.distance_share;
  const double spacing = (1 - k) * (pads.pitch / unit::um) - top + (2 * k - 1) * bottom;
  return std::min(contact_limit(top, bottom, alignment.contact_share), spacing) * unit::um;
}

LossTable::LossTable(double allowed, double pad_error, const Pads& pads)
    : allowed_{allowed}, sigma_{std::max(pad_error, 1e-5 * allowed)} {
  // Below `begin`, fewer than one pad in 1e20 is lost; above, the table goes on straight.
  low_ = begin(allowed_, sigma_);
  step_ = (allowed_ + 2 * sigma_ - low_) / cells;
  const auto rule = yield::even_rule(0, 1, chords);
  log_loss_.reserve(cells + 1);
  for (int i = 0; i <= cells; ++i) {
    const double r = low_ + i * step_, q = lost(r, allowed_, sigma_, rule);
    const double per_critical = q < 0.5 ? -std::log1p(-q) : -std::log(kept(r, allowed_, sigma_, rule));
    const double per_redundant =
        pads.redundant_signals > 0 ? -std::log1p(-std::pow(q, pads.copies) * (1 - 1e-15)) : 0;
    log_loss_.push_back(
        std::log(std::max(pads.critical * per_critical + pads.redundant_signals * per_redundant, 1e-300)));
  }
}

double LossTable::begin(double allowed, double pad_error) { return std::max(0.0, allowed - 9.5 * pad_error); }

double LossTable::log_loss(double r) const {
  const double x = (r - low_) / step_;
  const int i = std::clamp(static_cast<int>(x) - 1, 0, cells - 3);
  const double t = x - i;  // 1 ... 2 within the table
  const double* y = &log_loss_[static_cast<std::size_t>(i)];
  if (t < 0) return y[0] + t * (y[1] - y[0]);
  if (t > 3) return y[3] + (t - 3) * (y[3] - y[2]);
  // Lagrange's cubic through four points.
  return y[0] * (1 - t) * (2 - t) * (3 - t) / 6 + y[1] * t * (2 - t) * (3 - t) / 2 +
         y[2] * t * (t - 1) * (3 - t) / 2 + y[3] * t * (t - 1) * (t - 2) / 6;
}

}  // namespace marquetry::bonding
