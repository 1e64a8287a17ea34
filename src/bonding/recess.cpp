#include "bonding/recess.h"

#include <cmath>
#include <numbers>

namespace marquetry::bonding {
namespace {

using std::numbers::pi;
const double root_two_pi = std::sqrt(2 * pi);

// int_s^inf (x - s)^1.5 exp(-x^2/2) dx, with x = s + y^2: even and smooth in y, so equal steps are exact.
double pressing(double s) {
  constexpr double step = 0.03;
  const double end = std::sqrt(std::max(9 - s, 1.0));
  double sum = 0;
  for (double y = step; y < end; y += step) {
    const double x = s + y * y;
    sum += y * y * y * y * std::exp(-0.5 * x * x);
  }
  return 2 * step * sum;
}

// int_s^inf exp(-x^2/2) dx
double touching(double s) { return root_two_pi / 2 * std::erfc(s / std::numbers::sqrt2); }

// Where what presses the asperities apart balances what draws them together. It falls with s; 0.1 digits a
// step are enough: 60 halvings of -10 ... 10.
double separation(double theta) {
  double low = -10, high = 10;
  for (int i = 0; i < 60; ++i) {
    const double s = 0.5 * (low + high);
    const double balance = 4 * theta / (3 * root_two_pi) * pressing(s) - root_two_pi * touching(s);
    (balance > 0 ? low : high) = s;
  }
  return 0.5 * (low + high);
}

double above(double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); }

}  // namespace

double contact_share(const Recess& r) {
  const Length<> sigma = std::numbers::sqrt2 * r.roughness;  // of both faces
  const double theta = (r.stiffness / 2.0) * sigma * std::sqrt(sigma / r.asperity_radius) / r.adhesion;
  const double s = separation(theta);
  const double penetration = std::exp(-0.5 * s * s) - s * touching(s);
  return pi * r.roughness_constant / root_two_pi * penetration;
}

RecessWindow recess_window(const Recess& r, const Pads& pads) {
  RecessWindow out;
  out.closing = (r.top_expansion + r.bottom_expansion) * (r.anneal - r.room);
  // The oxide holds against sqrt(2 E' G / t) where it touches; copper pushes with its stiffness and share.
  const double copper = pi * (pads.bottom_radius / pads.pitch) * (pads.bottom_radius / pads.pitch);
  const auto stress = std::sqrt(((r.stiffness * r.adhesion / r.dielectric).si()));
  const Length<> held = Length<>::from_si(stress * contact_share(r) / (r.peel_stiffness.si() * copper));
  out.opening = 2.0 * (r.free_dish - held);

  const Length<> opening = out.opening > Length<>{} ? out.opening : Length<>{};
  const Length<> mean = r.top.mean + r.bottom.mean;
  const Length<> deviation = Length<>::from_si(std::hypot(r.top.deviation.si(), r.bottom.deviation.si()));
  out.pad_failure = above((out.closing + mean) / deviation) + above((-opening - mean) / deviation);
  return out;
}

double recess_yield(const RecessWindow& window, const Pads& pads) {
  return std::exp(pads.critical * std::log1p(-window.pad_failure) +
                  pads.redundant_signals * std::log1p(-std::pow(window.pad_failure, pads.copies)));
}

}  // namespace marquetry::bonding
