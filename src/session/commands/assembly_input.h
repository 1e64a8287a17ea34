// A package with geometry, bumps and nets: that of a design of dies, placed, or a file with a table
// [assembly].
#pragma once

#include "assembly/assembly.h"
#include "session/session.h"

namespace marquetry {

// Reads DESIGN, --set and --steps. What is simpler than in a real package are warnings. Nothing after
// complaints.
std::optional<assembly::Assembly> read_assembly_input(Session& session, const Arguments& given,
                                                      Diagnostics& diagnostics);

}  // namespace marquetry
