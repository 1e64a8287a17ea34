#include "app/tcl.h"

#include <fmt/format.h>

#include <utility>

#include "app/batch.h"
#include "app/complaint.h"
#include "app/tcl_state.h"

namespace marquetry {
namespace {

// The text of a command's result instead of its value; and output in UTF-8 whatever the locale.
constexpr auto prelude = R"(
  proc show {command args} { uplevel 1 [list $command {*}$args -text] }
  foreach channel {stdout stderr} { fconfigure $channel -encoding utf-8 -translation lf }
)";

std::string first_word(const std::string& script) {
  const auto begin = script.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return script.substr(begin, script.find_first_of(" \t\r\n;", begin) - begin);
}

bool is_ours(const std::string& word) { return find_command(word) != nullptr || is_shell_command(word); }

}  // namespace

Tcl_Obj* tcl_string(std::string_view text) {
  return Tcl_NewStringObj(text.data(), static_cast<int>(text.size()));
}

std::string text_of(Tcl_Obj* object) {
  int size = 0;
  const char* text = Tcl_GetStringFromObj(object, &size);
  return {text, static_cast<std::size_t>(size)};
}

int set_failure(TclState& state, const Diagnostics& diagnostics, Message message) {
  auto text = rendered(diagnostics, {.quiet = true}, Paint::plain);
  if (text.empty()) text = std::string{message.meaning};
  while (text.ends_with('\n')) text.pop_back();
  Tcl_SetObjResult(state.interpreter, tcl_string(text));
  Tcl_SetErrorCode(state.interpreter, "MARQUETRY", message.id.data(), nullptr);
  return TCL_ERROR;
}

int set_result(TclState& state, const Output& output, const Diagnostics& diagnostics, TclForm form) {
  const bool is_empty = output.json.empty() && output.text.empty();
  if (output.status == status::wrong_input || (output.status != status::done && is_empty))
    return set_failure(state, diagnostics, output.message);
  const auto paint = colored_messages(state.session.options) ? Paint::colored : Paint::plain;
  fmt::print(stderr, "{}", rendered(diagnostics, state.session.options, paint));
  const auto text = std::string_view{output.text}.substr(0, output.text.find_last_not_of('\n') + 1);
  state.last.hold(form == TclForm::text ? tcl_string(text) : tcl_value(output.json));
  state.last_text = output.text;
  Tcl_SetObjResult(state.interpreter, state.last.object);
  return TCL_OK;
}

Tcl::Tcl(Session& session) : state_{std::make_unique<TclState>(session)} {
  Tcl_FindExecutable("marquetry");
  state_->interpreter = Tcl_CreateInterp();
  if (Tcl_Init(state_->interpreter) != TCL_OK)
    fmt::print(stderr, "marquetry shell: warning: {}\n", Tcl_GetStringResult(state_->interpreter));
  add_registry_commands(*state_);
  add_shell_commands(*state_);
  Tcl_Eval(state_->interpreter, prelude);
}

Tcl::~Tcl() { Tcl_DeleteInterp(state_->interpreter); }

TclResult Tcl::evaluate(const std::string& script) {
  const int code =
      Tcl_EvalEx(state_->interpreter, script.data(), static_cast<int>(script.size()), TCL_EVAL_GLOBAL);
  auto* result = Tcl_GetObjResult(state_->interpreter);
  TclResult out{.ok = code != TCL_ERROR, .value = text_of(result)};
  if (out.ok && result == state_->last.object && is_ours(first_word(script))) out.text = state_->last_text;
  return out;
}

TclResult Tcl::source(const std::string& file) {
  const TclObject path{tcl_string(file)};
  const int code = Tcl_FSEvalFileEx(state_->interpreter, path.object, "utf-8");
  if (code != TCL_ERROR) return {.ok = true};
  const char* trace = Tcl_GetVar(state_->interpreter, "errorInfo", TCL_GLOBAL_ONLY);
  return {.value = trace != nullptr ? trace : text_of(Tcl_GetObjResult(state_->interpreter))};
}

std::vector<std::string> Tcl::command_names() {
  std::vector<std::string> names;
  if (Tcl_Eval(state_->interpreter, "lsort [info commands]") != TCL_OK) return names;
  int count = 0;
  Tcl_Obj** words = nullptr;
  Tcl_ListObjGetElements(nullptr, Tcl_GetObjResult(state_->interpreter), &count, &words);
  for (auto* word : std::span{words, static_cast<std::size_t>(count)}) names.push_back(text_of(word));
  return names;
}

void Tcl::print(const std::string& text) {
  auto* channel = Tcl_GetStdChannel(TCL_STDOUT);
  Tcl_WriteObj(channel, TclObject{tcl_string(text)}.object);
  Tcl_Flush(channel);
}

bool is_complete(const std::string& script) { return Tcl_CommandComplete(script.c_str()) != 0; }

}  // namespace marquetry
