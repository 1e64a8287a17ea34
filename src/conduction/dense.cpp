#include "conduction/dense.h"

#include <cmath>

namespace marquetry::conduction {

std::vector<double> dense_inverse(std::vector<double> a, std::size_t n) {
  // a = L L^T in place, then the columns of L^-1, then L^-T L^-1
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      if (i == j) {
        if (!(sum > 0)) return {};
        a[j * n + j] = std::sqrt(sum);
      } else {
        a[i * n + j] = sum / a[j * n + j];
      }
    }
  }
  std::vector<double> half(n * n), inverse(n * n);  // half: row j holds column j of L^-1
  for (std::size_t j = 0; j < n; ++j) {
    half[j * n + j] = 1 / a[j * n + j];
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = 0;
      for (std::size_t k = j; k < i; ++k) sum -= a[i * n + k] * half[j * n + k];
      half[j * n + i] = sum / a[i * n + i];
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = 0;
      for (std::size_t k = i; k < n; ++k) sum += half[i * n + k] * half[j * n + k];
      inverse[i * n + j] = inverse[j * n + i] = sum;
    }
  return inverse;
}

}  // namespace marquetry::conduction
