#include "chance/distribution.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marquetry::chance {
namespace {

// c[0] + c[1] x + ...
double polynomial(const std::array<double, 8>& c, double x) {
  double sum = 0;
  for (std::size_t i = c.size(); i-- > 0;) sum = sum * x + c[i];
  return sum;
}

constexpr double deviations = 4;  // that a range stands for, where a shape needs to know

}  // namespace

double normal_share(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// Wichura, algorithm AS 241, Applied Statistics 37(3), 1988, PPND16: relative error 1e-16.
double normal_score(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    constexpr std::array above{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                               1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                               3.3430575583588128105e4, 2.5090809287301226727e3};
    constexpr std::array below{1.0,
                               4.2313330701600911252e1,
                               6.8718700749205790830e2,
                               5.3941960214247511077e3,
                               2.1213794301586595867e4,
                               3.9307895800092710610e4,
                               2.8729085735721942674e4,
                               5.2264952788528545610e3};
    const double r = 0.180625 - q * q;
    return q * polynomial(above, r) / polynomial(below, r);
  }
  const double r = std::sqrt(-std::log(std::min(p, 1 - p)));
  double z = 0;
  if (r <= 5) {
    constexpr std::array above{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                               3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    constexpr std::array below{1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    z = polynomial(above, r - 1.6) / polynomial(below, r - 1.6);
  } else {
    constexpr std::array above{6.65790464350110377720e0,  5.46378491116411436990e0,
                               1.78482653991729133580e0,  2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
    constexpr std::array below{1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131745613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    z = polynomial(above, r - 5) / polynomial(below, r - 5);
  }
  return q < 0 ? -z : z;
}

Shape shape_of(std::string_view name, double low, double typ, double high) {
  const auto named = std::ranges::find(shape_names, name);
  if (named != shape_names.end()) return static_cast<Shape>(named - shape_names.begin());
  if (low <= 0 || high / low < 4) return Shape::triangular;
  const double lean = std::log(typ / std::sqrt(low * high)) / std::log(high / low);
  return std::abs(lean) <= 0.15 ? Shape::lognormal : Shape::triangular;
}

Distribution::Distribution(Shape shape, double low, double typ, double high)
    : shape_{low > 0 || shape != Shape::lognormal ? shape : Shape::triangular},
      low_{low},
      typ_{typ},
      high_{high} {
  if (shape_ == Shape::triangular) {
    below_ = high > low ? (typ - low) / (high - low) : 0;
    return;
  }
  const bool in_ratio = shape_ == Shape::lognormal;
  const double from = in_ratio ? std::log(low) : low, to = in_ratio ? std::log(high) : high;
  centre_ = in_ratio ? std::log(typ) : typ;
  spread_ = (to - from) / deviations;
  least_ = spread_ > 0 ? normal_share((from - centre_) / spread_) : 0;
  share_ = spread_ > 0 ? normal_share((to - centre_) / spread_) - least_ : 1;
}

double Distribution::quantile(double p) const {
  if (shape_ == Shape::triangular) {
    if (p < below_) return low_ + std::sqrt(p * (high_ - low_) * (typ_ - low_));
    return high_ - std::sqrt((1 - p) * (high_ - low_) * (high_ - typ_));
  }
  const double x = centre_ + spread_ * normal_score(least_ + p * share_);
  return std::clamp(shape_ == Shape::lognormal ? std::exp(x) : x, low_, high_);
}

}  // namespace marquetry::chance
