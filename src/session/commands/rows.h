// The row of each command; a new one is declared here, defined in its own source, and listed in commands.cpp.
#pragma once

#include <vector>

#include "session/command.h"

namespace marquetry {

Command check_command();
Command compare_command();
Command deliver_command();
Command evaluate_command();
Command explain_command();
Command explore_command();
Command export_command();
Command heat_command();
Command help_command();
Command import_command();
Command library_command();
Command perform_command();
Command place_command();
Command route_command();
Command sensitivity_command();
Command shell_command();
Command simulate_command();
Command uncertainty_command();

// Of the design that a session has read.
std::vector<Command> alias_commands();
std::vector<Command> choose_commands();
std::vector<Command> get_commands();
std::vector<Command> history_commands();
std::vector<Command> limit_commands();
std::vector<Command> read_commands();
std::vector<Command> report_commands();
std::vector<Command> write_commands();

}  // namespace marquetry
