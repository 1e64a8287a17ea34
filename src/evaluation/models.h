// Which model computes what, and presets: rows that name a set of models.
#pragma once

#include <array>
#include <string_view>

#include "yield/models.h"

namespace marquetry {

// The defaults are the ones that the documentation explains.
struct Models {
  const yield::Model* yield = yield::find("negative-binomial");
};

struct Preset {
  std::string_view name, summary, source;
  Models models;
};

// Adding a preset: add its row, and its anchor test. The report names the preset in use.
inline constexpr std::array presets{
    Preset{"default", "what we hold to be right; the documentation explains each model",
           "docs/analytic-model.md", Models{}},
};

constexpr const Preset* find_preset(std::string_view name) {
  for (const auto& preset : presets) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

}  // namespace marquetry
