#include "simulate/knuth.h"

#include <algorithm>

namespace marquetry::simulate {

template <class Word, int bits, bool adds>
template <std::size_t n>
void LaggedFibonacci<Word, bits, adds>::generate(std::array<Word, n>& numbers) {
  std::copy(state_.begin(), state_.end(), numbers.begin());
  // Chunks shorter than the short lag do not depend on themselves, so that they run in the lanes of a vector.
  constexpr std::size_t chunk = 36;
  static_assert(chunk < short_lag);
  std::size_t j = lag;
  for (; j + chunk <= n; j += chunk)
    for (std::size_t i = 0; i < chunk; ++i)
      numbers[j + i] = combined(numbers[j + i - lag], numbers[j + i - short_lag]);
  for (; j < n; ++j) numbers[j] = combined(numbers[j - lag], numbers[j - short_lag]);
  for (std::size_t i = 0; i < short_lag; ++i)
    state_[i] = combined(numbers[n + i - lag], numbers[n + i - short_lag]);
  for (std::size_t i = short_lag; i < lag; ++i)
    state_[i] = combined(numbers[n + i - lag], state_[i - short_lag]);
}

template <class Word, int bits, bool adds>
void LaggedFibonacci<Word, bits, adds>::refill() {
  generate(numbers_);
  used_ = 0;
}

template <class Word, int bits, bool adds>
LaggedFibonacci<Word, bits, adds>::LaggedFibonacci(std::uint64_t seed) {
  std::array<Word, 2 * lag - 1> x{};
  const Word whole = Word{1} << bits;
  const Word low = static_cast<Word>(seed & 0x3fffffff);
  Word shifted = adds ? 2 * (low + 2) : static_cast<Word>((seed + 2) & (whole - 2));
  for (std::size_t j = 0; j < lag; ++j) {
    x[j] = shifted;
    shifted <<= 1;
    if (shifted >= whole) shifted -= whole - 2;
  }
  ++x[1];  // the only odd one
  Word rest = low;
  for (int rounds = 69; rounds > 0;) {
    for (std::size_t j = lag - 1; j > 0; --j) {  // the square of the polynomial
      x[j + j] = x[j];
      x[j + j - 1] = 0;
    }
    for (std::size_t j = 2 * lag - 2; j >= lag; --j) {
      x[j - (lag - short_lag)] = combined(x[j - (lag - short_lag)], x[j]);
      x[j - lag] = combined(x[j - lag], x[j]);
    }
    if (rest & 1) {  // times z
      for (std::size_t j = lag; j > 0; --j) x[j] = x[j - 1];
      x[0] = x[lag];
      x[short_lag] = combined(x[short_lag], x[lag]);
    }
    if (rest)
      rest >>= 1;
    else
      --rounds;
  }
  for (std::size_t j = 0; j < short_lag; ++j) state_[j + lag - short_lag] = x[j];
  for (std::size_t j = short_lag; j < lag; ++j) state_[j - short_lag] = x[j];
  for (int j = 0; j < 10; ++j) generate(x);
}

template class LaggedFibonacci<std::uint32_t, 30, false>;
template class LaggedFibonacci<std::uint64_t, 52, true>;

}  // namespace marquetry::simulate
