#include "bonding/sampler.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace marquetry::bonding {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// All lengths in micrometres.
double normal(Rng& rng) {
  return std::sqrt(-2 * std::log(1 - rng.uniform())) * std::cos(2 * pi * rng.uniform());
}
double normal(const Normal<Length<>>& n, Rng& rng) {
  return n.mean / unit::um + n.deviation / unit::um * normal(rng);
}
double normal(const Spread& n, Rng& rng) { return n.mean + n.deviation * normal(rng); }

double poisson(double mean, Rng& rng) {
  if (mean > 50) return std::max(0.0, std::round(mean + std::sqrt(mean) * normal(rng)));
  double product = 1 - rng.uniform(), count = 0;
  for (const double end = std::exp(-mean); product > end; ++count) product *= 1 - rng.uniform();
  return count;
}

struct Box {
  double half_width{}, half_height{};

  Complex drawn(Rng& rng) const {
    const double x = (2 * rng.uniform() - 1) * half_width, y = (2 * rng.uniform() - 1) * half_height;
    return {x, y};
  }
  Box grown(double by) const { return {half_width + by, half_height + by}; }
  double area() const { return 4 * half_width * half_height; }
  Complex nearest(Complex z) const {
    return {std::clamp(z.real(), -half_width, half_width), std::clamp(z.imag(), -half_height, half_height)};
  }
  // Whether a segment about z in that direction meets the box (clipped slab by slab).
  bool meets(Complex z, Complex half) const {
    double first = -1, last = 1;
    const auto clip = [&](double at, double along, double limit) {
      if (along == 0) return std::abs(at) <= limit;
      const double a = (-limit - at) / along, b = (limit - at) / along;
      first = std::max(first, std::min(a, b));
      last = std::min(last, std::max(a, b));
      return first <= last;
    };
    return clip(z.real(), half.real(), half_width) && clip(z.imag(), half.imag(), half_height);
  }
};

Box box_of(const Pads& pads) { return {pads.width() / unit::um / 2, pads.height() / unit::um / 2}; }

// Where the die lies: for a wafer anywhere that a whole die fits.
Complex drawn_place(const Process& process, const DieSize& die, Rng& rng) {
  if (process.flow == Flow::die_to_wafer) return 0;
  const double wafer = process.wafer_radius / unit::um;
  for (;;) {
    const Complex z = Box{wafer, wafer}.drawn(rng);
    if (std::hypot(std::abs(z.real()) + die.width / unit::um / 2,
                   std::abs(z.imag()) + die.height / unit::um / 2) < wafer) {
      return z;
    }
  }
}

// Only pads whose own error is longer than `reach` can be lost: their number is drawn, then each of them with
// its place, its direction and its length beyond.
bool pads_meet(const Process& process, const Pads& pads, const DieSize& die, Rng& rng) {
  const auto& a = process.alignment;
  const double allowed = allowed_misalignment(a, pads) / unit::um;
  const double sigma = a.pad_error.deviation / unit::um;
  const Complex translation{normal(a.x, rng), normal(a.y, rng)};
  const double turn = normal(a.rotation, rng);
  const double stretch = a.magnification + a.magnification_per_bow * (normal(a.bow, rng) * unit::um);
  const Complex shape{stretch, turn}, middle = translation + shape * drawn_place(process, die, rng);
  const Box box = box_of(pads);
  double farthest = 0;
  for (const double x : {-1.0, 1.0}) {
    for (const double y : {-1.0, 1.0}) {
      farthest =
          std::max(farthest, std::abs(middle + shape * Complex{x * box.half_width, y * box.half_height}));
    }
  }
  if (sigma <= 0) return farthest <= allowed;
  const double reach = std::max(allowed - farthest, 0.0), in_sigmas = 0.5 * reach * reach / (sigma * sigma);
  const double far_off = poisson(pads.critical * std::exp(-in_sigmas), rng);
  for (double i = 0; i < far_off; ++i) {
    const double length = sigma * std::sqrt(2 * (in_sigmas - std::log(1 - rng.uniform())));
    const Complex error = std::polar(length, 2 * pi * rng.uniform());
    if (std::abs(middle + shape * box.drawn(rng) + error) > allowed) return false;
  }
  return true;
}

// Whether a void of that radius about z covers all pads of a signal.
bool kills(Complex z, double radius, const Pads& pads, const Box& box) {
  const double pad = pads.top_radius / unit::um;
  if (pads.critical > 0 || pads.copies < 2) return std::abs(z - box.nearest(z)) <= radius + pad;
  const Complex half{pads.separation / unit::um / 2, 0};
  const Complex pair = box.nearest(z);
  return std::max(std::abs(pair + half - z), std::abs(pair - half - z)) <= radius + pad;
}

bool misses_particles(const Process& process, const Pads& pads, const DieSize& die, Rng& rng) {
  const auto& p = process.particles;
  const bool on_wafer = process.flow == Flow::wafer_to_wafer;
  const bool pairs = pads.critical <= 0 && pads.copies >= 2;
  const Box box = box_of(pads), field = box.grown(on_wafer ? 40e3 : 5e3);
  const double reach =
      (on_wafer ? process.wafer_radius / unit::um : std::sqrt(die.width * die.height / pi / unit::um2));
  for (double n = poisson(p.density * (field.area() * unit::um2), rng); n > 0; --n) {
    const Complex z = field.drawn(rng);
    const double rho = reach * std::sqrt(rng.uniform());
    const double thickness =
        p.least_thickness / p.reference * std::pow(1 - rng.uniform(), -1 / (p.exponent - 1));
    const double root = std::sqrt(thickness);
    const double radius = (p.void_growth * rho + p.void_radius / unit::um) * root;
    if (on_wafer && !pairs) {
      if (box.meets(z, std::polar(p.void_tail * rho * root / 2, 2 * pi * rng.uniform()))) return false;
    } else if (kills(z, radius, pads, box)) {
      return false;
    }
  }
  return true;
}

}  // namespace

SampledYield sampled_bonds(const Process& process, const Pads& pads, const DieSize& die, int samples,
                           Rng rng) {
  const double joined = recess_yield(recess_window(process.recess, pads), pads);
  SampledYield out;
  for (int i = 0; i < samples; ++i) {
    Rng own = rng.fork(static_cast<std::uint64_t>(i));
    const bool meets = pads_meet(process, pads, die, own), clean = misses_particles(process, pads, die, own);
    const bool copper = own.uniform() < joined;
    const double one = 1.0 / samples;
    out.overlay += meets ? one : 0;
    out.particles += clean ? one : 0;
    out.recess += copper ? one : 0;
    out.total += meets && clean && copper ? one : 0;
  }
  return out;
}

}  // namespace marquetry::bonding
