// The spread of figures over all uncertain numbers, for readers and for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "chance/uncertainty.h"

namespace marquetry::report {

// What was asked: one or two subjects, and the paths of the figures.
struct UncertaintyRun {
  std::vector<std::string> names{};  // by subject
  std::vector<std::string> paths{};
  std::vector<std::string_view> units{};  // by path
  std::uint64_t seed{};
  const chance::Joint* joint{};
};

std::string uncertainty_text(const UncertaintyRun& run, const chance::Uncertainty& result);
nlohmann::ordered_json uncertainty_json(const UncertaintyRun& run, const chance::Uncertainty& result);

}  // namespace marquetry::report
