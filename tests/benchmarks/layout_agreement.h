// How often annealing (without the proof that follows it in `solve`) finds what the exact search proves, on
// small random problems.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace marquetry::bench {

struct Compared {
  std::size_t blocks{};
  bool centres{};  // pins at centres alone; else any pins, gaps, fixed points and blocks
  bool proved{};
  std::optional<double> exact{}, annealed{};  // nothing: no floorplan (found)
  double tolerance{};                         // of the whole nanometres of the pins
  double seconds_exact{}, seconds_annealed{};
  std::uint64_t steps_exact{};
  std::uint64_t runs{};  // of annealing

  // Both say that there is none, or annealing ends at the optimum.
  bool agree() const;
  // Annealing is below the optimum, or finds what is proved not to be there: one of the two is wrong.
  bool contradict() const;
};

struct Annealing {
  std::uint64_t steps{};   // of one run
  std::uint64_t runs{10};  // at most, with a seed each, until one ends at the optimum
};

// `problems` of 2 to `most_blocks` blocks in an outline, drawn from the seed.
std::vector<Compared> compare(std::size_t problems, std::size_t most_blocks, const Annealing& annealing,
                              std::uint64_t seed);

}  // namespace marquetry::bench
