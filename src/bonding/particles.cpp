#include "bonding/particles.h"

#include <cmath>
#include <numbers>

#include "yield/quadrature.h"

namespace marquetry::bonding {
namespace {

using std::numbers::pi;

// E sqrt(t / reference), E t / reference. Finite where the exponent is above 2.
double mean_root(const Particles& p) {
  return std::sqrt(p.least_thickness / p.reference) * (p.exponent - 1) / (p.exponent - 1.5);
}
double mean_thickness(const Particles& p) {
  return p.least_thickness / p.reference * (p.exponent - 1) / (p.exponent - 2);
}

// A rectangle dilated by a disc of random radius r + pad.
Area<> disc_area(const Particles& p, const Pads& pads, Length<> reach) {
  // Particles fall evenly on the disc of radius `reach`: E rho = 2/3 reach, E rho^2 = reach^2 / 2.
  const Length<> slope = p.void_growth * reach;
  const Length<> mean = (2.0 / 3 * slope + p.void_radius) * mean_root(p);
  const Area<> square =
      (slope * slope / 2.0 + 4.0 / 3 * slope * p.void_radius + p.void_radius * p.void_radius) *
      mean_thickness(p);
  const Length<> pad = pads.top_radius;
  return pads.width() * pads.height() + 2.0 * (pads.width() + pads.height()) * (mean + pad) +
         pi * (square + 2.0 * mean * pad + pad * pad);
}

// A rectangle met by a segment of random length and direction: the mean projection of a segment is 2/pi.
Area<> tail_area(const Particles& p, const Pads& pads, Length<> wafer) {
  const Length<> mean = 2.0 / 3 * p.void_tail * wafer * mean_root(p);
  return pads.width() * pads.height() + 2 / pi * ((pads.width() + pads.height()) * mean);
}

// Pairs of pads everywhere on the array, `separation` apart: a disc of radius r covers both where its centre
// lies in the lens between them, r - s/2 wide and sqrt(r^2 - s^2/4) high each way; the lenses of all pairs
// make up the array dilated by one lens.
double lens_dilation(double r, double s, double width, double height) {
  const double wide = r - s / 2;
  if (wide <= 0) return 0;
  const double high = std::sqrt(r * r - s * s / 4);
  const double lens = 2 * (r * r * std::acos(s / (2 * r)) - s / 2 * high);
  return width * height + 2 * (width * high + height * wide) + lens;
}

// The mean of the above over particles, with v = sqrt(t0 / t), whose density is 2 (z-1) v^(2z-3): smooth.
Area<> pair_area(const Particles& p, const Pads& pads, Length<> reach) {
  const auto places = yield::even_rule(0, 1, 6);  // (rho / reach)^2
  const auto sizes = yield::even_rule(0, 1, 32);
  const double root = std::sqrt(p.least_thickness / p.reference);
  const double s = pads.separation.si();
  double sum = 0;
  for (std::size_t i = 0; i < places.at.size(); ++i) {
    const Length<> at_reference = p.void_growth * (std::sqrt(places.at[i]) * reach) + p.void_radius;
    const double least = root * at_reference.si();
    const double pad = pads.top_radius.si();
    // Only v < (least) / (s/2 - pad) reaches both copies.
    const double end = s / 2 > pad ? std::min(1.0, least / (s / 2 - pad)) : 1.0;
    for (std::size_t k = 0; k < sizes.at.size(); ++k) {
      const double v = end * sizes.at[k];
      const double density = 2 * (p.exponent - 1) * std::pow(v, 2 * p.exponent - 3);
      sum += places.weight[i] * sizes.weight[k] * end * density *
             lens_dilation(least / v + pad, s, pads.width().si(), pads.height().si());
    }
  }
  return Area<>::from_si(sum);
}

}  // namespace

// Pads stand far closer than voids are wide, so that critical pads anywhere on the array are an array of
// critical pads; where all signals have copies, a void must cover all of one.
Area<> killed_area(const Process& process, const Pads& pads, const DieSize& die) {
  const auto& p = process.particles;
  const Length<> disc = Length<>::from_si(std::sqrt((die.width * die.height).si() / pi));
  const bool on_wafer = process.flow == Flow::wafer_to_wafer;
  if (pads.critical > 0 || pads.copies < 2) {
    return on_wafer ? tail_area(p, pads, process.wafer_radius) : disc_area(p, pads, disc);
  }
  if (pads.redundant_signals <= 0) return {};
  return pair_area(p, pads, on_wafer ? process.wafer_radius : disc);
}

double particle_yield(const Particles& particles, Area<> killed) {
  return std::exp(-(particles.density * killed));
}

}  // namespace marquetry::bonding
