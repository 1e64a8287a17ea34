// The reference page of all commands.
#include <fmt/format.h>

#include "session/help.h"

namespace marquetry {
namespace {

// In a cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string row(const Argument& argument) {
  return fmt::format("| `{}` | {} |\n", cell(as_written(argument)), cell(explanation(argument)));
}

std::string command_section(const Command& command) {
  auto text =
      fmt::format("### {}\n{}\n\n    {}\n\n", command.name, sentence(command.summary), usage_of(command));
  if (command.takes_many)
    text += "Several designs, or patterns of them, give a line each: see [batches](flows.md#batches).\n\n";
  if (!command.arguments.empty()) {
    text += "| argument | |\n|---|---|\n";
    for (const auto& argument : command.arguments) text += row(argument);
    text += "\n";
  }
  return text + fmt::format("Example: `{}`\n\n", command.example);
}

}  // namespace

std::string markdown_page() {
  std::string text =
      "# Commands\n\nMade by `marquetry help --as markdown` from the table of commands, from which the "
      "command "
      "line, the shell, the\nTcl package, the Python module, the manual page and the completions are made, "
      "too.\n\n"
      "## Everywhere\n\nOn the command line as written; in the [shell](shell.md) and in Tcl without "
      "`marquetry`, with one dash or two; in Python\nas functions with keyword arguments.\n\n" +
      of_commands(false, command_section) +
      "## Of the design that is open\n\nIn the shell, in Tcl and in Python: they work on what `read_design` "
      "has "
      "read.\n\n" +
      of_commands(true, command_section) + "## Options of every command\n\n| option | |\n|---|---|\n";
  for (const auto& argument : common_arguments()) text += row(argument);
  text += "\n## Messages\n\n| id | |\n|---|---|\n";
  for (const auto& [id, meaning] : message::all) text += fmt::format("| `{}` | {} |\n", id, meaning);
  return text;
}

}  // namespace marquetry
