// How often annealing finds what the exact search proves, on small random problems.
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

  // Both say that there is none, or annealing ends at the optimum.
  bool agree() const;
  // Annealing is below the optimum, or finds what is proved not to be there: one of the two is wrong.
  bool contradict() const;
};

// `problems` of 2 to `most_blocks` blocks, drawn from the seed.
std::vector<Compared> compare(std::size_t problems, std::size_t most_blocks, std::uint64_t annealing_steps,
                              std::uint64_t seed);

}  // namespace marquetry::bench
