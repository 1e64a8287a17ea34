// help, read_design, set_choice, reset_choice: what only a shell has.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/help.h"
#include "app/tcl_state.h"
#include "config/parse.h"
#include "session/documents.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

std::string assigned(const std::string& setting) { return setting.substr(0, setting.find('=')); }

Output described(const Session& session) {
  const auto& design = *session.design;
  Output output{.text = fmt::format("{}: {} variable{}\n", design.name, design.variables.size(),
                                    design.variables.size() == 1 ? "" : "s")};
  auto variables = Json::object();
  for (const auto& variable : design.variables) {
    auto values = Json::array();
    for (const auto& value : variable.domain) values.push_back(value.text);
    std::string line;
    for (const auto& value : variable.domain) line += (line.empty() ? "" : ", ") + value.text;
    output.text += fmt::format("  {}: {}\n", variable.name, line);
    variables[variable.name] = std::move(values);
  }
  output.json = Json{{"design", design.name}, {"file", design.file}, {"variables", variables}}.dump();
  return output;
}

Output settings_of(const Session& session) {
  Output output;
  auto choice = Json::object();
  for (const auto& setting : session.settings) {
    const auto name = assigned(setting);
    choice[name] = setting.substr(name.size() + 1);
    output.text += fmt::format("{} = {}\n", name, setting.substr(name.size() + 1));
  }
  output.json = Json{{"choice", choice}}.dump();
  return output;
}

int wrong_count(TclState& state, TclWords words, const char* usage) {
  Tcl_WrongNumArgs(state.interpreter, 1, words.data(), usage);
  Tcl_SetErrorCode(state.interpreter, "MARQUETRY", message::wrong_arguments.id.data(), nullptr);
  return TCL_ERROR;
}

int read_design(TclState& state, TclWords words) {
  if (words.size() != 2) return wrong_count(state, words, "FILE");
  Diagnostics diagnostics;
  auto& session = state.session;
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return set_failure(state, diagnostics, message::wrong_library);
  const auto root = parse_file(text_of(words[1]), diagnostics);
  auto design = root && is_design_of_dies(*root, diagnostics) ? load_design(*root, *library, diagnostics)
                                                              : std::nullopt;
  if (!design) return set_failure(state, diagnostics, message::wrong_input);
  session.design = std::move(design);
  session.design->file = text_of(words[1]);
  session.settings.clear();
  return set_result(state, described(session), diagnostics);
}

int no_design(TclState& state) {
  Diagnostics diagnostics;
  diagnostics.error({.file = "marquetry shell"}, "no design is read", "read one with 'read_design FILE'");
  return set_failure(state, diagnostics, message::wrong_arguments);
}

int set_choice(TclState& state, TclWords words) {
  if (words.size() != 3) return wrong_count(state, words, "VARIABLE VALUE");
  auto& session = state.session;
  if (!session.design) return no_design(state);
  Diagnostics diagnostics;
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return set_failure(state, diagnostics, message::wrong_library);
  const auto name = text_of(words[1]);
  const auto setting = name + "=" + text_of(words[2]);
  auto tried = *session.design;
  if (!set_variables(tried, {setting}, *library, diagnostics))
    return set_failure(state, diagnostics, message::unknown_variable);
  std::erase_if(session.settings, [&](const auto& other) { return assigned(other) == name; });
  session.settings.push_back(setting);
  return set_result(state, settings_of(session), diagnostics);
}

int reset_choice(TclState& state, TclWords words) {
  if (words.size() > 2) return wrong_count(state, words, "?VARIABLE?");
  auto& session = state.session;
  if (!session.design) return no_design(state);
  if (words.size() == 1)
    session.settings.clear();
  else
    std::erase_if(session.settings, [&](const auto& other) { return assigned(other) == text_of(words[1]); });
  return set_result(state, settings_of(session), {});
}

template <int (*act)(TclState&, TclWords)>
int guarded_act(ClientData data, Tcl_Interp*, int count, Tcl_Obj* const* words) {
  auto& state = *static_cast<TclState*>(data);
  return guarded(state, [&] { return act(state, {words, static_cast<std::size_t>(count)}); });
}

int help(TclState& state, TclWords words);

// The commands that only a shell has.
struct ShellCommand {
  const char* name;
  const char* usage;
  const char* summary;
  Tcl_ObjCmdProc* act;
};

constexpr std::array shell_commands{
    ShellCommand{"help", "?COMMAND?", "this list, or the help of one command", guarded_act<help>},
    ShellCommand{"read_design", "FILE", "the design that commands without one work on",
                 guarded_act<read_design>},
    ShellCommand{"set_choice", "VARIABLE VALUE", "fix a variable of that design", guarded_act<set_choice>},
    ShellCommand{"reset_choice", "?VARIABLE?", "leave it, or all of them, open again",
                 guarded_act<reset_choice>},
};

Output list_of_commands() {
  Output output;
  auto names = Json::object();
  const auto add = [&](std::string_view name, std::string_view usage, std::string_view summary) {
    output.text += fmt::format("  {:<28}{}\n", fmt::format("{} {}", name, usage), summary);
    names[std::string{name}] = summary;
  };
  for (const auto& command : commands()) add(command.name, "...", command.summary);
  for (const auto& command : shell_commands) add(command.name, command.usage, command.summary);
  output.text += "  exit                        leave\n";
  output.json = Json{{"commands", names}}.dump();
  return output;
}

int help(TclState& state, TclWords words) {
  if (words.size() > 2) return wrong_count(state, words, "?COMMAND?");
  if (words.size() == 1) return set_result(state, list_of_commands(), {});
  const auto name = text_of(words[1]);
  if (const auto* command = find_command(name)) {
    const auto text = command_help(*command);
    return set_result(state, {.text = text, .json = Json{{"help", text}}.dump()}, {});
  }
  Diagnostics diagnostics;
  diagnostics.error({.file = "help"}, "there is no command '" + name + "'", "'help' lists the commands");
  return set_failure(state, diagnostics, message::unknown_command);
}

}  // namespace

bool is_shell_command(std::string_view name) {
  return std::ranges::any_of(shell_commands, [&](const auto& command) { return command.name == name; });
}

void add_shell_commands(TclState& state) {
  for (const auto& command : shell_commands) {
    Tcl_CreateObjCommand(state.interpreter, command.name, command.act, &state, nullptr);
  }
}

}  // namespace marquetry
