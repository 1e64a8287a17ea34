// A stack of 3D-ICE (.stk, with the floorplans that it names) as a stack to heat. Microchannels, pluggable
// sinks and cells of several sizes are refused with the reason.
#pragma once

#include <filesystem>
#include <optional>

#include "thermal/case.h"

namespace marquetry::exchange {

// Rectangles that are one element of the floorplan: they stand as blocks NAME.1, NAME.2 ...
struct BlockUnion {
  std::string name{};
  std::size_t layer{}, first{}, count{};
};

struct ThreediceRun {
  thermal::HeatCase heat{};
  std::vector<BlockUnion> unions{};
  bool is_transient{};
};

// Nothing after complaints. Lengths of 3D-ICE are micrometres.
std::optional<ThreediceRun> load_threedice(const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
