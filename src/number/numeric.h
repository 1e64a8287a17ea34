// Functions that are written for doubles only (an integral, a sum over cases), applied to any number type.
//
//   Interval  the ends: every argument has a direction in which the function is known to go
//   Dual      central differences in those arguments that have slopes: good to about 1e-8
//   Trace     one step of that name
#pragma once

#include "number/numbers.h"

namespace marquetry {

enum class Trend { falls, rises };

template <Number Real, std::size_t N, class F>
Real numeric(const std::array<Real, N>& arguments, const std::array<Trend, N>& trends, F f,
             std::string_view what) {
  if constexpr (std::is_same_v<Real, double>) {
    return f(arguments);
  } else if constexpr (std::is_same_v<Real, Interval>) {
    std::array<double, N> least{}, greatest{};
    for (std::size_t i = 0; i < N; ++i) {
      const auto& a = arguments[i];
      least[i] = trends[i] == Trend::rises ? a.lower : a.upper;
      greatest[i] = trends[i] == Trend::rises ? a.upper : a.lower;
    }
    return {f(least), f(greatest)};
  } else {
    std::array<double, N> at{};
    for (std::size_t i = 0; i < N; ++i) at[i] = arguments[i].value();
    if constexpr (std::is_same_v<Real, Trace>) {
      return traced_function(f(at), what, arguments);
    } else {
      Dual out{f(at)};
      for (std::size_t i = 0; i < N; ++i) {
        if (arguments[i].is_constant()) continue;
        const double step = 1e-5 * std::max(std::abs(at[i]), 1e-12);
        auto low = at, high = at;
        low[i] -= step;
        high[i] += step;
        out = out + Dual::function(0, arguments[i], (f(high) - f(low)) / (high[i] - low[i]));
      }
      return out;
    }
  }
}

}  // namespace marquetry
