#include "power/curve.h"

namespace marquetry::power {
namespace {

// All relative to the voltage at which the full power is drawn: x the threshold, v the voltage.
//   clock    s(v) = ((v - x) / (1 - x))^alpha / v
//   power    P(v) = dynamic s(v) v^2 + leakage v exp(rise (v - 1))
// Both rise with v; P is convex for alpha >= 1, so that Newton's steps from v = 1 come down to the root and
// never pass it.

// Corners of ranges may lie below the threshold, where nothing works: the clock is then next to nothing.
constexpr double least_headroom = 1e-6;

template <Number Real>
Real clock_at(const Real& v, const Real& x, const Real& alpha) {
  return power_of(larger(Real((v - x) / (1.0 - x)), Real(least_headroom)), alpha) / v;
}

template <Number Real>
Real power_at(const Real& v, const Real& dynamic, const Real& leakage, const Real& x, const Real& alpha,
              const Real& rise) {
  using std::exp;
  return dynamic * clock_at(v, x, alpha) * square(v) + leakage * (v * exp(rise * (v - 1.0)));
}

double slope_at(double v, double dynamic, double leakage, double x, double alpha, double rise) {
  const double clock = clock_at(v, x, alpha);
  return dynamic * clock * v * (1 + alpha * v / std::max(v - x, least_headroom)) +
         leakage * std::exp(rise * (v - 1)) * (1 + rise * v);
}

// The voltage at which the cap is just kept: least where none is low enough, 1 where none need be lower.
double voltage_under(double cap, double dynamic, double leakage, double x, double alpha, double rise,
                     double least) {
  const auto excess = [&](double v) { return power_at(v, dynamic, leakage, x, alpha, rise) - cap; };
  if (excess(1) <= 0) return 1;
  if (least >= 1 || excess(least) >= 0) return std::min(least, 1.0);
  double low = least, v = 1;
  for (int i = 0; i < 100; ++i) {
    const double over = excess(v);
    if (over <= 0) {
      low = std::max(low, v);
      if (over > -1e-15 * cap) break;
    }
    double next = v - over / slope_at(v, dynamic, leakage, x, alpha, rise);
    if (!(next > low)) next = 0.5 * (low + v);
    if (std::abs(next - v) <= 1e-16 * v) break;
    v = next;
  }
  return v;
}

// Falls with all of them: dynamic, leakage, -cap, x, alpha, -rise, -least.
template <Number Real>
Real voltage(const std::array<Real, 7>& a) {
  const auto solve = [](const std::array<double, 7>& n) {
    return voltage_under(-n[2], n[0], n[1], n[3], n[4], -n[5], -n[6]);
  };
  const Real v = falling(a, solve, "voltage under the power cap");
  if constexpr (std::is_same_v<Real, Dual>) {
    // Slopes by the implicit function theorem: one step of Newton over duals from the root.
    const double root = v.value(), least = -a[6].value();
    if (root >= 1) return v;
    if (root <= least) return smaller(Dual(-a[6]), Dual(1.0));
    const Dual over = power_at(Dual(root), a[0], a[1], a[3], a[4], Dual(-a[5])) + a[2];
    return v - over / slope_at(root, a[0].value(), a[1].value(), a[3].value(), a[4].value(), -a[5].value());
  } else {
    return v;
  }
}

// Rises with v, falls with the others: below v = 1.
template <Number Real>
Real clock_share(const Real& v, const Real& x, const Real& alpha) {
  if constexpr (std::is_same_v<Real, Interval>) {
    return falling(
        std::array<Interval, 3>{-v, x, alpha},
        [](const std::array<double, 3>& n) { return clock_at(-n[0], n[1], n[2]); }, "");
  } else {
    return clock_at(v, x, alpha);
  }
}

// Above the threshold, whatever the ranges of both.
template <Number Real>
Voltage<Real> overdrive(const CurveParameters<Real>& curve, const Voltage<Real>& at) {
  return larger(at - curve.threshold, Voltage<Real>(1.0 * unit::mV));
}

}  // namespace

template <Number Real>
Real clock_ratio(const CurveParameters<Real>& curve, const Voltage<Real>& at, const Voltage<Real>& from) {
  return power_of(Real(overdrive(curve, at) / overdrive(curve, from)), curve.saturation) * (from / at);
}

template <Number Real>
Real leakage_ratio(const CurveParameters<Real>& curve, const Voltage<Real>& at, const Voltage<Real>& from) {
  using std::exp;
  return at / from * exp(Real(curve.leakage_rise * (at - from)));
}

template <Number Real>
DiePower<Real> throttled(const DiePower<Real>& full, const CurveParameters<Real>& curve,
                         const Voltage<Real>& at, const Power<Real>& cap) {
  using std::exp;
  const Real x = smaller(Real(curve.threshold / at), Real(0.999));
  const Real rise = curve.leakage_rise * at;
  const Real least = smaller(Real(curve.supply_low / at), Real(1.0));
  const Real v =
      voltage<Real>({full.dynamic.si(), full.leakage.si(), -cap.si(), x, curve.saturation, -rise, -least});
  DiePower<Real> out;
  out.leakage = full.leakage * (v * exp(rise * (v - 1.0)));
  const Power<Real> switched = larger(full.dynamic * square(v), Power<Real>(1e-9 * unit::W));
  const Real room = larger(Real((cap - out.leakage) / switched), Real(least_clock));
  const Real clock =
      named("clock under the power cap / that without", smaller(clock_share(v, x, curve.saturation), room));
  out.dynamic =
      smaller(full.dynamic * (clock * square(v)), larger(cap - out.leakage, least_clock * switched));
  out.throttle = Throttle<Real>{clock, v};
  return out;
}

#define INSTANTIATE(Real)                                                                                \
  template Real clock_ratio(const CurveParameters<Real>&, const Voltage<Real>&, const Voltage<Real>&);   \
  template Real leakage_ratio(const CurveParameters<Real>&, const Voltage<Real>&, const Voltage<Real>&); \
  template DiePower<Real> throttled(const DiePower<Real>&, const CurveParameters<Real>&,                 \
                                    const Voltage<Real>&, const Power<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::power
