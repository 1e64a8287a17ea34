// Small floorplanning problems of every sort that the exact search takes, drawn from a seed.
#pragma once

#include "base/rng.h"
#include "floorplan/problem.h"

namespace marquetry::test {

struct Draw {
  std::size_t blocks{4};
  bool outlined{};  // always, as a package is; else sometimes
  bool centres{};   // two pins a net, all at centres; else any pins, fixed points, gaps, turns, places
};

floorplan::Problem random_problem(const Draw& draw, Rng rng);

}  // namespace marquetry::test
