// Data of a problem that mean nothing: an index that is not there, a size of 0, limits the wrong way round.
// Without places in files: whoever read the problem knows these. What is well said, and still hopeless, is
// for fit.h, which takes for granted that there are no faults.
#pragma once

#include "layout/problem.h"

namespace marquetry::layout {

struct Fault {
  std::string message{};  // with names and lengths
  std::string hint{};
  std::vector<std::size_t> dies{};
  std::optional<std::size_t> link{};
};

std::vector<Fault> faults(const Problem& problem);

}  // namespace marquetry::layout
