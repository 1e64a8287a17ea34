// What the sources of the Tcl front end share: the interpreter and the last result. Includes Tcl's header.
#pragma once

#include <tcl.h>

#include <deque>
#include <exception>
#include <span>
#include <string>

#include "session/command.h"

namespace marquetry {

// Reference-counted by Tcl.
struct TclObject {
  TclObject() = default;
  explicit TclObject(Tcl_Obj* held) : object{held} { Tcl_IncrRefCount(held); }
  TclObject(const TclObject&) = delete;
  TclObject& operator=(const TclObject&) = delete;
  ~TclObject() {
    if (object != nullptr) Tcl_DecrRefCount(object);
  }
  void hold(Tcl_Obj* other) {
    Tcl_IncrRefCount(other);
    if (object != nullptr) Tcl_DecrRefCount(object);
    object = other;
  }
  Tcl_Obj* object{};
};

struct TclState;

struct TclBinding {
  TclState* state{};
  const Command* command{};
};

struct TclState {
  explicit TclState(Session& shared) : session{shared} {}

  Session& session;
  Tcl_Interp* interpreter{};
  std::deque<TclBinding> bindings{};  // Tcl keeps pointers to them
  TclObject last{};                   // the result of the last of our commands, and its text
  std::string last_text{};
};

using TclWords = std::span<Tcl_Obj* const>;

// Makes the commands of the table known to the interpreter, and those that only a shell has: help,
// read_design, set_choice, reset_choice.
void add_registry_commands(TclState& state);
void add_shell_commands(TclState& state);
bool is_shell_command(std::string_view name);

enum class TclForm { value, text };

// Sets the interpreter's result, or its error and error code, from what a command made.
int set_result(TclState& state, const Output& output, const Diagnostics& diagnostics,
               TclForm form = TclForm::value);
int set_failure(TclState& state, const Diagnostics& diagnostics, Message message);

// A JSON text as a Tcl value: an object is a dict, an array a list, true and false are 1 and 0, null is
// empty.
Tcl_Obj* tcl_value(const std::string& json);

Tcl_Obj* tcl_string(std::string_view text);
std::string text_of(Tcl_Obj* object);

// No exception may cross Tcl's C frames: it becomes an internal error of the interpreter.
template <class Act>
int guarded(TclState& state, Act act) {
  try {
    return act();
  } catch (const std::exception& error) {
    Diagnostics diagnostics;
    diagnostics.error({.file = "marquetry"}, error.what());
    return set_failure(state, diagnostics, message::internal_error);
  }
}

}  // namespace marquetry
