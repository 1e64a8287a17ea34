#include "app/shell.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "app/line_editor.h"
#include "app/metrics.h"
#include "base/file.h"
#include "session/interrupt.h"
#include "tcl/tcl.h"

namespace marquetry {
namespace {

// A result as a reader wants it: the text of a command of ours, else Tcl's value.
void print_result(Tcl& tcl, const TclResult& result) {
  if (!result.ok)
    tcl.print_error(result.value + "\n");
  else if (result.text)
    tcl.print(*result.text);
  else if (!result.value.empty())
    tcl.print(result.value + "\n");
}

int interact(Tcl& tcl, Session& session) {
  const NoInterrupt between_commands;
  LineEditor editor{[&](const std::string& line) {
    return completion(line, {.commands = tcl.command_names(), .variables = tcl.variable_names()}, session);
  }};
  std::string script;
  while (const auto line = editor.read(!script.empty())) {
    if (editor.is_cancelled()) {
      script.clear();
      continue;
    }
    script += *line;
    if (!is_complete(script)) continue;
    editor.remember(script);
    tcl.note("marquetry> " + script);
    print_result(tcl, tcl.evaluate(script));
    script.clear();
  }
  fmt::print("\n");
  return status::done;
}

// Like a script, but errors do not stop it, and the commands of the program show their text.
int read_plainly(Tcl& tcl) {
  int worst = status::done;
  std::string script;
  for (std::string line; std::getline(std::cin, line);) {
    script += line + "\n";
    if (!is_complete(script)) continue;
    const auto result = tcl.evaluate(script);
    if (!result.ok || result.text) print_result(tcl, result);
    if (!result.ok) worst = status::failed;
    script.clear();
  }
  if (script.empty()) return worst;
  tcl.print_error("the input ends within a command: " + script);
  return status::failed;
}

// What a user wants done at every start.
std::string init_file() {
  const char* home = std::getenv("HOME");
  const auto file = std::filesystem::path{home != nullptr ? home : ""} / ".marquetry.tcl";
  std::error_code error;
  return std::filesystem::is_regular_file(file, error) ? file.string() : std::string{};
}

Output script_failed(const std::string& file, const TclResult& result, Diagnostics& diagnostics) {
  diagnostics.error({.file = file}, result.value);
  return {.status = status::failed, .message = message::script_failed};
}

Output run_scripts(Tcl& tcl, Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (const auto init = init_file(); !init.empty() && !given.has("no_init") && !given.has("safe")) {
    const auto result = tcl.source(init);
    const bool is_watched = !given.has("exit") && isatty(STDIN_FILENO) == 1;
    if (!result.ok && !is_watched) return script_failed(init, result, diagnostics);
    if (!result.ok) tcl.print_error(fmt::format("{}: {}\n", init, result.value));
  }
  for (const auto* name : {"script", "exit"}) {
    const auto script = given.one(name);
    if (script.empty()) continue;
    const auto result = tcl.source(script);
    if (!result.ok) return script_failed(script, result, diagnostics);
  }
  if (given.has("exit")) return {};
  return {.status = isatty(STDIN_FILENO) == 1 ? interact(tcl, session) : read_plainly(tcl)};
}

// False after a complaint that the log or the metrics cannot be written.
bool can_write(const Arguments& given, Diagnostics& diagnostics) {
  for (const auto* name : {"log", "metrics"}) {
    if (given.has(name) && !write_file(given.one(name), std::string{}, diagnostics)) return false;
  }
  return true;
}

}  // namespace

Output run_shell(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (!can_write(given, diagnostics)) return refusal(message::cannot_write);
  if (given.has("safe")) {
    std::error_code error;
    session.folder = std::filesystem::canonical(given.one("safe"), error);
    if (error) {
      diagnostics.error({.file = given.one("safe")}, "is no folder", "give the folder that scripts may use");
      return refusal(message::wrong_arguments);
    }
  }
  Metrics metrics;
  const auto file = given.one("metrics");
  // Written after each command: `exit` ends the program from within Tcl.
  const auto hear = [&](const Reply& reply) {
    if (file.empty()) return;
    collect(reply, metrics);
    Diagnostics unheard;
    write_file(file, metrics_json(metrics), unheard);
  };
  Tcl tcl{session, {.is_safe = given.has("safe"), .log = given.one("log"), .hear = hear}};
  return run_scripts(tcl, session, given, diagnostics);
}

}  // namespace marquetry
