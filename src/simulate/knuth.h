// Knuth's lagged Fibonacci generators ran_array and ranf_array (The Art of Computer Programming 2, 3rd ed.,
// section 3.6, with the initialisation of 2002), which BookSim2 draws from. The reals are kept as integers in
// units of 2^-52: their sums modulo 1 are exact either way.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace marquetry::simulate {

// x[j] = x[j-100] (op) x[j-37] modulo 2^bits; of every 1009 numbers the first 100 are used.
template <class Word, int bits, bool adds>
class LaggedFibonacci {
 public:
  explicit LaggedFibonacci(std::uint64_t seed);

  Word next() {
    if (used_ == lag) refill();
    return numbers_[used_++];
  }

 private:
  static constexpr std::size_t lag = 100, short_lag = 37, batch = 1009;
  static constexpr Word mask = (Word{1} << bits) - 1;
  static Word combined(Word x, Word y) { return (adds ? x + y : x - y) & mask; }

  template <std::size_t n>
  void generate(std::array<Word, n>& numbers);
  void refill();

  std::array<Word, lag> state_{};
  std::array<Word, batch> numbers_{};
  std::size_t used_{lag};
};

using KnuthIntegers = LaggedFibonacci<std::uint32_t, 30, false>;
using KnuthReals = LaggedFibonacci<std::uint64_t, 52, true>;

extern template class LaggedFibonacci<std::uint32_t, 30, false>;
extern template class LaggedFibonacci<std::uint64_t, 52, true>;

}  // namespace marquetry::simulate
