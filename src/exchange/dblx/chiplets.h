// Sections of 3Dblox: definitions of chiplets, and the package of them.
#pragma once

#include "assembly/assembly.h"
#include "exchange/dblx/sources.h"

namespace marquetry::exchange::dblx {

// Adds the chiplets of a file, with their bumps.
void read_chiplets(const Sources& sources, const Source& source, assembly::Assembly& out,
                   Diagnostics& diagnostics);

// Adds the instances, where they stand, and what joins them.
void read_package(const Source& source, assembly::Assembly& out, Diagnostics& diagnostics);

// Warns of files that are named but not there: nothing of the geometry depends on them.
void warn_of_missing(const std::filesystem::path& file, const Node& external, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::dblx
