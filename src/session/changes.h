// What an edit moved: figures of one evaluation beside those of the one before.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "report/figure_value.h"

namespace marquetry {

struct FigureChange {
  std::string path{}, unit{};
  double before{}, after{};
};

// Figures that both have and that differ by more than a billionth, in the order of the second.
std::vector<FigureChange> changes(std::span<const FigureValue> before, std::span<const FigureValue> after);

// A table; a sentence where nothing moved.
std::string changes_text(std::span<const FigureChange> changes);
nlohmann::ordered_json changes_json(std::span<const FigureChange> changes);

}  // namespace marquetry
