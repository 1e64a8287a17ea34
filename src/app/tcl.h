// The commands of the program in an embedded Tcl interpreter. Tcl's header stays in the sources.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"

namespace marquetry {

struct TclState;

// What a script came to.
struct TclResult {
  bool ok{};
  std::string value{};                // or what went wrong
  std::optional<std::string> text{};  // the value for a reader, where the script is one of our commands
};

// An interpreter over a session, which must outlive it. Every command of the table is a Tcl command: its
// result is the command's JSON as dicts and lists, or with -text the text for a reader; a failure is a Tcl
// error with the errorCode {MARQUETRY MQY-0123}.
class Tcl {
 public:
  explicit Tcl(Session& session);
  ~Tcl();
  Tcl(const Tcl&) = delete;
  Tcl& operator=(const Tcl&) = delete;

  TclResult evaluate(const std::string& script);
  TclResult source(const std::string& file);
  std::vector<std::string> command_names();
  // Through Tcl's own channel, so that it keeps its place among what `puts` writes.
  static void print(const std::string& text);

 private:
  std::unique_ptr<TclState> state_;
};

// Whether a script is whole: no brace, bracket or quote is open.
bool is_complete(const std::string& script);

}  // namespace marquetry
