#include "bonding/overlay.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "bonding/edge.h"
#include "yield/quadrature.h"

namespace marquetry::bonding {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

double below(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }
double bell(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * pi); }

// A normal error of the middle of the array: mean and covariance.
struct Error {
  Complex mean{};
  double xx{}, xy{}, yy{};

  double greatest() const {
    const double half = 0.5 * (xx + yy), apart = std::hypot(0.5 * (xx - yy), xy);
    return std::sqrt(half + apart);
  }
  double least() const {
    const double half = 0.5 * (xx + yy), apart = std::hypot(0.5 * (xx - yy), xy);
    return std::sqrt(std::max(half - apart, 0.0));
  }
};

// int_0^inf rho f(rho) P(rho < edge) drho along one ray, f the density of the error there: on a ray it is a
// normal one of some mean and deviation, so that each normal step of the edge leaves closed forms.
double along_ray(const Error& error, double angle, const Edge& edge) {
  const double det = error.xx * error.yy - error.xy * error.xy;
  const double c = std::cos(angle), s = std::sin(angle);
  const double mx = error.mean.real(), my = error.mean.imag();
  const auto form = [&](double ax, double ay, double bx, double by) {
    return (ax * (error.yy * bx - error.xy * by) + ay * (error.xx * by - error.xy * bx)) / det;
  };
  const double inverse = form(c, s, c, s), mean = form(c, s, mx, my) / inverse;
  const double deviation = 1 / std::sqrt(inverse);
  const double rest = form(mx, my, mx, my) - mean * mean * inverse;
  if (rest > 80) return 0;
  const double height = std::exp(-0.5 * rest) * deviation * std::sqrt(2 * pi) / (2 * pi * std::sqrt(det));
  // What of the normal density lies before the start of the ray.
  const double m = mean / deviation;
  const double start = m > 7 ? 0 : mean * below(-m) - deviation * bell(m);
  double sum = 0;
  for (const auto& step : edge) {
    if (step.share == 0 || step.mean + 4 * step.deviation <= 0) continue;
    const double spread = std::sqrt(deviation * deviation + step.deviation * step.deviation);
    const double z = (step.mean - mean) / spread;
    if (z < -7) continue;
    const double before_edge = z > 7 ? mean : mean * below(z) - deviation * deviation / spread * bell(z);
    sum += step.share * std::max(before_edge - start, 0.0);
  }
  return height * sum;
}

// P(the array holds) under that error: rays from where it lies exactly, evenly spaced (the integrand is
// periodic, or fades out at both ends of the window).
double held(const Error& error, const EdgeTable& edges) {
  const double off = std::abs(error.mean), widest = error.greatest();
  if (off + 6.5 * widest < edges.safe()) return 1;
  if (off - 6.5 * widest > edges.hopeless()) return 0;
  const double least = std::max(error.least(), 0.05 * widest);
  const bool all_round = off < 7 * widest;
  const double window = all_round ? pi : 1.1 * std::asin(7 * widest / off);
  // As many as a normal density needs that is `least` wide across the rays, at the centre and where its mean
  // is.
  const int rays =
      static_cast<int>(std::max({all_round ? 40.0 : 24.0, 16 * widest / least, 1.8 * window * off / least}));
  const double centre = off > 0 ? std::arg(error.mean) : 0;
  double sum = 0;
  for (int i = 0; i < rays; ++i) {
    const double angle = centre + window * (2 * (i + 0.5) / rays - 1);
    sum += along_ray(error, angle, edges.at(angle));
  }
  return std::min(sum * 2 * window / rays, 1.0);
}

struct Alignments {
  Complex translation{};
  double x{}, y{};  // variances, um^2
  Spread rotation{}, magnification{};
};

// Turn and stretch also move an array that is not in the middle: R and M as two more normal errors of it.
Error error_at(const Alignments& a, Complex place, Complex shape, bool spread) {
  const double x = place.real(), y = place.imag();
  const double r = spread ? a.rotation.deviation * a.rotation.deviation : 0;
  const double m = spread ? a.magnification.deviation * a.magnification.deviation : 0;
  return {a.translation + shape * place, a.x + r * y * y + m * x * x, (m - r) * x * y,
          a.y + r * x * x + m * y * y};
}

// Nodes for a normal number that moves the corner of an array by `ratio` deviations of the other errors.
yield::Rule shape_rule(const Spread& spread, double ratio) {
  const int nodes = ratio < 0.01 ? 1 : ratio < 0.3 ? 3 : ratio < 1 ? 5 : ratio < 3 ? 9 : 17;
  auto rule = yield::normal_rule(nodes);
  for (auto& x : rule.at) x = spread.mean + spread.deviation * x;
  return rule;
}

