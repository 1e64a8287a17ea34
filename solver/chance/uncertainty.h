// Quasi-Monte Carlo over every uncertain number of the library at once. All subjects meet the same worlds:
// what they share moves in both, so that a difference is known far better than either.
#pragma once

#include <atomic>

#include "chance/joint.h"

namespace marquetry::chance {

inline constexpr std::array shares{0.05, 0.25, 0.5, 0.75, 0.95};  // of the quantiles
inline constexpr std::size_t scramblings = 8;                     // that tell how far a result has settled

struct Settings {
  std::size_t samples{16384};  // rounded up to a like number for each scrambling
  std::uint64_t seed{1};
  int threads{1};
  std::atomic<std::uint64_t>* done{};  // samples, for a progress line
  const std::atomic<bool>* stop{};     // ends early, without a result
};

// A result with the standard error that its values over the scramblings give.
struct Estimate {
  double value{}, error{};
};

// Of one figure of one subject, as reported.
struct Spread {
  double typical{};
  Estimate mean{};
  double deviation{};
  std::array<Estimate, shares.size()> quantiles{};
  double finite{1};  // share of the worlds in which the figure is a number; mean and deviation are theirs
};

// The second subject less the first.
struct Difference {
  Estimate first_is_less{};  // P(first < second), halves where they are equal
  Spread spread{};
};

// What knowing a factor would take off the variance: Var(E[figure | factor]) / Var(figure). Sobol', Math.
// Comput. Simulation 55, 2001; by sorted bins, Plischke, Reliab. Eng. Syst. Saf. 95, 2010.
struct Knowledge {
  std::size_t factor{};
  Estimate share{};
};

struct Uncertainty {
  std::size_t samples{};
  std::vector<std::vector<Spread>> spreads{};  // by figure and subject
  std::vector<Difference> differences{};       // by figure, of two subjects
  std::vector<Knowledge> knowledge{};  // of the first figure (of its difference), greatest share first
};

// figures[f][s]: the figure f in subject s. Same result for any number of threads.
std::optional<Uncertainty> uncertainty(const Joint& joint, std::span<const Subject> subjects,
                                       std::span<const std::vector<FigureRef>> figures,
                                       const Settings& settings);

}  // namespace marquetry::chance
