// A figure of a result, whatever kind of design it is of.
#pragma once

#include <string>

namespace marquetry {

// In the unit in which it is reported; path: dotted, as in JSON.
struct FigureValue {
  std::string path{};
  std::string unit{};
  double value{};
};

}  // namespace marquetry
