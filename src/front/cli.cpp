#include "front/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "library/merge.h"
#include "session/pattern.h"

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

// The options of a command that begin so; the one of exactly that name alone.
std::vector<std::string> options_that_begin(std::string_view start, const Command& command) {
  std::vector<std::string> found;
  const auto look = [&](std::string_view name) {
    if (name.starts_with(start)) found.emplace_back(name);
  };
  for (const auto& arguments : {command.arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (!argument.positional) look(argument.name);
    }
  }
  look("help");
  const auto exact = std::ranges::find(found, start);
  return exact == found.end() ? found : std::vector{*exact};
}

// -exit is --exit, and so is -ex where nothing else begins so: Tcl's way to write an option. A number below
// zero is none.
void lengthen_dashes(std::vector<std::string>& words, const Command& command, Diagnostics& diagnostics) {
  for (auto& word : words) {
    const auto name = word.substr(0, word.find('='));
    const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    if (name.size() < 3 || name[0] != '-' || !is_letter(name[1])) continue;
    const auto found = options_that_begin(name.substr(1), command);
    if (found.size() == 1) word = "--" + found.front() + word.substr(name.size());
    if (found.size() < 2) continue;
    std::string all;
    for (const auto& option : found) all += (all.empty() ? "-" : ", -") + option;
    diagnostics.error({.file = "marquetry " + std::string{command.name}},
                      "option '" + name + "' may be any of " + all);
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

// On the command line a command that takes a design takes several.
std::vector<Argument> on_this_line(const Command& command, const Session& session) {
  std::vector<Argument> takes{command.arguments.begin(), command.arguments.end()};
  if (!command.takes_many || session.is_kept) return takes;
  for (auto& argument : takes) {
    if (argument.name == "design") argument.takes = Takes::many;
  }
  return takes;
}

// The designs of a batch, patterns made files; empty for a single design that is none.
// In a session that is kept a pattern is the one file that it names.
std::vector<std::string> batch_of(Arguments& arguments, const std::string& name, const Session& session,
                                  Diagnostics& diagnostics) {
  const auto given = arguments.all("design");
  const bool is_batch = given.size() > 1 || std::ranges::any_of(given, is_pattern);
  if (!is_batch) return {};
  std::vector<std::string> designs;
  for (const auto& pattern : given) {
    auto files = matching_files(pattern);
    if (files.empty()) diagnostics.error({.file = name}, "no file is named as '" + pattern + "'");
    designs.insert(designs.end(), files.begin(), files.end());
  }
  if (session.is_kept && designs.size() > 1)
    diagnostics.error({.file = given.front()},
                      fmt::format("names {} files, where one design is taken", designs.size()),
                      "call the command once for each; the program itself takes them all");
  arguments.remove("design");
  if (!session.is_kept) return designs;
  if (!designs.empty()) arguments.add("design", designs.front());
  return {};
}

Invocation refused(Message message) { return {.wish = Wish::refused, .message = message}; }

// Whether a command of a session misses a design: one that must be open, or one that is named.
bool misses_design(const Command& command, const Session& session, const Arguments& arguments) {
  if (!session.is_kept || session.open) return false;
  const auto design = std::ranges::find(command.arguments, "design", &Argument::name);
  const bool is_needed = design != command.arguments.end() && design->need == Need::required;
  return command.where == Where::open_design || (is_needed && !arguments.has("design"));
}

Invocation no_design(const Command& command, Diagnostics& diagnostics) {
  diagnostics.error({.file = "marquetry " + std::string{command.name}}, "no design is read",
                    command.where == Where::open_design ? "read one with 'read_design FILE'"
                                                        : "read one with 'read_design FILE', or name it");
  return refused(message::needs_session);
}

// The words after the command's name.
Invocation read_command(const Command& command, std::vector<std::string> words, Arguments arguments,
                        const Session& session, Diagnostics& diagnostics) {
  const auto name = "marquetry " + std::string{command.name};
  CLI::App app;
  Front front;
  Slots slots;
  set_up(app, front, slots);
  const auto takes = on_this_line(command, session);
  add_options(app, takes, slots);
  lengthen_dashes(words, command, diagnostics);
  if (!diagnostics.ok()) return refused(message::wrong_arguments);
  const auto extras = parsed(app, std::move(words), name, diagnostics);
  if (!extras) return refused(message::wrong_arguments);
  move_into(slots, arguments);
  if (front.version) return {.wish = Wish::version, .arguments = std::move(arguments)};
  if (front.help) return {.wish = Wish::help, .command = &command};
  if (misses_design(command, session, arguments)) return no_design(command, diagnostics);
  complete_from_session(command, session, arguments);
  complain_of_extras(*extras, &command, diagnostics);
  check_arguments(common_arguments(), arguments, command.name, diagnostics);
  check_arguments(takes, arguments, command.name, diagnostics);
  auto designs =
      command.takes_many ? batch_of(arguments, name, session, diagnostics) : std::vector<std::string>{};
  if (!diagnostics.ok()) return refused(message::wrong_arguments);
  arguments.add(command_name, std::string{command.name});
  return {.command = &command, .arguments = std::move(arguments), .designs = std::move(designs)};
}

Invocation no_command(const std::string& word, Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const auto& command : commands()) names.push_back(command.name);
  const auto hint = did_you_mean(word, names);
  diagnostics.error({.file = "marquetry"}, "there is no command '" + word + "'",
                    hint.empty() ? "'marquetry --help' lists the commands" : hint);
  return refused(message::unknown_command);
}

// A command of another front end.
Invocation elsewhere(const Command& command, Diagnostics& diagnostics) {
  const auto name = std::string{command.name};
  if (command.where == Where::program) {
    diagnostics.error({.file = name}, "this is a command of the command line",
                      "run 'marquetry " + name + "'");
    return refused(message::unknown_command);
  }
  diagnostics.error({.file = "marquetry"}, "'" + name + "' works on the design that a session has read",
                    "use it in 'marquetry shell', the Tcl package or the Python module");
  return refused(message::needs_session);
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
  const auto* command = find_command(word);
  if (command == nullptr) return no_command(word, diagnostics);
  if (!is_offered(*command, session)) return elsewhere(*command, diagnostics);
  rest->erase(rest->begin());
  return read_command(*command, std::move(*rest), std::move(arguments), session, diagnostics);
}

Output help(const Command* command, Session& session, Diagnostics& diagnostics) {
  Arguments arguments;
  if (command != nullptr) arguments.add("topic", std::string{command->name});
  return find_command("help")->run(session, arguments, diagnostics);
}

Output version(Session& session, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  const auto hash = library_hash(session.library_folders, diagnostics);
  if (diagnostics.errors() > before) return refusal(message::wrong_library);
  return {.text = fmt::format("marquetry {}, library {}\n", MARQUETRY_VERSION, hash),
          .json = fmt::format(R"({{"version":"{}","library":"{}"}})", MARQUETRY_VERSION, hash)};
}

}  // namespace marquetry
