// Direction numbers: Joe & Kuo, SIAM J. Sci. Comput. 30(5), 2008, as Boost.Random has them. Scrambling:
// Owen's nested uniform permutation (J. Complexity 14(4), 1998) by a hash, Burley, J. Comput. Graph. Tech.
// 9(4), 2020, with Vegdahl's constants of 2021.
#include "chance/sobol.h"

#include <boost/random/sobol.hpp>
#include <utility>
#include <vector>

#include "base/rng.h"

namespace marquetry::chance {
namespace {

std::uint32_t reversed(std::uint32_t x) {
  x = __builtin_bswap32(x);
  x = (x & 0x0f0f0f0fu) << 4 | (x & 0xf0f0f0f0u) >> 4;
  x = (x & 0x33333333u) << 2 | (x & 0xccccccccu) >> 2;
  return (x & 0x55555555u) << 1 | (x & 0xaaaaaaaau) >> 1;
}

// Each bit is flipped by a hash of those above it.
std::uint32_t scrambled(std::uint32_t x, std::uint32_t seed) {
  x = reversed(x);
  x ^= x * 0x3d20adeau;
  x += seed;
  x *= (seed >> 16) | 1u;
  x ^= x * 0x05526c56u;
  x ^= x * 0x53a22864u;
  return reversed(x);
}

}  // namespace

struct SobolPoints::Engine {
  boost::random::sobol points;
  std::vector<std::uint32_t> seeds;  // by dimension
  std::vector<std::size_t> axes;     // by dimension: the coordinate that it gives
  bool at_origin{};                  // Boost leaves out the first point, the origin
};

SobolPoints::SobolPoints(std::size_t dimensions, std::uint64_t seed, std::uint64_t scrambling,
                         std::uint64_t first)
    : engine_{std::make_unique<Engine>(Engine{boost::random::sobol{dimensions}, {}, {}, first == 0})} {
  if (first > 0) engine_->points.seed(first - 1);
  Rng rng = Rng{seed}.fork(scrambling);
  for (std::size_t d = 0; d < dimensions; ++d) {
    engine_->seeds.push_back(static_cast<std::uint32_t>(rng.next() >> 32));
    engine_->axes.push_back(d);
  }
  // Some pairs of dimensions are spread worse than others: they must not be the same pair of numbers each
  // time.
  for (std::size_t d = dimensions; d > 1; --d) std::swap(engine_->axes[d - 1], engine_->axes[rng.below(d)]);
}

SobolPoints::~SobolPoints() = default;
SobolPoints::SobolPoints(SobolPoints&&) noexcept = default;
SobolPoints& SobolPoints::operator=(SobolPoints&&) noexcept = default;

void SobolPoints::next(std::span<double> point) {
  for (std::size_t d = 0; d < point.size(); ++d) {
    const auto digits = engine_->at_origin ? 0u : static_cast<std::uint32_t>(engine_->points() >> 32);
    // In the middle of its cell: neither 0 nor 1.
    point[engine_->axes[d]] = (scrambled(digits, engine_->seeds[d]) + 0.5) * 0x1.0p-32;
  }
  engine_->at_origin = false;
}

}  // namespace marquetry::chance
