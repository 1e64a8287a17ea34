// What --help prints, made from the table of commands.
#pragma once

#include <string>

#include "session/command.h"

namespace marquetry {

std::string program_help();
std::string command_help(const Command& command);

}  // namespace marquetry
