// What the sources of the Tcl front end share: the interpreter and the last result. Includes Tcl's header.
// They are compiled twice: for the shell's own interpreter, and with stubs for any tclsh.
#pragma once

#include <tcl.h>

#include <deque>
#include <functional>
#include <span>
#include <string>

#include "front/call.h"
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

// Of one interpreter; refers to its session.
struct TclState {
  TclState(Session& shared, Tcl_Interp* its) : session{shared}, interpreter{its} {}

  Session& session;
  Tcl_Interp* interpreter{};
  std::deque<TclBinding> bindings{};  // Tcl keeps pointers to them
  TclObject last{};                   // the result of the last of our commands, and its text
  std::string last_text{};
  std::function<void(const Reply&)> hear{};  // of each result, where somebody listens
};

using TclWords = std::span<Tcl_Obj* const>;

// Makes the commands of the table that a session has known to the interpreter, in that namespace: "::" or
// "::marquetry::". And `show COMMAND ARGUMENT...`, which gives the text for a reader.
void add_commands(TclState& state, const std::string& tcl_namespace);

// A JSON text as a Tcl value: an object is a dict, an array a list, true and false are 1 and 0, null is
// empty.
Tcl_Obj* tcl_value(const std::string& json);

Tcl_Obj* tcl_string(std::string_view text);
std::string text_of(Tcl_Obj* object);

// Through Tcl's own channel, so that it keeps its place among what `puts` writes.
void tcl_print(int channel, const std::string& text);

}  // namespace marquetry
