// What joins the dies: routers, TSVs, and the interposer or bridges that carry them.
#pragma once

#include "footprint/evaluate.h"
#include "footprint/silicon.h"

namespace marquetry::footprint {

// One die; areas in mm2.
struct Chip {
  std::string name{};
  BlockType type{};
  const NodeConstants* node{};
  double aspect{1};
  SourceSpot where{};
  double at_7{}, area{};    // of its blocks: at 7 nm, on its node
  double scale{};           // the latter / the former
  double power_at_7{};      // area at 7 nm, weighted by the relative power of each block on the node
  double router{}, tsvs{};  // on its node
  bool router_apart{};      // as if it were a die of its own
  bool tsvs_apart{};        // as if they took no area of the wafer

  double with_router() const { return router_apart ? area : area + router; }
  double whole() const { return tsvs_apart ? with_router() : with_router() + tsvs; }

  Piece piece(const Silicon& silicon, double size) const;
  Piece own_piece(const Silicon& silicon) const { return piece(silicon, area); }
  Piece whole_piece(const Silicon& silicon) const { return piece(silicon, whole()); }
};

// A number of a file, free of what turning units has done to its last digit.
double as_written(double value);

// Routers on the dies: gives the chips theirs, returns the areas at 7 nm.
std::vector<Area<>> add_routers(const Footprint& footprint, const Quirks& quirks, std::vector<Chip>& chips);
void add_tsvs(const Footprint& footprint, const Quirks& quirks, std::vector<Chip>& chips);

// In g, before losses of bonding.
struct PackageParts {
  double carrier{}, routers{};
  bool carrier_beyond_wafer{};
};

PackageParts package_parts(const Footprint& footprint, const Quirks& quirks, const Silicon& silicon,
                           const std::vector<Chip>& chips, const Floorplan& floorplan);

}  // namespace marquetry::footprint
