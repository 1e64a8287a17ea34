// The table of commands. A command is a source in commands/ that defines its row, or a few rows.
#include <algorithm>

#include "session/command.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

std::vector<Command> table() {
  std::vector<Command> out{
      check_command(),       compare_command(),  deliver_command(),     evaluate_command(), explain_command(),
      explore_command(),     heat_command(),     perform_command(),     place_command(),    route_command(),
      sensitivity_command(), simulate_command(), uncertainty_command(), import_command(),   export_command(),
      library_command(),     shell_command(),    help_command(),
  };
  for (const auto rows : {read_commands, choose_commands, limit_commands, history_commands, get_commands,
                          report_commands, write_commands, alias_commands}) {
    for (auto& row : rows()) out.push_back(row);
  }
  return out;
}

}  // namespace

std::span<const Command> commands() {
  static const auto all = table();
  return all;
}

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &Command::name);
  return found == commands().end() ? nullptr : &*found;
}

}  // namespace marquetry
