// undo, redo: the way back through the changes of the design that is open.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

Output moved(const OpenDesign& open, const std::string& text) {
  return {.text = text + "\n",
          .json = json_text(nlohmann::ordered_json{{"change", text},
                                                   {"settings", open.now.settings},
                                                   {"undo", open.undo.size()},
                                                   {"redo", open.redo.size()}})};
}

Output nothing_left(const char* what, Diagnostics& diagnostics) {
  diagnostics.error({.file = what}, fmt::format("there is nothing to {}", what));
  return refusal(message::wrong_arguments);
}

Output undo(Session& session, const Arguments&, Diagnostics& diagnostics) {
  auto& open = *session.open;
  const auto undone = open.now.change;
  if (!undo_change(open)) return nothing_left("undo", diagnostics);
  return moved(open, "undone: " + undone);
}

Output redo(Session& session, const Arguments&, Diagnostics& diagnostics) {
  auto& open = *session.open;
  if (!redo_change(open)) return nothing_left("redo", diagnostics);
  return moved(open, "done again: " + open.now.change);
}

}  // namespace

std::vector<Command> history_commands() {
  return {{.name = "undo",
           .summary = "take back the last change of choice, constraint or profile",
           .example = "undo",
           .run = undo,
           .where = Where::open_design},
          {.name = "redo",
           .summary = "make the change again that was taken back",
           .example = "redo",
           .run = redo,
           .where = Where::open_design}};
}

}  // namespace marquetry
