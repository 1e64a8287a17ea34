// undo, redo: the way back through the changes of the design that is open.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "session/commands/rows.h"

namespace marquetry {
namespace {

Output moved(const OpenDesign& open, const std::string& text) {
  return {.text = text + "\n",
          .json = nlohmann::ordered_json{{"change", text},
                                         {"settings", open.now.settings},
                                         {"undo", open.undo.size()},
                                         {"redo", open.redo.size()}}
                      .dump()};
}

Output nothing_left(const char* what, Diagnostics& diagnostics) {
  diagnostics.error({.file = what}, fmt::format("there is nothing to {}", what));
  return refusal(message::wrong_arguments);
}

Output undo(Session& session, const Arguments&, Diagnostics& diagnostics) {
  auto* open = opened(session, diagnostics);
  if (open == nullptr) return refusal(message::wrong_arguments);
  const auto undone = open->now.change;
  if (!undo_change(*open)) return nothing_left("undo", diagnostics);
  return moved(*open, "undone: " + undone);
}

Output redo(Session& session, const Arguments&, Diagnostics& diagnostics) {
  auto* open = opened(session, diagnostics);
  if (open == nullptr) return refusal(message::wrong_arguments);
  if (!redo_change(*open)) return nothing_left("redo", diagnostics);
  return moved(*open, "done again: " + open->now.change);
}

}  // namespace

std::vector<Command> history_commands() {
  return {{.name = "undo",
           .summary = "take back the last change of choice, constraint or profile",
           .example = "undo",
           .run = undo,
           .where = Where::session},
          {.name = "redo",
           .summary = "make the change again that was taken back",
           .example = "redo",
           .run = redo,
           .where = Where::session}};
}

}  // namespace marquetry
