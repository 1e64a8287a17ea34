#include "thermal/spread.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

namespace marquetry::thermal {
namespace {

constexpr double metres = 1e-9;  // in a nanometre
// Terms of the series for a source whose side is the whole plate; the error of a source's own response falls
// with the cube of the terms on its side. Growth exp(gamma length) must stay a number.
constexpr double terms_a_side = 5;
constexpr std::size_t fewest_terms = 16, most_terms = 256;
constexpr double most_growth = 600;

double square(double x) { return x * x; }

Plate covering(Plate plate, const geometry::Rect& carrier) {
  const double width = std::max(plate.width, metres * static_cast<double>(carrier.width()));
  const double height = std::max(plate.height, metres * static_cast<double>(carrier.height()));
  plate.transfer *= plate.width * plate.height / (width * height);
  plate.width = width;
  plate.height = height;
  return plate;
}

// Mean of cos(n pi y / across) from low to high, for n = 0, 1, ... in turn; the angles by turning.
class Cosines {
 public:
  Cosines(double low, double high, double across)
      : width_{std::numbers::pi * (high - low) / across},
        step_low_{std::polar(1.0, std::numbers::pi * low / across)},
        step_high_{std::polar(1.0, std::numbers::pi * high / across)} {}
  double next() {
    const double n = n_++;
    if (n == 0) return 1;
    low_ = turned(low_, step_low_);
    high_ = turned(high_, step_high_);
    return (high_.imag() - low_.imag()) / (n * width_);
  }

