// Lines from a terminal, by libedit: history over sessions, completion, Ctrl-C that clears the line.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/complete.h"

namespace marquetry {

// What Tab offers for the line up to the cursor.
using Completer = std::function<Completion(const std::string& line)>;

class LineEditor {
 public:
  explicit LineEditor(Completer completer);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  // A line with its newline, or nothing at the end of the input. `continues`: a command is open, the prompt
  // shows it.
  std::optional<std::string> read(bool continues);
  // Whether the last line was given up by Ctrl-C.
  bool is_cancelled() const;
  // Kept at once: `exit` ends the program from within Tcl.
  void remember(const std::string& script);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marquetry
