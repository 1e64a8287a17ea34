// What Tab offers in the shell.
#pragma once

#include <string>
#include <vector>

#include "session/session.h"

namespace marquetry {

struct Completion {
  std::string word{};                 // the one under the cursor, as typed
  std::vector<std::string> offers{};  // whole words that begin with it, sorted
};

// What the interpreter knows.
struct TclNames {
  std::vector<std::string> commands{}, variables{};
};

// The line up to the cursor. A word after $ is a variable; the first word of the line, or after an open
// bracket, brace or semicolon, a command. Of our commands: options after a dash, then what the option or the
// argument in that place takes: choices, names of the library or of the design that is open, files.
Completion completion(const std::string& line, const TclNames& names, Session& session);

// What all the offers have in common.
std::string common_start(const std::vector<std::string>& offers);

}  // namespace marquetry
