// Traffic and routing of a RapidChiplet design: Python dictionaries whose keys are tuples, which its helpers
// write as texts, "__tuple__:[0, 1]". spcl/rapidchiplet, helpers.py.
#pragma once

#include "config/node.h"
#include "proxy/design.h"

namespace marquetry::exchange::rapidchiplet {

// {"__tuple__:[source, destination]": packets a cycle}
void read_encoded_traffic(const Node& root, proxy::Design& design, Diagnostics& diagnostics);

// {"type": "default", "table": {node: {destination: next node}}}; a table by the previous node as well is
// left out, with a note.
void read_encoded_routing(const Node& root, proxy::Design& design, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::rapidchiplet
