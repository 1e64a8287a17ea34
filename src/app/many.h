// A command over many designs: one line of JSON each, in the order given, or a table of them all.
#pragma once

#include "front/cli.h"

namespace marquetry {

// Runs them, --jobs at a time. Complaints go to standard error as each design is done; the lines, or at the
// end the table, to standard output. The worst of the exit statuses.
int run_many(const Invocation& invocation, Session& session, bool as_json);

}  // namespace marquetry
