// The commands of the program, as data. Command line, shell and Tcl are generated from this one table.
#pragma once

#include <span>
#include <string_view>

#include "session/arguments.h"
#include "session/session.h"

namespace marquetry {

struct Command {
  std::string_view name{};
  std::string_view summary{};
  std::span<const Argument> arguments{};
  std::string_view example{};  // a line that works in a fresh clone
  Output (*run)(Session&, const Arguments&, Diagnostics&){};
};

// Every command, in the order of the help text.
std::span<const Command> commands();

// The command of that name, or null.
const Command* find_command(std::string_view name);

// The options that every command takes: --json, --library, ...
std::span<const Argument> common_arguments();

// Sets the session's options and overlays from those of the common arguments that are given.
void apply_common_arguments(const Arguments& arguments, Session& session);

// A command that is given no design takes the one that the session has read, with the choices made to it.
void complete_from_session(const Command& command, const Session& session, Arguments& arguments);

}  // namespace marquetry
