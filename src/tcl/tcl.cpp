#include "tcl/tcl.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "base/file.h"
#include "session/interrupt.h"
#include "tcl/log.h"
#include "tcl/state.h"

// Tcl's own (tclInt.decls 237, exported): an interpreter whose script was ended takes commands again.
extern "C" int TclResetCancellation(Tcl_Interp* interpreter, int force);

namespace marquetry {
namespace {

// Output in UTF-8 whatever the locale.
constexpr auto prelude =
    "foreach channel {stdout stderr} { fconfigure $channel -encoding utf-8 -translation lf }";

std::string first_word(const std::string& script) {
  const auto begin = script.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return script.substr(begin, script.find_first_of(" \t\r\n;", begin) - begin);
}

// In a safe interpreter `source` is ours: a file below the session's folder.
int source_safely(ClientData data, Tcl_Interp* interpreter, int count, Tcl_Obj* const* words) {
  const auto& session = *static_cast<Session*>(data);
  if (count != 2) {
    Tcl_WrongNumArgs(interpreter, 1, words, "FILE");
    return TCL_ERROR;
  }
  Diagnostics diagnostics;
  const auto name = text_of(words[1]);
  if (!is_below(session.folder, name)) {
    Tcl_SetObjResult(interpreter,
                     tcl_string(fmt::format("[ERROR {}] {} lies outside {}", message::not_allowed.id, name,
                                            session.folder.string())));
    Tcl_SetErrorCode(interpreter, "MARQUETRY", message::not_allowed.id.data(), nullptr);
    return TCL_ERROR;
  }
  const auto text = read_file(name, diagnostics);
  if (!text) {
    Tcl_SetObjResult(interpreter, tcl_string(render_all(diagnostics)));
    return TCL_ERROR;
  }
  return Tcl_EvalEx(interpreter, text->data(), static_cast<int>(text->size()), 0);
}

// Hides whatever reaches files, programs and the network; gives back what only speaks and leaves.
void make_safe(Tcl_Interp* interpreter, Session& session) {
  const std::array spoken{Tcl_GetStdChannel(TCL_STDOUT), Tcl_GetStdChannel(TCL_STDERR)};
  for (auto* channel : spoken) Tcl_RegisterChannel(nullptr, channel);  // or it is closed with its last user
  Tcl_MakeSafe(interpreter);
  for (auto* channel : spoken) Tcl_RegisterChannel(interpreter, channel);
  Tcl_ExposeCommand(interpreter, "exit", "exit");
  Tcl_CreateObjCommand(interpreter, "source", source_safely, &session, nullptr);
}

}  // namespace

struct Tcl::State : TclState {
  using TclState::TclState;

