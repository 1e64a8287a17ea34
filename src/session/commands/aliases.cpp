// The names under which EDA scripts know commands of the design that is open.
#include <utility>

#include "session/commands/rows.h"

namespace marquetry {
namespace {

Command alias(Command command, std::string_view name, std::string_view summary) {
  command.name = name;
  command.example = name;
  command.summary = summary;
  command.where = Where::session;
  command.takes_many = false;
  return command;
}

}  // namespace

std::vector<Command> alias_commands() {
  return {alias(check_command(), "check_design", "every error of the design: as `check`"),
          alias(place_command(), "place_dies", "where its dies go: as `place`"),
          alias(route_command(), "route_links", "how its network is routed: as `route`"),
          alias(simulate_command(), "simulate_network", "its network, cycle by cycle: as `simulate`"),
          alias(heat_command(), "solve_thermal", "its temperatures on a grid: as `heat`"),
          alias(deliver_command(), "solve_power", "its power delivery: as `deliver`")};
}

}  // namespace marquetry
