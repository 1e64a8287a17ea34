// How an uncertain number is spread over its range. Nothing ever leaves the range that the sources give.
#pragma once

#include <array>
#include <string_view>

namespace marquetry::chance {

enum class Shape { triangular, lognormal, normal };
inline constexpr std::array<std::string_view, 3> shape_names{"triangular", "lognormal", "normal"};

// A number by its least, typical and greatest value.
//   triangular  Kotz & van Dorp, "Beyond Beta", 2004, chapter 1: the typical value is the mode
//   lognormal   the typical value is the median of the whole curve, the range four standard deviations of the
//               logarithm; cut off at the ends
//   normal      the same without the logarithm
class Distribution {
 public:
  Distribution(Shape shape, double low, double typ, double high);

  // The value that is not exceeded with probability p, 0 < p < 1.
  double quantile(double p) const;
  Shape shape() const { return shape_; }

 private:
  Shape shape_;
  double low_, typ_, high_;
  double below_{};                                  // triangular: P(less than typ)
  double centre_{}, spread_{}, least_{}, share_{};  // of the curve that is cut: its centre and deviation,
                                                    // P(below low), P(within)
};

// The shape that the library names; where it names none, lognormal for a positive number whose range spans a
// factor of four or more about evenly on both sides of the typical value, in ratio; else triangular.
Shape shape_of(std::string_view name, double low, double typ, double high);

// The standard normal distribution and its inverse.
double normal_share(double z);
double normal_score(double p);

}  // namespace marquetry::chance