  LogFile log{};
  Tcl_AsyncHandler interrupted{};
  std::optional<Interrupt> interrupt{};  // while a script runs
};

namespace {

// Called by Tcl between two commands of the script or two events, after Ctrl-C: the script ends through every
// `catch`.
template <class State>
int stop_script(ClientData data, Tcl_Interp*, int code) {
  const auto& state = *static_cast<State*>(data);
  if (!state.interrupt || !state.interrupt->raised()) return code;
  auto* words =
      tcl_string(fmt::format("[ERROR {}] {}", message::interrupted.id, message::interrupted.meaning));
  Tcl_CancelEval(state.interpreter, words, nullptr, TCL_CANCEL_UNWIND);
  return code;
}

}  // namespace

Tcl::Tcl(Session& session, TclSettings settings) {
  Tcl_FindExecutable("marquetry");
  auto* interpreter = Tcl_CreateInterp();
  state_ = std::make_unique<State>(session, interpreter);
  session.is_kept = true;
  if (Tcl_Init(interpreter) != TCL_OK)
    fmt::print(stderr, "marquetry shell: warning: {}\n", Tcl_GetStringResult(interpreter));
  Tcl_Eval(interpreter, prelude);
  if (!settings.log.empty()) {
    state_->log = open_log(settings.log);
    if (state_->log) {
      copy_into(state_->log.get(), interpreter, TCL_STDOUT);
      copy_into(state_->log.get(), interpreter, TCL_STDERR);
    }
  }
  if (settings.is_safe) make_safe(interpreter, session);
  state_->interrupted = Tcl_AsyncCreate(stop_script<State>, state_.get());
  state_->hear = [this, hear = std::move(settings.hear)](const Reply& reply) {
    // The search has ended early and tells the best so far: the script goes on with it.
    const bool is_interrupted = reply.output.message.id == message::interrupted.id;
    if (state_->interrupt && is_interrupted && reply.has_result()) state_->interrupt->forget();
    if (hear) hear(reply);
  };
  add_commands(*state_, "::");
}

Tcl::~Tcl() {
  Tcl_AsyncDelete(state_->interrupted);
  Tcl_DeleteInterp(state_->interpreter);
}

int Tcl::run(const std::function<int()>& act) {
  if (state_->interrupt) return act();
  state_->interrupt.emplace([handler = state_->interrupted] { Tcl_AsyncMark(handler); });
  auto& stop = state_->session.options.stop;
  stop = &state_->interrupt->raised();
  const int code = act();
  stop = nullptr;
  state_->interrupt.reset();
  TclResetCancellation(state_->interpreter, 1);
  return code;
}

TclResult Tcl::evaluate(const std::string& script) {
  const int code = run([&] {
    return Tcl_EvalEx(state_->interpreter, script.data(), static_cast<int>(script.size()), TCL_EVAL_GLOBAL);
  });
  auto* result = Tcl_GetObjResult(state_->interpreter);
  TclResult out{.ok = code != TCL_ERROR, .value = text_of(result)};
  if (out.ok && result == state_->last.object && find_command(first_word(script)) != nullptr)
    out.text = state_->last_text;
  return out;
}

TclResult Tcl::source(const std::string& file) {
  const auto command = TclObject{Tcl_NewListObj(0, nullptr)};
  Tcl_ListObjAppendElement(nullptr, command.object, tcl_string("source"));
  Tcl_ListObjAppendElement(nullptr, command.object, tcl_string(file));
  const int code = run([&] { return Tcl_EvalObjEx(state_->interpreter, command.object, TCL_EVAL_GLOBAL); });
  if (code != TCL_ERROR) return {.ok = true};
  const char* trace = Tcl_GetVar(state_->interpreter, "errorInfo", TCL_GLOBAL_ONLY);
  return {.value = trace != nullptr ? trace : text_of(Tcl_GetObjResult(state_->interpreter))};
}

std::vector<std::string> Tcl::list_of(const std::string& script) {
  std::vector<std::string> names;
  if (Tcl_Eval(state_->interpreter, script.c_str()) != TCL_OK) return names;
  int count = 0;
  Tcl_Obj** words = nullptr;
  Tcl_ListObjGetElements(nullptr, Tcl_GetObjResult(state_->interpreter), &count, &words);
  for (auto* word : std::span{words, static_cast<std::size_t>(count)}) names.push_back(text_of(word));
  return names;
}

std::vector<std::string> Tcl::command_names() { return list_of("lsort [info commands]"); }

std::vector<std::string> Tcl::variable_names() { return list_of("lsort [info globals]"); }

void Tcl::print(const std::string& text) { tcl_print(TCL_STDOUT, text); }

void Tcl::print_error(const std::string& text) { tcl_print(TCL_STDERR, text); }

void Tcl::note(const std::string& text) {
  if (!state_->log) return;
  std::fwrite(text.data(), 1, text.size(), state_->log.get());
  std::fflush(state_->log.get());
}

bool is_complete(const std::string& script) { return Tcl_CommandComplete(script.c_str()) != 0; }

}  // namespace marquetry
