// The row of each kind of document; a new one is declared here, defined in its own source, and listed in
// documents.cpp.
#pragma once

#include "session/documents.h"

namespace marquetry {

DocumentKind assembly_kind();
DocumentKind footprint_kind();
DocumentKind placement_kind();
DocumentKind stack_kind();

}  // namespace marquetry
