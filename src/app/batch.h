// The words of the command line: run the command, print what it made, give its exit status.
#pragma once

#include <string>
#include <vector>

#include "session/session.h"

namespace marquetry {

int run_batch(const std::vector<std::string>& words, Session& session);

// For the fault that only the program itself can be blamed for.
int report_internal_error(const std::vector<std::string>& words, const std::string& what);

// To standard output. False where it cannot take it: a full disk, a closed pipe.
bool print(const std::string& text);

// Whether messages to standard error are coloured.
bool colored_messages(const Options& options);

}  // namespace marquetry
