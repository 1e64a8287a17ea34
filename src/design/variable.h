// The open questions of a design: each variable has an ordered domain; a choice is an index into each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "units/units.h"

namespace marquetry {

// A value as a design file writes it: a name ("tsmc-n7") or a number with its unit ("1.4 GHz").
struct Value {
  std::string text{};  // as written, for reports
  bool is_name{};
  double number{};  // coherent SI, where it is no name
  Dimension dimension{};
};

struct Variable {
  std::string name{};
  std::vector<Value> domain{};
  SourceSpot where{};
  // What the fields that use it ask of a value.
  std::string names{};  // what it names, "node"; empty for numbers
  bool is_whole{};
  double least{}, greatest{std::numeric_limits<double>::infinity()};
};

using VariableId = std::size_t;

// A field of a design that is fixed or left to a variable. Whether the variable's domain fits the field is
// checked when the file is read.
template <class T>
struct Open {
  T value{};  // where there is no variable
  std::optional<VariableId> variable{};
  SourceSpot where{};
};

using OpenName = Open<std::string>;
using OpenNumber = Open<double>;  // coherent SI; the reader has checked the dimension

// For each variable a range [first, last] of its domain; a choice is the case first = last.
struct Range {
  std::size_t first{}, last{};
  friend constexpr bool operator==(Range, Range) = default;
};
using PartialChoice = std::vector<Range>;
using Choice = std::vector<std::uint32_t>;

inline PartialChoice all_choices(const std::vector<Variable>& variables) {
  PartialChoice partial;
  for (const auto& variable : variables) partial.push_back({0, variable.domain.size() - 1});
  return partial;
}

inline PartialChoice point(const Choice& choice) {
  PartialChoice partial;
  for (const auto index : choice) partial.push_back({index, index});
  return partial;
}

}  // namespace marquetry
