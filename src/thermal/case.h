// A stack that is to be heated, with all that `heat` takes: what readers of files make.
#pragma once

#include "thermal/assembly.h"

namespace marquetry::thermal {

// Powers that change in steps. Starts at the ambient.
struct Trace {
  double interval{};                          // s, of one step
  std::vector<std::vector<double>> powers{};  // W: by step, by block, layer after layer
};

struct HeatCase {
  Stack stack{};  // with the mean powers of a trace
  Settings settings{};
  std::optional<Trace> trace{};
  double step{};                     // s of one implicit step, where the file names one; else 0
  std::vector<std::string> notes{};  // what a reader should know of it
};

}  // namespace marquetry::thermal
