// The models of heat, one row each: what a command offers and what a report says of its figures.
#pragma once

#include <span>
#include <string_view>

#include "thermal/assembly.h"

namespace marquetry::thermal {

struct ModelRow {
  Model model{};
  std::string_view name{};        // as commands take it
  std::string_view what{};        // in a few words
  std::string_view source{};      // of the equations
  std::string_view difference{};  // from the other rows, in a sentence or two for a report
};

std::span<const ModelRow> models();
const ModelRow& row(Model model);
const ModelRow* find_model(std::string_view name);

}  // namespace marquetry::thermal
