// A run of HotSpot 7, by its own files, as a stack to heat. What HotSpot would compute and we do not is
// refused with the reason, or a warning where temperatures do not hang on it.
#pragma once

#include <filesystem>
#include <optional>

#include "thermal/case.h"

namespace marquetry::exchange {

struct HotspotFiles {
  std::filesystem::path config{};
  std::optional<std::filesystem::path> floorplan{}, trace{}, layers{},
      materials{};                 // else those of the config
  std::optional<bool> detailed{};  // detailed_3D
};

// Nothing after complaints. The stack has the mean powers of the trace.
std::optional<thermal::HeatCase> load_hotspot(const HotspotFiles& files, thermal::Model model,
                                              Diagnostics& diagnostics);

}  // namespace marquetry::exchange
