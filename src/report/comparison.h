// Figures of several things side by side, and what each quirk of a peer is worth.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/figure_value.h"

namespace marquetry::report {

struct Column {
  std::string name{};    // a file, a choice of it, a product
  std::string preset{};  // empty for a product
  bool feasible{true};
  std::vector<FigureValue> figures{};
  std::vector<std::string> notes{};  // ranges of its prices, what other sources say, how it agrees
};

// Mending one quirk: by itself in the peer's model, and after those above it. The last sum is ours.
struct Fix {
  std::string quirk{}, peer{}, right{};
  double alone{}, together{};  // change of the headline
};

struct Fixes {
  std::string subject{}, preset{};
  FigureValue peers{}, ours{};  // the headline under the preset, and without a quirk
  std::vector<Fix> rows{};
};

// From how many units on the other is cheaper than the first, or the first than the other.
struct BreakEven {
  std::string cheaper_before{}, cheaper_after{};
  double volume{};
};

struct Comparison {
  std::vector<Column> columns{};
  std::vector<Fixes> fixes{};
  std::vector<BreakEven> break_evens{};
};

// Of the first column and each other one: the volume at which NRE and recurring cost balance; none where one
// is cheaper at any volume.
std::vector<BreakEven> break_evens(const std::vector<Column>& columns);

std::string comparison_text(const Comparison& comparison);
nlohmann::ordered_json comparison_json(const Comparison& comparison);

}  // namespace marquetry::report
