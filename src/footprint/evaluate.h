// Carbon of a system of typed blocks: what making, designing and using it emits.
#pragma once

#include <optional>

#include "footprint/footprint.h"
#include "presets/presets.h"

namespace marquetry::footprint {

struct DieResult {
  std::string name{};
  BlockType type{};  // of its first block
  const NodeConstants* node{};
  Area<> area_at_7{};
  double area_scale{};
  Area<> area{};  // on its node, of its blocks
  PerArea<> defects{};
  double yield{};
  double per_wafer{};  // dies on a wafer, good or not
  Carbon<> waste{};    // one die's share of what is left over of a wafer
  Carbon<> manufacturing{}, design{}, operation{}, total{};
  Power<> power{};    // its share of the system's, at 7 nm
  Power<> average{};  // over its life
  SourceSpot where{};
};

// The dies side by side, with gaps.
struct Floorplan {
  Length<> width{}, height{};
  Area<> area{};
  double interfaces{};  // bridges that would join them
};

struct PackageResult {
  Carbon<> carrier{};                  // interposer, bridges, or what TSVs add to the dies
  Carbon<> routers{};                  // on the dies, or on an active interposer
  Carbon<> lost_dies{};                // good dies that are lost where a bond fails
  Carbon<> router_design{};            // once
  std::vector<Area<>> router_areas{};  // at 7 nm, by die; of all in one on an active interposer
  Carbon<> manufacturing{}, design{};
};

struct Result {
  std::vector<DieResult> dies{};
  std::optional<Floorplan> floorplan{};
  PackageResult package{};
  Carbon<> manufacturing{}, design{}, operation{}, total{};

  std::vector<std::size_t> beyond_wafer{};  // dies of which a wafer gives none; the totals mean nothing then
  bool carrier_beyond_wafer{};              // likewise
  std::vector<std::size_t> beyond_reticle{};  // dies that no single exposure can make
};

Result evaluate(const Footprint& footprint, const Quirks& quirks);

}  // namespace marquetry::footprint
