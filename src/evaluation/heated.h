// How hot each die of a placed package gets, by the grid, against what it may.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "units/units.h"

namespace marquetry {

struct HotDie {
  std::string name{};
  bool is_memory{};
  std::size_t type{}, instance{};      // of the system's dies, or of its memories
  Temperature<> peak{}, mean{};        // of its circuits
  Temperature<> limit{}, throttle{};   // 0: none known
  double x{}, y{}, width{}, height{};  // m, on the footprint
  Power<> power{}, leakage{};          // its own; leakage, at its temperature, included in the power
};

// The hottest circuits over each place of the footprint. Row 0 lies at the least y.
struct HeatPlane {
  std::size_t columns{}, rows{};
  double width{}, height{};      // m
  std::vector<double> kelvin{};  // row * columns + column
};

struct Heated {
  std::vector<HotDie> dies{};  // all on the package, in the order of the layout
  double bound{};         // K: no temperature is further off than this; infinite where nothing was proved
  Temperature<> plate{};  // hottest place of the cooling's plate
  std::optional<Temperature<>> plate_limit{};
  Power<> power{}, leakage{};  // of all
  HeatPlane plane{};
  bool is_runaway{};   // leakage and heat drive each other without end: temperatures are the last ones
  std::string hint{};  // what would keep all limits, where one is broken
};

}  // namespace marquetry
