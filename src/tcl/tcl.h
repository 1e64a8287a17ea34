// An embedded Tcl interpreter with the commands of the program. Tcl's header stays in the sources.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "front/call.h"

namespace marquetry {

// What a script came to.
struct TclResult {
  bool ok{};
  std::string value{};                // or what went wrong
  std::optional<std::string> text{};  // the value for a reader, where the script is one of our commands
};

struct TclSettings {
  bool is_safe{};                            // no files outside the session's folder, no programs
  std::string log{};                         // a file that gets all that is written to the terminal
  std::function<void(const Reply&)> hear{};  // of each result of our commands
};

// Over a session, which must outlive it. Every command of the table is a Tcl command: its result is the
// command's JSON as dicts and lists, or with -text the text for a reader; a failure is a Tcl error with the
// errorCode {MARQUETRY MQY-0123}. Ctrl-C ends a script with an error, or a search with the best so far.
class Tcl {
 public:
  explicit Tcl(Session& session, TclSettings settings = {});
  ~Tcl();
  Tcl(const Tcl&) = delete;
  Tcl& operator=(const Tcl&) = delete;

  TclResult evaluate(const std::string& script);
  TclResult source(const std::string& file);
  std::vector<std::string> command_names();
  std::vector<std::string> variable_names();
  void print(const std::string& text);
  void print_error(const std::string& text);
  // Into the log alone: what the user typed.
  void note(const std::string& text);

 private:
  struct State;
  int run(const std::function<int()>& act);
  std::vector<std::string> list_of(const std::string& script);
  std::unique_ptr<State> state_;
};

// Whether a script is whole: no brace, bracket or quote is open.
bool is_complete(const std::string& script);

}  // namespace marquetry
