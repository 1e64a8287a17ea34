// Annealing a task from several starts, and what each came to.
#pragma once

#include "placement/judge.h"

namespace marquetry::placement {

struct Candidate {
  floorplan::Plan plan{};
  double cost{}, excess{};  // excess 0: legal as far as the judge sees
};

struct Search {
  floorplan::Budget budget{};
  std::uint64_t seed{1};
  int threads{1};
  std::size_t restarts{4};
  std::optional<floorplan::Plan> start{};  // of every restart
  double hot{1};                           // AnnealOptions::hot
};

struct Found {
  std::vector<Candidate> candidates{};  // the best first
  std::uint64_t steps{};
};

// Where there is room to stand in, blocks stay where they are; a carrier of any size is packed from its
// corner.
floorplan::Packing packing_of(const Task& task);

// The same for any number of threads, where steps are given.
Found search(const Task& task, const Search& how);

}  // namespace marquetry::placement
