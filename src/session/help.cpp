#include "session/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/wrap.h"

namespace marquetry {
namespace {

struct Line {
  std::string left{};
  std::string right{};
};

std::string columns(const std::vector<Line>& lines) {
  std::size_t width = 0;
  for (const auto& line : lines) width = std::max(width, line.left.size());
  std::string text;
  for (const auto& line : lines)
    text +=
        wrapped(fmt::format("  {:<{}}  {}", line.left, width, line.right), std::string(width + 4, ' '), 120);
  return text;
}

}  // namespace

std::string explanation(const Argument& argument) {
  auto text = std::string{argument.help};
  if (!argument.unit.empty()) text += fmt::format(" [{}]", argument.unit);
  if (argument.positional && argument.kind == ArgumentKind::choice)
    text += fmt::format(": {}", fmt::join(argument.choices, ", "));
  if (argument.takes == Takes::many && !argument.positional) text += "; may be repeated";
  if (!argument.fallback.empty()) text += fmt::format("; default {}", argument.fallback);
  return text;
}

std::string in_usage(const Argument& argument) {
  auto text = as_written(argument) + (argument.takes == Takes::many ? "..." : "");
  return argument.need == Need::required ? text : "[" + text + "]";
}

namespace {

Line line_of(const Argument& argument) {
  const auto letter = argument.letter.empty() ? std::string{} : fmt::format("-{}, ", argument.letter);
  return {letter + as_written(argument), explanation(argument)};
}

std::vector<Line> common_lines() {
  std::vector<Line> lines;
  for (const auto& argument : common_arguments()) lines.push_back(line_of(argument));
  lines.push_back({"-h, --help", "this text; after a command, the command's: as `help COMMAND`"});
  lines.push_back({"--version", "the version of the program and of the library"});
  return lines;
}

}  // namespace

std::string program_help(const Session& session) {
  std::vector<Line> lines, of_session;
  for (const auto& command : commands()) {
    if (!is_offered(command, session)) continue;
    auto& list = is_of_session(command) ? of_session : lines;
    list.push_back({std::string{command.name}, std::string{command.summary}});
  }
  const auto more =
      of_session.empty() ? std::string{} : "\nof the design that is open:\n" + columns(of_session);
  return "marquetry explores the design space of chiplets and advanced packages.\n\n" +
         std::string{session.is_kept ? "usage: COMMAND ARGUMENT...   (`COMMAND -help` tells more)\n"
                                     : "usage: marquetry COMMAND ARGUMENT...\n"} +
         "\ncommands:\n" + columns(lines) + more + "\noptions of every command:\n" + columns(common_lines()) +
         "\nexit status: 0 done, 1 failed or interrupted, 2 wrong usage or input, 3 nothing feasible\n"
         "example: marquetry explore designs/accelerator.toml\n";
}

std::string usage_of(const Command& command) {
  auto usage = fmt::format("{}{}", is_of_session(command) ? "" : "marquetry ", command.name);
  for (const auto& argument : command.arguments) {
    if (argument.positional || argument.need == Need::required) usage += " " + in_usage(argument);
  }
  return usage + " [OPTION...]";
}

std::string sentence(std::string_view summary) {
  std::string text{summary};
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text + ".";
}

std::string of_commands(bool of_session, std::string (*section)(const Command&)) {
  std::string text;
  for (const auto& command : commands()) {
    if (is_of_session(command) == of_session) text += section(command);
  }
  return text;
}

std::string command_help(const Command& command) {
  std::vector<Line> lines;
  for (const auto& argument : command.arguments) lines.push_back(line_of(argument));
  return fmt::format("{}: {}\n\nusage: {}\n\n{}\noptions of every command:\n{}\nexample: {}\n", command.name,
                     command.summary, usage_of(command), columns(lines), columns(common_lines()),
                     command.example);
}

}  // namespace marquetry
