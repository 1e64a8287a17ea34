// A footprint from a TOML file, and back.
#pragma once

#include <optional>

#include "config/node.h"
#include "footprint/footprint.h"

namespace marquetry::footprint {

// Nothing after complaints. The file is marked by its table [footprint]; docs/carbon.md lists the keys.
std::optional<Footprint> read(const Node& root, Diagnostics& diagnostics);

// The TOML text of which read() makes the same footprint.
std::string to_toml(const Footprint& footprint);

// Complains, and returns null, where no block can be made on such a node, or no carrier.
const NodeConstants* block_node(double nanometres, const SourceSpot& where, Diagnostics& diagnostics);
const NodeConstants* carrier_node(double nanometres, const SourceSpot& where, Diagnostics& diagnostics);

// What holds for the whole, once every field is read.
void check(const Footprint& footprint, const SourceSpot& where, Diagnostics& diagnostics);

// How far a number may go.
struct Bounds {
  double least{}, most{1e300};
  bool least_itself{true};
};
inline constexpr Bounds positive{0, 1e300, false}, share{0, 1}, yield_bounds{0, 1, false};
bool is_within(double value, const Bounds& bounds, std::string_view key, const Node& node,
               Diagnostics& diagnostics);

}  // namespace marquetry::footprint
