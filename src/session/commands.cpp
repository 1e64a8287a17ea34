// The table of commands: one row each. A command is a source in commands/ that defines its row.
#include <array>

#include "session/command.h"
#include "session/commands/rows.h"

namespace marquetry {

std::span<const Command> commands() {
  static const std::array table{
      check_command(),       compare_command(),  deliver_command(),     evaluate_command(), explain_command(),
      explore_command(),     heat_command(),     perform_command(),     place_command(),    route_command(),
      sensitivity_command(), simulate_command(), uncertainty_command(), import_command(),   export_command(),
      library_command(),     shell_command(),
  };
  return table;
}

const Command* find_command(std::string_view name) {
  for (const auto& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

}  // namespace marquetry
