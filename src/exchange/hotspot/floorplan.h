// HotSpot's floorplans, layers and power traces.
#pragma once

#include <optional>

#include "exchange/hotspot/config.h"

namespace marquetry::exchange::hotspot {

struct Unit {
  std::string name{};
  double x{}, y{}, width{}, height{};  // m, from the floorplan's lower-left corner
  std::optional<Matter> matter{};      // of its own
  SourceSpot where{};
};

struct Floorplan {
  double width{}, height{};
  std::vector<Unit> units{};
  SourceSpot where{};
  bool has_wires{};  // lines of connections, which are no heat
};

// Nothing after complaints.
std::optional<Floorplan> read_floorplan(const std::filesystem::path& path, Diagnostics& diagnostics);

struct LayerRow {
  bool conducts_sideways{}, heats{};
  Matter matter{};
  std::string material{};  // where it is named
  double thickness{};
  Floorplan floorplan{};
  SourceSpot where{};
};

// The layers by their numbers, 0 at the bottom, with their floorplans, all of one size. Nothing after
// complaints.
std::optional<std::vector<LayerRow>> read_layers(const std::filesystem::path& path,
                                                 const Materials& materials, Diagnostics& diagnostics);

// Watts: by step, by unit of the layers that heat, layer after layer. Columns are found by their names: each
// layer's stand together, as HotSpot wants them, or in any order where no two layers share a name.
std::optional<std::vector<std::vector<double>>> read_trace(const std::filesystem::path& path,
                                                           const std::vector<const Floorplan*>& layers,
                                                           Diagnostics& diagnostics);

}  // namespace marquetry::exchange::hotspot
