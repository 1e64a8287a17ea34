// The interactive shell: Tcl over libedit on a terminal, over plain standard input elsewhere.
#pragma once

#include "session/session.h"

namespace marquetry {

Output run_shell(Session& session, const Arguments& arguments, Diagnostics& diagnostics);

}  // namespace marquetry
