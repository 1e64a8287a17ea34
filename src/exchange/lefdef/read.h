// LEF and DEF 5.8 as a package: the design's area is its carrier, components are dies and bumps.
#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "assembly/assembly.h"
#include "base/diagnostic.h"
#include "exchange/lefdef/def.h"
#include "exchange/lefdef/lef.h"

namespace marquetry::exchange {

// LEF files (.lef, .tlef) in any order, and at most one DEF (.def). Without a DEF: chiplets that stand
// nowhere.
std::optional<assembly::Assembly> read_lefdef(std::span<const std::filesystem::path> files,
                                              Diagnostics& diagnostics);

// What the texts say together. Nothing after complaints.
std::optional<assembly::Assembly> assembly_of(const Lef& lef, const Def* def, Diagnostics& diagnostics);

// Both as texts, each with a name for complaints.
std::optional<assembly::Assembly> parse_lefdef(std::string_view lef, std::string_view def,
                                               Diagnostics& diagnostics);

}  // namespace marquetry::exchange
