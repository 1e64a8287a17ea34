#include "app/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <utility>

namespace marquetry {
namespace {

using Values = std::map<std::string_view, std::vector<std::string>>;
using Flags = std::map<std::string_view, bool>;

// What CLI11 fills in. Every value is taken as text; check_arguments looks at it later.
struct Slots {
  Values values{};
  Flags flags{};
};

std::string option_names(const Argument& argument) {
  auto name = std::string{argument.name};
  if (argument.positional) return name;
  return (argument.letter.empty() ? "" : "-" + std::string{argument.letter} + ",") + "--" + name;
}

void add_option(CLI::App& app, const Argument& argument, Slots& slots) {
  if (argument.kind == ArgumentKind::flag) {
    app.add_flag(option_names(argument), slots.flags[argument.name]);
    return;
  }
  auto* option = app.add_option(option_names(argument), slots.values[argument.name]);
  if (argument.positional && argument.takes == Takes::one) option->expected(1);
  if (!argument.positional || argument.takes == Takes::one) option->allow_extra_args(false);
}

void add_options(CLI::App& app, std::span<const Argument> arguments, Slots& slots) {
  for (const auto& argument : arguments) add_option(app, argument, slots);
}

void move_into(Slots& slots, Arguments& arguments) {
  for (auto& [name, values] : slots.values) {
    for (auto& value : values) arguments.add(name, std::move(value));
  }
  for (const auto& [name, given] : slots.flags) {
    if (given) arguments.add(name, "");
  }
}

// Words of a command that CLI11 could not place.
void complain_of_extras(const std::vector<std::string>& extras, const Command* command,
                        Diagnostics& diagnostics) {
  const auto name = command != nullptr ? "marquetry " + std::string{command->name} : "marquetry";
  std::vector<std::string> options{"--help", "--version"};
  const auto offer = [&](std::span<const Argument> arguments) {
    for (const auto& argument : arguments) {
      if (!argument.positional) options.push_back("--" + std::string{argument.name});
    }
  };
  offer(common_arguments());
  if (command != nullptr) offer(command->arguments);
  for (const auto& word : extras) {
    if (word.starts_with('-')) {
      const auto option = word.substr(0, word.find('='));
      diagnostics.error({.file = name}, "unknown option '" + option + "'",
                        did_you_mean(option, {options.begin(), options.end()}));
    } else {
      diagnostics.error({.file = name}, "there is no place for '" + word + "'", "see '" + name + " --help'");
    }
  }
}

// Parses and gives back the words that no option took; nothing if a value is missing.
std::optional<std::vector<std::string>> parsed(CLI::App& app, std::vector<std::string> words,
                                               const std::string& name, Diagnostics& diagnostics) {
  std::ranges::reverse(words);  // CLI11 takes them from the back
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {  // "--set: 1 required TEXT missing"
    const std::string what = error.what();
    const auto colon = what.find(':');
    diagnostics.error({.file = name},
                      what.starts_with('-') && colon != std::string::npos
                          ? "option '" + what.substr(0, colon) + "' needs a value"
                          : what,
                      "see '" + name + " --help'");
    return std::nullopt;
  }
  return app.remaining();
}

bool is_option(std::string_view name, std::span<const Argument> arguments) {
  return std::ranges::any_of(arguments, [name](const auto& a) { return !a.positional && a.name == name; });
}

// -exit is --exit: Tcl's way to write an option.
void lengthen_dashes(std::vector<std::string>& words, const Command& command) {
  for (auto& word : words) {
    const auto name = word.substr(0, word.find('='));
    if (name.size() < 3 || name[0] != '-' || name[1] == '-') continue;
    const auto plain = name.substr(1);
    if (plain == "help" || is_option(plain, command.arguments) || is_option(plain, common_arguments()))
      word.insert(0, "-");
  }
}

struct Front {
  bool help{}, version{};
};

void set_up(CLI::App& app, Front& front, Slots& slots) {
  app.set_help_flag();
  app.allow_extras();
  app.add_flag("-h,--help", front.help);
  app.add_flag("--version", front.version);
  add_options(app, common_arguments(), slots);
}

Invocation refused(Message message) { return {.wish = Wish::refused, .message = message}; }

// The words after the command's name.
Invocation read_command(const Command& command, std::vector<std::string> words, Arguments arguments,
                        const Session& session, Diagnostics& diagnostics) {
  const auto name = "marquetry " + std::string{command.name};
  CLI::App app;
  Front front;
  Slots slots;
  set_up(app, front, slots);
  add_options(app, command.arguments, slots);
  lengthen_dashes(words, command);
  const auto extras = parsed(app, std::move(words), name, diagnostics);
  if (!extras) return refused(message::wrong_arguments);
  move_into(slots, arguments);
  if (front.version) return {.wish = Wish::version, .arguments = std::move(arguments)};
  if (front.help) return {.wish = Wish::help, .command = &command};
  complete_from_session(command, session, arguments);
  complain_of_extras(*extras, &command, diagnostics);
  check_arguments(common_arguments(), arguments, command.name, diagnostics);
  check_arguments(command.arguments, arguments, command.name, diagnostics);
  if (!diagnostics.ok()) return refused(message::wrong_arguments);
  return {.command = &command, .arguments = std::move(arguments)};
}

Invocation no_command(const std::string& word, Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const auto& command : commands()) names.push_back(command.name);
  const auto hint = did_you_mean(word, names);
  diagnostics.error({.file = "marquetry"}, "there is no command '" + word + "'",
                    hint.empty() ? "'marquetry --help' lists the commands" : hint);
  return refused(message::unknown_command);
}

}  // namespace

Invocation read_words(const std::vector<std::string>& words, const Session& session,
                      Diagnostics& diagnostics) {
  CLI::App app;
  Front front;
  Slots slots;
  set_up(app, front, slots);
  app.prefix_command();
  auto rest = parsed(app, words, "marquetry", diagnostics);
  if (!rest) return refused(message::wrong_arguments);
  Arguments arguments;
  move_into(slots, arguments);
  if (front.version) return {.wish = Wish::version, .arguments = std::move(arguments)};
  if (front.help) return {.wish = Wish::help};
  if (rest->empty()) {
    diagnostics.error({.file = "marquetry"}, "no command is given", "'marquetry --help' lists the commands");
    return refused(message::unknown_command);
  }
  const auto word = rest->front();
  if (word.starts_with('-')) {
    complain_of_extras({word}, nullptr, diagnostics);
    return refused(message::wrong_arguments);
  }
  const bool asks = word == "help" && rest->size() <= 2;  // `help COMMAND` is `COMMAND --help`
  if (asks && rest->size() == 1) return {.wish = Wish::help};
  const auto* command = find_command(asks ? rest->back() : word);
  if (command == nullptr) return no_command(asks ? rest->back() : word, diagnostics);
  if (asks) return {.wish = Wish::help, .command = command};
  rest->erase(rest->begin());
  return read_command(*command, std::move(*rest), std::move(arguments), session, diagnostics);
}

}  // namespace marquetry
