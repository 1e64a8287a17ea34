// The commands of the program, as data. Command line, shell, Tcl package, Python module, help, completion and
// manual are made from this one table.
#pragma once

#include <span>
#include <string_view>

#include "session/arguments.h"
#include "session/session.h"

namespace marquetry {

// Where a command has a meaning.
enum class Where {
  anywhere,
  session,      // in a shell or a script, which keep what they have read: not on the command line
  open_design,  // there, once a design is read: `run` finds it in the session
  program,      // on the command line only
};

struct Command {
  std::string_view name{};
  std::string_view summary{};
  std::span<const Argument> arguments{};
  std::string_view example{};  // a line that works in a fresh clone
  Output (*run)(Session&, const Arguments&, Diagnostics&){};
  Where where{};
  bool takes_many{};  // on the command line: several designs, one after the other or --jobs at a time
};

// Every command, in the order of the help text.
std::span<const Command> commands();

// The command of that name, or null.
const Command* find_command(std::string_view name);

// The options that every command takes: --json, --library, ...
std::span<const Argument> common_arguments();

// Sets the session's options and overlays from those of the common arguments that are given.
void apply_common_arguments(const Arguments& arguments, Session& session);

// Whether it is none of the command line.
bool is_of_session(const Command& command);

// Whether the command is one of this front end.
bool is_offered(const Command& command, const Session& session);

}  // namespace marquetry
