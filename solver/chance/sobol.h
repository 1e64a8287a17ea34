// Scrambled Sobol points: they fill the unit cube more evenly than random ones, so that a mean settles with
// nearly 1/N instead of 1/sqrt(N); several scramblings of the same points tell how far it has settled.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

namespace marquetry::chance {

inline constexpr std::size_t most_dimensions = 3667;  // as many as the table of direction numbers has

// The points first, first + 1, ... of one scrambling. Same seed and scrambling, same points, wherever one
// begins.
class SobolPoints {
 public:
  SobolPoints(std::size_t dimensions, std::uint64_t seed, std::uint64_t scrambling, std::uint64_t first);
  ~SobolPoints();
  SobolPoints(SobolPoints&&) noexcept;
  SobolPoints& operator=(SobolPoints&&) noexcept;

  // The next point, each coordinate within (0, 1).
  void next(std::span<double> point);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace marquetry::chance