// Whether nothing that may happen loses a signal.
bool out_of_reach(const Alignments& a, Complex place, const Corners& box, double safe) {
  const double arm = std::abs(place) + std::hypot(box.half_width, box.half_height);
  const double shape = std::hypot(std::abs(a.rotation.mean) + 8 * a.rotation.deviation,
                                  std::abs(a.magnification.mean) + 8 * a.magnification.deviation);
  return std::abs(a.translation) + 8 * std::sqrt(std::max(a.x, a.y)) + shape * arm < safe;
}

double averaged_over_shapes(const Alignments& a, Complex place, const Corners& box, const LossTable& losses,
                            bool worst_only) {
  const double other = std::sqrt(std::max(a.x, a.y)) + 0.2 * losses.pad_error();
  const double arm = std::abs(place) + std::hypot(box.half_width, box.half_height);
  const auto turns = shape_rule(a.rotation, a.rotation.deviation * arm / other);
  const auto stretches = shape_rule(a.magnification, a.magnification.deviation * arm / other);
  double sum = 0;
  for (std::size_t i = 0; i < turns.at.size(); ++i) {
    for (std::size_t k = 0; k < stretches.at.size(); ++k) {
      const Complex shape{stretches.at[k], turns.at[i]};
      const EdgeTable edges{losses, box, shape, worst_only};
      sum += turns.weight[i] * stretches.weight[k] * held(error_at(a, place, shape, false), edges);
    }
  }
  return sum;
}

}  // namespace

Spread magnification(const Alignment& a, const Quirks& quirks) {
  const double deviation = a.magnification_per_bow * a.bow.deviation;
  // YAP squares k_mag * bow in ppm before it divides by a million.
  const bool variance = quirks.has(quirk("yap-mag-variance"));
  return {a.magnification + a.magnification_per_bow * a.bow.mean,
          variance ? deviation * deviation / unit::ppm : deviation};
}

Corners corners(const Process& process, const Pads& pads, const Quirks& quirks) {
  const double half_width = pads.width() / unit::um / 2, half_height = pads.height() / unit::um / 2;
  if (!quirks.has(quirk("yap-overlay-corners")) || process.flow != Flow::die_to_wafer) {
    return {{}, half_width, half_height};
  }
  // The corners of YAP's pad map: first and last block, counted from -W/2 and from +L/2, both upwards.
  const double pitch = pads.pitch / unit::um, block = block_side(pads.pitch) * pitch;
  const double x = (std::ceil(pads.columns * pitch / block - 1e-9) - 1) * block;
  const double y = (std::ceil(pads.rows * pitch / block - 1e-9) - 1) * block;
  return {{-half_width + x / 2, half_height + y / 2}, x / 2, y / 2};
}

double overlay_yield(const Process& process, const Pads& pads, const DieSize& die, const Quirks& quirks) {
  const auto& given = process.alignment;
  const bool worst_only = quirks.has(quirk("yap-random-scalar"));
  double allowed = allowed_misalignment(given, pads) / unit::um;
  if (worst_only) allowed -= given.pad_error.mean / unit::um;
  if (allowed <= 0) return 0;
  // A part in 1e4 of what is allowed keeps densities finite where nothing varies.
  const auto variance = [allowed](Length<> deviation) {
    const double d = std::max(deviation / unit::um, 1e-4 * allowed);
    return d * d;
  };
  const Alignments a{.translation = {given.x.mean / unit::um, given.y.mean / unit::um},
                     .x = variance(given.x.deviation),
                     .y = variance(given.y.deviation),
                     .rotation = given.rotation,
                     .magnification = magnification(given, quirks)};
  const Corners box = corners(process, pads, quirks);
  const double pad_error = given.pad_error.deviation / unit::um, safe = LossTable::begin(allowed, pad_error);
  const bool on_wafer = process.flow == Flow::wafer_to_wafer;
  const double rim = on_wafer ? process.wafer_radius / unit::um : 0;
  if (out_of_reach(a, rim + std::abs(box.offset), box, safe)) return 1;
  const LossTable losses{allowed, pad_error, pads};
  if (!on_wafer) return std::min(averaged_over_shapes(a, box.offset, box, losses, worst_only), 1.0);
  // On a wafer the far places feel turn and stretch as shifts; within a die they hardly differ.
  const EdgeTable edges{losses, box, {a.magnification.mean, a.rotation.mean}, worst_only};
  double sum = 0;
  for (const auto& [centre, share] :
       quirks.has(quirk("yap-wafer-fill")) ? grid_of_dies(process, die) : places(process, die)) {
    const Complex place = centre + box.offset;
    sum += share * held(error_at(a, place, {a.magnification.mean, a.rotation.mean}, true), edges);
  }
  return std::min(sum, 1.0);
}

}  // namespace marquetry::bonding
