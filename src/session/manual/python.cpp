// The type stubs of the Python module: a function a command, each argument with its type.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "session/help.h"

namespace marquetry {
namespace {

std::string type_of(const Argument& argument) {
  std::string type;
  switch (argument.kind) {
    case ArgumentKind::number:
      type = "float";
      break;
    case ArgumentKind::count:
      type = "int";
      break;
    case ArgumentKind::flag:
      return "bool";
    case ArgumentKind::choice:
      type = "Literal[";
      for (std::size_t i = 0; i < argument.choices.size(); ++i)
        type += fmt::format("{}\"{}\"", i > 0 ? ", " : "", argument.choices[i]);
      type += "]";
      break;
    case ArgumentKind::file:
      type = "PathLike";
      break;
    default:
      type = "Value";
  }
  return argument.takes == Takes::many && !argument.positional
             ? fmt::format("Union[{0}, Sequence[{0}]]", type)
             : type;
}

std::string function(const Command& command, std::string_view self, std::string_view indent) {
  std::vector<std::string> parameters;
  if (!self.empty()) parameters.emplace_back(self);
  bool stars = false;
  for (const auto& argument : command.arguments) {
    if (!argument.positional) continue;
    const auto name = python_name(argument.name);
    // What follows a list of any length can be named only.
    if (argument.takes == Takes::many) {
      parameters.push_back(fmt::format("*{}: {}", name, type_of(argument)));
      stars = true;
    } else {
      const bool needed = argument.need == Need::required && argument.name != "design";
      parameters.push_back(needed ? fmt::format("{}: {}", name, type_of(argument))
                                  : fmt::format("{}: Optional[{}] = ...", name, type_of(argument)));
    }
  }
  std::vector<std::string> named;
  for (const auto& arguments : {command.arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (argument.positional || argument.name == "color" || argument.name == "jobs") continue;
      named.push_back(
          argument.kind == ArgumentKind::flag
              ? fmt::format("{}: bool = ...", python_name(argument.name))
              : fmt::format("{}: Optional[{}] = ...", python_name(argument.name), type_of(argument)));
    }
  }
  if (!named.empty() && !stars) parameters.emplace_back("*");
  parameters.insert(parameters.end(), named.begin(), named.end());
  return fmt::format("{0}def {1}({2}) -> Any:\n{0}    \"\"\"{3}\"\"\"\n", indent, python_name(command.name),
                     fmt::join(parameters, ", "), sentence(command.summary));
}

}  // namespace

std::string python_name(std::string_view name) {
  constexpr std::array<std::string_view, 35> keywords{
      "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
      "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
      "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
      "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
  std::string out{name};
  std::ranges::replace(out, '-', '_');
  if (std::ranges::find(keywords, out) != keywords.end()) out += '_';
  return out;
}

std::string python_stubs() {
  std::string functions, methods;
  for (const auto& command : commands()) {
    if (command.where == Where::program) continue;
    functions += function(command, "", "");
    methods += function(command, "self", "    ");
  }
  return fmt::format(R"(# Made by `marquetry help --as python` from the table of commands.
import os
from typing import Any, Literal, Optional, Sequence, Union

PathLike = Union[str, os.PathLike[str]]
Value = Union[str, int, float]
__version__: str

class Error(Exception):
    """A command that failed: the id of the message, what is wrong, and where."""
    id: str
    message: str
    place: str
    status: int

class Session:
    """What is kept from one command to the next: options, library, the design that is open."""
    def __init__(self) -> None: ...
    def text(self, command: str, *args: Any, **kwargs: Any) -> str:
        """The result of a command as a reader sees it."""
{}
def text(command: str, *args: Any, **kwargs: Any) -> str:
    """The result of a command as a reader sees it."""
{})",
                     methods, functions);
}

}  // namespace marquetry
