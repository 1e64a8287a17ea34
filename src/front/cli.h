// Words to a command and its arguments, by CLI11; its options are generated from the table of commands.
#pragma once

#include <string>
#include <vector>

#include "session/command.h"

namespace marquetry {

enum class Wish { run, help, version, refused };

struct Invocation {
  Wish wish{};
  const Command* command{};            // null for the help of the program and for --version
  Arguments arguments{};               // checked, where the wish is to run
  Message message{};                   // why it is refused
  std::vector<std::string> designs{};  // of a batch, in the order given; empty: no batch
};

// Reads "COMMAND ARGUMENT...". The common options may stand before the command or after it; after it,
// -option is as good as --option, and so is the beginning of its name where no other begins so. On the
// command line several designs, or a pattern of them, make a batch. Complaints are in the diagnostics.
Invocation read_words(const std::vector<std::string>& words, const Session& session,
                      Diagnostics& diagnostics);

// What --help says, of the command or of the program.
Output help(const Command* command, Session& session, Diagnostics& diagnostics);

// What --version says: of the program, and the hash of the library.
Output version(Session& session, Diagnostics& diagnostics);

}  // namespace marquetry
