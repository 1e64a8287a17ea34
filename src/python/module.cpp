// The Python module: a function and a method for each command of the table, results as dicts and lists.
#include <pybind11/pybind11.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "front/call.h"
#include "front/complaint.h"
#include "session/command.h"
#include "session/help.h"

namespace py = pybind11;

namespace marquetry {
namespace {

using Words = std::vector<std::string>;

// A number without a loss; a path as its text, whose bytes need not be UTF-8.
std::string text_of(const py::handle& value) {
  const bool is_path = py::hasattr(value, "__fspath__");
  const py::object text = is_path ? value.attr("__fspath__")() : py::str(value);
  if (py::isinstance<py::bytes>(text)) return py::bytes(text);
  const auto bytes = py::reinterpret_steal<py::bytes>(PyUnicode_EncodeFSDefault(text.ptr()));
  if (!bytes) throw py::error_already_set();
  return bytes;
}

// The same way back.
py::object python_text(const std::string& text) {
  return py::reinterpret_steal<py::object>(
      PyUnicode_DecodeFSDefaultAndSize(text.data(), static_cast<Py_ssize_t>(text.size())));
}

bool is_list(const py::handle& value) {
  return py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value);
}

Words texts_of(const py::handle& value) {
  if (!is_list(value)) return {text_of(value)};
  Words out;
  for (const auto item : value) out.push_back(text_of(item));
  return out;
}

void add_option(const std::string& name, const Argument* argument, const py::handle& value, Words& words) {
  const bool is_flag = argument != nullptr && argument->kind == ArgumentKind::flag;
  if (value.is_none() || (is_flag && !value.cast<bool>())) return;
  if (is_flag) {
    words.push_back("--" + name);
    return;
  }
  for (auto& text : texts_of(value)) words.push_back("--" + name + "=" + text);
}

const Argument* find_argument(const Command& command, const std::string& name) {
  for (const auto& arguments : {command.arguments, common_arguments()}) {
    for (const auto& argument : arguments) {
      if (python_name(argument.name) == name) return &argument;
    }
  }
  return nullptr;
}

// Options first; then what is known by its place, whether it was given so or by name.
Words words_of(const Command& command, const py::args& args, const py::kwargs& kwargs) {
  Words words{std::string{command.name}};
  std::vector<const Argument*> places;
  for (const auto& argument : command.arguments) {
    if (argument.positional) places.push_back(&argument);
  }
  Words placed;
  for (const auto value : args) {
    if (value.is_none()) continue;
    for (auto& text : texts_of(value)) placed.push_back(std::move(text));
  }
  std::vector<std::pair<std::size_t, Words>> named;
  for (const auto& [key, value] : kwargs) {
    const auto name = key.cast<std::string>();
    const auto* argument = find_argument(command, name);
    if (argument == nullptr || !argument->positional) {
      add_option(argument != nullptr ? std::string{argument->name} : name, argument, value, words);
      continue;
    }
    const auto place = std::ranges::find(places, argument) - places.begin();
    if (!value.is_none()) named.emplace_back(place, texts_of(value));
  }
  std::ranges::sort(named, {}, &std::pair<std::size_t, Words>::first);
  for (const auto& [place, values] : named) {
    const auto at = std::min(place, placed.size());
    placed.insert(placed.begin() + static_cast<std::ptrdiff_t>(at), values.begin(), values.end());
  }
  words.insert(words.end(), placed.begin(), placed.end());
  return words;
}

// marquetry.Error, with the message's id, text and place.
[[noreturn]] void raise(const Reply& reply) {
  const py::dict json =
      py::module_::import("json").attr("loads")(failure_json(reply.diagnostics, reply.output.message));
  const py::dict first = json["error"];
  const py::object type = py::module_::import("marquetry._marquetry").attr("Error");
  const py::object error = type(python_text(error_text(reply)));
  for (const auto* key : {"id", "message", "place"}) error.attr(key) = first[key];
  error.attr("status") = reply.output.status;
  PyErr_SetObject(type.ptr(), error.ptr());
  throw py::error_already_set();
}

Reply answer(Session& session, const Words& words) {
  std::optional<Reply> reply;
  {
    const py::gil_scoped_release release;
    reply = call(session, words);
  }
  if (!reply->has_result()) raise(*reply);
  const auto warnings = rendered(reply->diagnostics, session.options, Paint::plain);
  if (!warnings.empty()) py::module_::import("warnings").attr("warn")(python_text(warnings), py::none(), 3);
  return std::move(*reply);
}

// json=True gives the JSON as it is.
py::object value_of(const Reply& reply, const py::kwargs& kwargs) {
  if (kwargs.contains("json") && kwargs["json"].cast<bool>()) return python_text(reply.output.json);
  if (reply.is_help) return python_text(reply.output.text);
  if (reply.output.json.empty()) return py::none();
  return py::module_::import("json").attr("loads")(reply.output.json);
}

std::unique_ptr<Session> new_session() {
  return std::make_unique<Session>(Session{.library_folders = {own_library_folder()}, .is_kept = true});
}

py::object text(Session& session, const std::string& name, const py::args& args, const py::kwargs& kwargs) {
  const auto is_named = [&](const Command& command) { return python_name(command.name) == name; };
  const auto found = std::ranges::find_if(commands(), is_named);
  const auto words = found != commands().end() ? words_of(*found, args, kwargs) : Words{name};
  return python_text(answer(session, words).output.text);
}

}  // namespace

PYBIND11_MODULE(_marquetry, module) {
  module.doc() = "Chiplet and advanced-packaging design-space explorer.";
  module.attr("__version__") = MARQUETRY_VERSION;
  module.attr("Error") = py::reinterpret_steal<py::object>(PyErr_NewExceptionWithDoc(
      "marquetry.Error", "A command that failed: id, message, place, status.", nullptr, nullptr));
  py::class_<Session> sessions(
      module, "Session", "What is kept from one command to the next: options, library, the open design.");
  sessions.def(py::init(&new_session));
  sessions.def("text", &text, "The result of a command as a reader sees it.");
  // The session of the functions, which ends with the interpreter.
  const py::object shared = py::cast(new_session());
  module.attr("_session") = shared;
  auto* session = shared.cast<Session*>();
  module.def("text", [session](const std::string& name, const py::args& args, const py::kwargs& kwargs) {
    return text(*session, name, args, kwargs);
  });
  for (const auto& command : commands()) {
    if (command.where == Where::program) continue;
    const auto name = python_name(command.name);
    const auto help = command_help(command);
    sessions.def(
        name.c_str(),
        [&command](Session& self, const py::args& args, const py::kwargs& kwargs) {
          return value_of(answer(self, words_of(command, args, kwargs)), kwargs);
        },
        help.c_str());
    module.def(
        name.c_str(),
        [&command, session](const py::args& args, const py::kwargs& kwargs) {
          return value_of(answer(*session, words_of(command, args, kwargs)), kwargs);
        },
        help.c_str());
  }
}

}  // namespace marquetry
