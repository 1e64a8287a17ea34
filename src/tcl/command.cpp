// The commands of the table as Tcl commands.
#include "front/complaint.h"
#include "tcl/state.h"

namespace marquetry {
namespace {

enum class Form { value, text, json };

// The words of a Tcl command as those of a command line; -text and -json are taken out.
std::vector<std::string> command_line(TclWords words, const Command& command, Form& form) {
  std::vector<std::string> line{std::string{command.name}};
  for (auto* word : words.subspan(1)) {
    auto text = text_of(word);
    if (text == "-text" || text == "--text")
      form = Form::text;
    else if (text == "-json" || text == "--json")
      form = Form::json;
    else
      line.push_back(std::move(text));
  }
  return line;
}

int set_failure(TclState& state, const Reply& reply) {
  Tcl_SetObjResult(state.interpreter, tcl_string(error_text(reply)));
  Tcl_SetErrorCode(state.interpreter, "MARQUETRY", reply.output.message.id.data(), nullptr);
  return TCL_ERROR;
}

int set_result(TclState& state, const Reply& reply, Form form) {
  const auto& output = reply.output;
  tcl_print(TCL_STDERR, rendered(reply.diagnostics, state.session.options, Paint::plain));
  const auto text = std::string_view{output.text}.substr(0, output.text.find_last_not_of('\n') + 1);
  if (form == Form::text || reply.is_help)
    state.last.hold(tcl_string(text));
  else
    state.last.hold(form == Form::json ? tcl_string(output.json) : tcl_value(output.json));
  state.last_text = output.text;
  Tcl_SetObjResult(state.interpreter, state.last.object);
  return TCL_OK;
}

int run_bound(ClientData data, Tcl_Interp*, int count, Tcl_Obj* const* words) {
  const auto& bound = *static_cast<TclBinding*>(data);
  auto& state = *bound.state;
  auto form = Form::value;
  const auto line = command_line({words, static_cast<std::size_t>(count)}, *bound.command, form);
  const auto reply =
      call(state.session, line);  // no exception leaves it, which Tcl's C frames could not bear
  if (state.hear) state.hear(reply);
  return reply.has_result() ? set_result(state, reply, form) : set_failure(state, reply);
}

}  // namespace

Tcl_Obj* tcl_string(std::string_view text) {
  return Tcl_NewStringObj(text.data(), static_cast<int>(text.size()));
}

std::string text_of(Tcl_Obj* object) {
  int size = 0;
  const char* text = Tcl_GetStringFromObj(object, &size);
  return {text, static_cast<std::size_t>(size)};
}

void tcl_print(int channel, const std::string& text) {
  auto* out = text.empty() ? nullptr : Tcl_GetStdChannel(channel);
  if (out == nullptr) return;
  Tcl_WriteObj(out, TclObject{tcl_string(text)}.object);
  Tcl_Flush(out);
}

void add_commands(TclState& state, const std::string& tcl_namespace) {
  for (const auto& command : commands()) {
    if (command.where == Where::program) continue;
    auto& binding = state.bindings.emplace_back(TclBinding{&state, &command});
    const auto name = tcl_namespace + std::string{command.name};
    Tcl_CreateObjCommand(state.interpreter, name.c_str(), run_bound, &binding, nullptr);
  }
  const auto show = "proc " + tcl_namespace + "show {command args} {uplevel 1 [list " + tcl_namespace +
                    "$command {*}$args -text]}";
  Tcl_Eval(state.interpreter, show.c_str());
}

}  // namespace marquetry
