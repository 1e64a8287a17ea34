// Words to a command and its arguments, by CLI11; its options are generated from the table of commands.
#pragma once

#include <string>
#include <vector>

#include "session/command.h"

namespace marquetry {

enum class Wish { run, help, version, refused };

struct Invocation {
  Wish wish{};
  const Command* command{};  // null for the help of the program and for --version
  Arguments arguments{};     // checked, where the wish is to run
  Message message{};         // why it is refused
};

// Reads "COMMAND ARGUMENT...". The common options may stand before the command or after it; after it,
// -option is as good as --option. Complaints are in the diagnostics.
Invocation read_words(const std::vector<std::string>& words, const Session& session,
                      Diagnostics& diagnostics);

}  // namespace marquetry