 private:
  using Complex = std::complex<double>;
  static Complex turned(Complex a, Complex b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
  }
  double width_;
  Complex step_low_, step_high_, low_{1}, high_{1};
  double n_{};
};

// Integral over an interval of what heat spread over the same interval makes, 1 in all of it per length:
// cosh(g x<) cosh(g (W - x>)) / (g sinh(g W)) integrated twice.
double own_integral(double gamma, double width, double low, double high) {
  const double s = std::sinh(gamma * width);
  const double below = std::sinh(gamma * low), beyond = std::sinh(gamma * (width - high));
  const double right = std::sinh(gamma * (width - low)) - beyond;
  const double left = std::sinh(gamma * high) - below;
  return (high - low) / (gamma * gamma) - (below / s * right + beyond / s * left) / (gamma * gamma * gamma);
}
// The same for two intervals, the first one nearer to 0.
double apart_integral(double gamma, double width, std::array<double, 2> a, std::array<double, 2> b) {
  const double first = std::sinh(gamma * a[1]) - std::sinh(gamma * a[0]);
  const double second = std::sinh(gamma * (width - b[0])) - std::sinh(gamma * (width - b[1]));
  return first / std::sinh(gamma * width) * second / (gamma * gamma * gamma);
}

// Mean over b of what 1 W a length in a makes; they may overlap.
double mean_along(double gamma, double width, std::array<double, 2> a, std::array<double, 2> b) {
  std::array<double, 4> cuts{a[0], a[1], b[0], b[1]};
  std::ranges::sort(cuts);
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      const std::array<double, 2> p{cuts[i], cuts[i + 1]}, q{cuts[j], cuts[j + 1]};
      const bool in_a = a[0] <= p[0] && p[1] <= a[1], in_b = b[0] <= q[0] && q[1] <= b[1];
      if (!in_a || !in_b || p[0] == p[1] || q[0] == q[1]) continue;
      if (i == j) {
        sum += own_integral(gamma, width, p[0], p[1]);
      } else {
        sum += i < j ? apart_integral(gamma, width, p, q) : apart_integral(gamma, width, q, p);
      }
    }
  }
  return sum / ((a[1] - a[0]) * (b[1] - b[0]));
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  std::array<double, 4> sum{};
  std::size_t i = 0;
  for (; i + 4 <= a.size(); i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sum[lane] += a[i + lane] * b[i + lane];
  }
  for (; i < a.size(); ++i) sum[0] += a[i] * b[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

}  // namespace

double through_plate(const Plate& plate, const geometry::Rect& source) {
  // A layer of thickness t that conducts with k answers a ripple of heat of wave number m with
  // coth(m t) / (k m); the fin has 1 / (k m2 t) of it. The ripple of a source: m = pi / its side.
  const double side = metres * std::sqrt(geometry::area(source));
  const double x = std::numbers::pi * plate.thickness / side;
  const double rest = x < 1e-2 ? 1.0 / 3 : (1 / std::tanh(x) - 1 / x) / x;
  return plate.thickness / plate.conductivity * rest;
}

Spreader::Terms Spreader::terms(double length, double across, double conductance, double lambda,
                                std::size_t count) {
  Terms out{.length = length, .across = across, .gamma = {}, .growth = {}, .sinh = {}, .scale = {}};
  for (std::size_t n = 0; n < count; ++n) {
    const double wave = std::numbers::pi * static_cast<double>(n) / across;
    const double gamma = std::hypot(1 / lambda, wave);
    if (n > 0 && gamma * length > most_growth) break;
    out.gamma.push_back(gamma);
    out.growth.push_back(std::exp(gamma * length));
    out.sinh.push_back(std::sinh(gamma * length));
    out.scale.push_back((n == 0 ? 1 : 2) / (across * conductance * gamma * out.sinh.back()));
  }
  return out;
}

Spreader::Spreader(const Plate& given, const geometry::Rect& carrier, geometry::Nanometre finest)
    : origin_{carrier.low} {
  const Plate plate = covering(given, carrier);
  const double conductance = plate.conductivity * plate.thickness;
  const double side = metres * static_cast<double>(std::max<geometry::Nanometre>(finest, 1));
  const auto count = [side](double across) {
    const double terms = std::ceil(terms_a_side * across / side);
    return std::clamp(static_cast<std::size_t>(std::min(terms, 1e9)), fewest_terms, most_terms);
  };
  // Terms whose growth would overflow are left out: so strong a plate lets heat spread nowhere.
  const double longest = std::max(plate.width, plate.height);
  const double lambda = std::max(std::sqrt(conductance / plate.transfer), longest / most_growth);
  x_ = terms(plate.width, plate.height, conductance, lambda, count(plate.height));
  y_ = terms(plate.height, plate.width, conductance, lambda, count(plate.width));
  left_ = (plate.width - metres * static_cast<double>(carrier.width())) / 2;
  bottom_ = (plate.height - metres * static_cast<double>(carrier.height())) / 2;
  mean_ = 1 / (plate.transfer * plate.width * plate.height);
}

double Spreader::put(const Terms& t, double low, double high, double low_across, double high_across,
                     std::vector<double>& near, std::vector<double>& far) {
  Cosines cosine{low_across, high_across, t.across};
  const double side = high - low;
  near.resize(t.gamma.size());
  far.resize(t.gamma.size());
  double own = 0;
  for (std::size_t n = 0; n < t.gamma.size(); ++n) {
    const double gamma = t.gamma[n], growth = t.growth[n], share = cosine.next();
    const double to_low = std::exp(gamma * low), to_high = std::exp(gamma * high);
    const double from_low = 1 / to_low, from_high = 1 / to_high;
    // Twice the means of cosh(gamma x) and of cosh(gamma (length - x)), times gamma x side.
    const double left = (to_high - to_low) + (from_low - from_high);
    const double right = growth * (from_low - from_high) + (to_high - to_low) / growth;
    const double weight = share / (2 * gamma * side);
    near[n] = weight * left;
    far[n] = weight * t.scale[n] * right;
    // own_integral, from the exponentials at hand.
    const double below = to_low - from_low, beyond = growth * from_high - to_high / growth;
    own += share * share * t.scale[n] *
           (t.sinh[n] / (gamma * side) - (below * right + beyond * left) / square(2 * gamma * side));
  }
  return own;
}

void Spreader::put(Footing& f, const geometry::Rect& rect) const {
  // What stands out of the plate is moved onto it: a search may look at such places, no layout has them.
  const auto range = [](double low, double size, double whole) {
    const double high = std::clamp(low + size, std::min(1e-6, whole), whole);
    return std::array{std::clamp(low, 0.0, high - std::min(1e-6, high)), high};
  };
  const auto x = range(left_ + metres * static_cast<double>(rect.low.x - origin_.x),
                       metres * static_cast<double>(rect.width()), x_.length);
  const auto y = range(bottom_ + metres * static_cast<double>(rect.low.y - origin_.y),
                       metres * static_cast<double>(rect.height()), y_.length);
  f.left = x[0], f.right = x[1], f.bottom = y[0], f.top = y[1];
  f.own = put(x_, f.left, f.right, f.bottom, f.top, f.near_x_, f.far_x_);
  put(y_, f.bottom, f.top, f.left, f.right, f.near_y_, f.far_y_);
}

double Spreader::overlapping(const Footing& a, const Footing& b) const {
  Cosines of_a{a.bottom, a.top, x_.across}, of_b{b.bottom, b.top, x_.across};
  double sum = 0;
  for (std::size_t n = 0; n < x_.gamma.size(); ++n) {
    const double weight = x_.scale[n] * x_.gamma[n] * std::sinh(x_.gamma[n] * x_.length);
    sum += weight * of_a.next() * of_b.next() *
           mean_along(x_.gamma[n], x_.length, {a.left, a.right}, {b.left, b.right});
  }
  return sum;
}

double Spreader::response(const Footing& a, const Footing& b) const {
  const double gap_x = std::max(b.left - a.right, a.left - b.right);
  const double gap_y = std::max(b.bottom - a.top, a.bottom - b.top);
  if (gap_x < 0 && gap_y < 0) return overlapping(a, b);
  if (gap_x >= gap_y) return a.left < b.left ? dot(a.near_x_, b.far_x_) : dot(b.near_x_, a.far_x_);
  return a.bottom < b.bottom ? dot(a.near_y_, b.far_y_) : dot(b.near_y_, a.far_y_);
}

Spread spread(const Plate& plate, const geometry::Rect& carrier, double ambient,
              std::span<const Source> sources) {
  geometry::Nanometre finest = std::max(carrier.width(), carrier.height());
  double power = plate.background;
  for (const auto& source : sources) {
    finest = std::min({finest, source.rect.width(), source.rect.height()});
    power += source.power;
  }
  const Spreader spreader{plate, carrier, finest};
  std::vector<Footing> footings;
  for (const auto& source : sources) footings.push_back(spreader.footing(source.rect));
  Spread out;
  out.mean = ambient + power * spreader.mean_response();
  out.peak = sources.empty() ? out.mean : -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Source& s = sources[i];
    const double area = metres * metres * geometry::area(s.rect);
    double t = ambient + plate.background * spreader.mean_response() +
               s.power / area * (s.contact + through_plate(plate, s.rect));
    for (std::size_t j = 0; j < sources.size(); ++j) {
      t += sources[j].power * (i == j ? footings[i].own : spreader.response(footings[i], footings[j]));
    }
    out.sources.push_back(t);
    out.peak = std::max(out.peak, t);
  }
  return out;
}

}  // namespace marquetry::thermal
