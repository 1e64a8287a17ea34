// The page for man: troff, made from the table of commands.
#include <fmt/format.h>

#include "session/help.h"

namespace marquetry {
namespace {

// A dash that can be copied, no requests by accident.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\n')
      out += ' ';
    else
      out += c;
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string item(std::string_view left, std::string_view right) {
  return fmt::format(".TP\n.B {}\n{}\n", plain(left), plain(right));
}

std::string command_section(const Command& command) {
  auto text = fmt::format(".SS {}\n{}\n.PP\n{}\n", plain(command.name), plain(sentence(command.summary)),
                          plain(usage_of(command)));
  for (const auto& argument : command.arguments) text += item(as_written(argument), explanation(argument));
  return text + fmt::format(".PP\nExample:\n.EX\n  {}\n.EE\n", plain(command.example));
}

}  // namespace

std::string man_page() {
  std::string text =
      ".TH MARQUETRY 1\n.SH NAME\nmarquetry \\- explore the design space of chiplets and advanced packages\n"
      ".SH SYNOPSIS\n.B marquetry\n.I COMMAND\n[ARGUMENT...]\n"
      ".SH DESCRIPTION\nComposes chiplets from a library, optimises layout, interconnect and yield under the "
      "nodes, packagings, memories and suppliers that may be used, and reports cost, power and performance.\n"
      ".SH COMMANDS\n";
  text += of_commands(false, command_section);
  text +=
      ".SH COMMANDS OF A SHELL OR A SCRIPT\nThey work on the design that was read; in\n.B marquetry shell,\n"
      "the Tcl package and the Python module.\n";
  text += of_commands(true, command_section);
  text += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const auto& argument : common_arguments()) text += item(as_written(argument), explanation(argument));
  text += item("--help", "the help of the command") + item("--version", "of program and library");
  text += ".SH EXIT STATUS\n" + item("0", "done") + item("1", "the run failed or was interrupted") +
          item("2", "wrong usage or wrong input") + item("3", "nothing feasible");
  text += ".SH MESSAGES\n";
  for (const auto& [id, meaning] : message::all) text += item(id, meaning);
  text += ".SH ENVIRONMENT\n" +
          item("MARQUETRY_LIBRARIES", "the folder of the library, in place of the installed one") +
          item("NO_COLOR", "no colour in messages");
  return text;
}

}  // namespace marquetry
