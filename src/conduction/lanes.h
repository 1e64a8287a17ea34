// Sums over long arrays in eight fixed lanes: the compiler may use vectors of any width, the bytes are the
// same.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace marquetry::conduction {

constexpr std::size_t lane_count = 8;

constexpr std::size_t whole_lanes(std::size_t n) { return (n + lane_count - 1) / lane_count * lane_count; }

// sum of term(i), i < n
template <class Term>
double lane_sum(std::size_t n, Term term) {
  std::array<double, lane_count> sum{};
  const std::size_t whole = n / lane_count * lane_count;
  for (std::size_t i = 0; i < whole; i += lane_count)
    for (std::size_t k = 0; k < lane_count; ++k) sum[k] += term(i + k);
  for (std::size_t i = whole; i < n; ++i) sum[i - whole] += term(i);
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

// largest of term(i), i < n, and 0; terms that are not numbers are passed over
template <class Term>
double lane_most(std::size_t n, Term term) {
  std::array<double, lane_count> most{};
  const std::size_t whole = n / lane_count * lane_count;
  for (std::size_t i = 0; i < whole; i += lane_count)
    for (std::size_t k = 0; k < lane_count; ++k) {
      const double x = term(i + k);
      most[k] = x > most[k] ? x : most[k];
    }
  for (std::size_t i = whole; i < n; ++i) most[0] = term(i) > most[0] ? term(i) : most[0];
  return *std::max_element(most.begin(), most.end());
}

}  // namespace marquetry::conduction
