// A cosine transform of n values is a Fourier transform of n: Makhoul, IEEE Trans. ASSP 28(1), 1980. Two
// lines go at once, as the real and the imaginary part. Scaled as FFTW's REDFT10 and REDFT01 are.
#include "conduction/cosine_eigen.h"

#include <complex>
#include <numbers>
#include <unsupported/Eigen/FFT>
#include <vector>

namespace marquetry::conduction {

using Complex = std::complex<double>;
using Fourier = Eigen::FFT<double>;

namespace {

// What one call writes to: transforms keep state while they run, so that each call has its own.
struct Workspace {
  explicit Workspace(const Fourier& planned, std::size_t n) : fourier{planned}, in(n), out(n) {}
  Fourier fourier;
  std::vector<Complex> in, out;
};

}  // namespace

struct EigenCosine::Waves {
  explicit Waves(std::size_t n) : turn(n) {
    planned.SetFlag(Fourier::Unscaled);
    turn[0] = 1;
    if (n == 1) return;  // kissfft knows no transform of one
    Workspace work{planned, n};
    const auto length = static_cast<Eigen::Index>(n);
    work.fourier.fwd(work.out.data(), work.in.data(), length);
    work.fourier.inv(work.out.data(), work.in.data(), length);
    planned = work.fourier;  // with the factors of this length
    for (std::size_t k = 0; k < n; ++k) {
      turn[k] = std::polar(1.0, -std::numbers::pi * static_cast<double>(k) / (2 * static_cast<double>(n)));
    }
  }

  std::size_t size() const { return turn.size(); }
  // Even ones in front, odd ones from behind.
  std::size_t shuffled(std::size_t i) const { return i % 2 == 0 ? i / 2 : size() - 1 - i / 2; }

  // Lines a and b, whose values are `stride` apart; the same line twice where there is only one.
  void forward(double* a, double* b, std::size_t stride, Workspace& work) const {
    const std::size_t n = size();
    if (n == 1) {
      *a *= 2, *b *= 2;
      return;
    }
    for (std::size_t i = 0; i < n; ++i) work.in[shuffled(i)] = {a[i * stride], b[i * stride]};
    work.fourier.fwd(work.out.data(), work.in.data(), static_cast<Eigen::Index>(n));
    for (std::size_t k = 0; k < n; ++k) {
      const Complex here = work.out[k], there = std::conj(work.out[(n - k) % n]);
      // The spectrum of a is (here + there) / 2, that of b (here - there) / 2i.
      a[k * stride] = (turn[k] * (here + there)).real();
      b[k * stride] = (turn[k] * (here - there)).imag();
    }
  }

  void backward(double* a, double* b, std::size_t stride, Workspace& work) const {
    const std::size_t n = size();
    if (n == 1) return;
    const auto spectrum = [&](const double* x, std::size_t k) {
      return std::conj(turn[k]) * Complex{x[k * stride], k == 0 ? 0 : -x[(n - k) * stride]};
    };
    for (std::size_t k = 0; k < n; ++k) work.in[k] = spectrum(a, k) + Complex{0, 1} * spectrum(b, k);
    work.fourier.inv(work.out.data(), work.in.data(), static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < n; ++i) {
      a[i * stride] = work.out[shuffled(i)].real();
      b[i * stride] = work.out[shuffled(i)].imag();
    }
  }

  Fourier planned{};
  std::vector<Complex> turn;  // exp(-i pi k / 2n)
};

EigenCosine::EigenCosine(std::size_t columns, std::size_t rows)
    : along_columns_{std::make_unique<Waves>(columns)}, along_rows_{std::make_unique<Waves>(rows)} {}
EigenCosine::~EigenCosine() = default;

namespace {

// `lines` lines, two at a time; a last one that is alone has a line of zeros beside it.
template <class Waves, class Transform>
void each_pair(const Waves& waves, double* plane, std::size_t lines, std::size_t between, std::size_t stride,
               const Transform& transform) {
  Workspace work{waves.planned, waves.size()};
  for (std::size_t line = 0; line + 1 < lines; line += 2) {
    transform(plane + line * between, plane + (line + 1) * between, work);
  }
  if (lines % 2 == 0) return;
  std::vector<double> zeros(waves.size() * stride);
  transform(plane + (lines - 1) * between, zeros.data(), work);
}

}  // namespace

void EigenCosine::forward(double* plane) const {
  const auto &x = *along_columns_, &y = *along_rows_;
  const std::size_t columns = x.size(), rows = y.size();
  each_pair(x, plane, rows, columns, 1, [&](double* a, double* b, Workspace& w) { x.forward(a, b, 1, w); });
  each_pair(y, plane, columns, 1, columns,
            [&](double* a, double* b, Workspace& w) { y.forward(a, b, columns, w); });
}

void EigenCosine::backward(double* plane) const {
  const auto &x = *along_columns_, &y = *along_rows_;
  const std::size_t columns = x.size(), rows = y.size();
  each_pair(x, plane, rows, columns, 1, [&](double* a, double* b, Workspace& w) { x.backward(a, b, 1, w); });
  each_pair(y, plane, columns, 1, columns,
            [&](double* a, double* b, Workspace& w) { y.backward(a, b, columns, w); });
}

}  // namespace marquetry::conduction
