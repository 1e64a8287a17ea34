// A number of the world: typical value, range, and where it comes from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "units/quantity.h"

namespace marquetry {

// One of several published values that disagree.
struct Reading {
  double value{};  // coherent SI
  std::string source{};
};

struct Origin {
  std::string_view category{};  // of the library, "nodes"; empty outside of one
  std::string name{};           // of the field with its row: "tsmc-n7.wafer_price"
  std::string source{};
  bool estimate{};             // no public source confirms the figure
  std::string group{};         // numbers of one correlation group move together
  std::string distribution{};  // within low .. high; empty: follows from the three numbers
  std::vector<Reading> readings{};
};

// All three in coherent SI; low = typ = high where the number is not in doubt.
template <Dimension D>
struct Sourced {
  double low{}, typ{}, high{};
  Origin origin{};
};

// As above for a field that a row may leave unknown. Unknown is never zero: what needs it says so.
template <Dimension D>
struct MaybeSourced : Sourced<D> {
  bool known{};
};

}  // namespace marquetry
