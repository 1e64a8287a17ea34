// The design that a shell or a script has read: its document with the changes made to it, the choices, and
// the way back. Commands that are given no design work on it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "config/node.h"
#include "design/design.h"
#include "report/figure_value.h"
#include "session/arguments.h"

namespace marquetry {

struct Session;
struct Command;

// One state of it. Values: an edit makes a new one.
struct DesignState {
  std::string file{};
  std::string text{};                      // of the file, for complaints that show its lines
  std::shared_ptr<const Node> root{};      // with the constraints and profiles that were set
  std::shared_ptr<const Design> design{};  // what the root says
  std::vector<std::string> settings{};     // VAR=VALUE
  std::string change{};                    // what led to it: "set_choice dies 4"
};

struct OpenDesign {
  DesignState now{};
  std::vector<DesignState> undo{}, redo{};  // the last is the next to be taken
  std::vector<FigureValue> figures{};       // of the last evaluation; empty before the first
  // The last exploration of this state, or empty: for a program, for a reader, its front as a table.
  std::string front{}, front_text{}, front_csv{};
};

// The name under which the arguments say that their design is the session's.
inline constexpr std::string_view from_session = "from-session";

// What `evaluate` without a word would be given: the session's design and choices. It must be open.
Arguments arguments_of(const OpenDesign& open);

// A command that is given no design takes the session's, with the choices made to it before its own.
void complete_from_session(const Command& command, const Session& session, Arguments& arguments);

// The document of the design that the arguments name: the session's with its changes, or a file. Nothing
// after complaints.
std::optional<Node> read_document(const Session& session, const Arguments& given, Diagnostics& diagnostics);
// The same where a command takes several designs: `file` is one of them.
std::optional<Node> read_document(const Session& session, const Arguments& given, const std::string& file,
                                  Diagnostics& diagnostics);

// Reads a file and makes it the session's design. False after complaints: then nothing has changed.
bool open_design(Session& session, const std::string& file, Diagnostics& diagnostics);

// Makes a new state, from which `undo_change` leads back; what was undone before is forgotten.
void change(OpenDesign& open, DesignState next);
bool undo_change(OpenDesign& open);
bool redo_change(OpenDesign& open);

// "VAR" of "VAR=VALUE".
std::string variable_of(const std::string& setting);

}  // namespace marquetry
