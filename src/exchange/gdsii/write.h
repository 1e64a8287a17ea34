// A package as GDSII: a structure for each bump cell and chiplet, references to them in a top structure,
// routed metal as paths, names as texts. Layers: docs/eda-formats.md.
#pragma once

#include <filesystem>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"
#include "exchange/gdsii/stream.h"

namespace marquetry::exchange {

// The file; nothing after complaints. What GDSII cannot hold are warnings.
std::vector<std::filesystem::path> write_gdsii(const assembly::Assembly& package,
                                               const std::filesystem::path& file, Diagnostics& diagnostics);

GdsLayer outline_layer(assembly::Kind kind);
GdsLayer region_layer(const assembly::Region& region);  // as it says, or by its face
GdsLayer bump_layer(const assembly::Region& region);
GdsLayer metal_layer(std::size_t number);
GdsLayer names_of(GdsLayer layer);  // where the texts on a layer are

}  // namespace marquetry::exchange
