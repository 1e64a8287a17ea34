// The commands of the table as Tcl commands.
#include "app/cli.h"
#include "app/complaint.h"
#include "app/help.h"
#include "app/tcl_state.h"

namespace marquetry {
namespace {

// The words of a Tcl command as those of a command line; -text is taken out.
std::vector<std::string> command_line(TclWords words, const Command& command, TclForm& form) {
  std::vector<std::string> line{std::string{command.name}};
  for (auto* word : words.subspan(1)) {
    auto text = text_of(word);
    if (text == "-text" || text == "--text")
      form = TclForm::text;
    else
      line.push_back(std::move(text));
  }
  return line;
}

// Runs with the options of this one call; the session's own come back afterwards.
Output run_once(const Invocation& invocation, Session& session, Diagnostics& diagnostics) {
  const auto options = session.options;
  const auto folders = session.library_folders;
  apply_common_arguments(invocation.arguments, session);
  auto output = invocation.command->run(session, invocation.arguments, diagnostics);
  session.options = options;
  if (session.library_folders != folders) {
    session.library_folders = folders;
    session.library.reset();
  }
  return output;
}

int run_words(TclState& state, const Command& command, TclWords words) {
  Diagnostics diagnostics;
  auto form = TclForm::value;
  const auto invocation = read_words(command_line(words, command, form), state.session, diagnostics);
  if (invocation.wish == Wish::refused) return set_failure(state, diagnostics, invocation.message);
  if (invocation.wish == Wish::help) {
    return set_result(state, {.text = command_help(command)}, diagnostics, TclForm::text);
  }
  return set_result(state, run_once(invocation, state.session, diagnostics), diagnostics, form);
}

int run_bound(ClientData data, Tcl_Interp*, int count, Tcl_Obj* const* words) {
  const auto& bound = *static_cast<TclBinding*>(data);
  const TclWords line{words, static_cast<std::size_t>(count)};
  return guarded(*bound.state, [&] { return run_words(*bound.state, *bound.command, line); });
}

}  // namespace

void add_registry_commands(TclState& state) {
  for (const auto& command : commands()) {
    if (command.name == "shell") continue;
    auto& binding = state.bindings.emplace_back(TclBinding{&state, &command});
    Tcl_CreateObjCommand(state.interpreter, std::string{command.name}.c_str(), run_bound, &binding, nullptr);
  }
}

}  // namespace marquetry
