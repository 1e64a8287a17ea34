// What the values of an argument can be: for completion in a shell.
#pragma once

#include "session/session.h"

namespace marquetry {

// In alphabetical order. `before` is the word that stands before the value: of set_choice the variable. The
// library is asked only where it has been loaded, or where the session is kept.
std::vector<std::string> names_of(NameOf kind, Session& session, const std::string& before);

}  // namespace marquetry
