// What `help` prints, made from the table of commands: text for a terminal, and the forms that other
// programs read.
#pragma once

#include <array>
#include <string>

#include "session/command.h"

namespace marquetry {

// The commands that this front end offers.
std::string program_help(const Session& session);
std::string command_help(const Command& command);

// "DESIGN...", "[NAME]", "--set VAR=VALUE".
std::string in_usage(const Argument& argument);
// "marquetry explore DESIGN [OPTION...]": with all that must be given.
std::string usage_of(const Command& command);
// A section for each command of a session, or for each of the others.
std::string of_commands(bool of_session, std::string (*section)(const Command&));
// "The front of ...": a summary as a sentence.
std::string sentence(std::string_view summary);
// Help, unit, choices and default in one sentence.
std::string explanation(const Argument& argument);

// All commands at once.
std::string man_page();
std::string markdown_page();  // docs/commands.md
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();
std::string python_stubs();  // __init__.pyi

// The name of a command or an argument in Python: `import_`, `min_area`.
std::string python_name(std::string_view name);

struct ManualForm {
  std::string_view name{};
  std::string_view summary{};
  std::string (*page)(){};
};
inline constexpr std::array manual_forms{
    ManualForm{"man", "a page for man", man_page},
    ManualForm{"markdown", "the reference page", markdown_page},
    ManualForm{"bash", "completion for bash", bash_completion},
    ManualForm{"zsh", "completion for zsh", zsh_completion},
    ManualForm{"fish", "completion for fish", fish_completion},
    ManualForm{"python", "type stubs of the Python module", python_stubs},
};

}  // namespace marquetry
