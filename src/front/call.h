// One command for a front end that goes on: its options hold for this call, the session stays.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "session/session.h"

namespace marquetry {

struct Command;

struct Reply {
  Output output{};
  Diagnostics diagnostics{};
  const Command* command{};  // null where there is none of that name
  bool is_help{};            // it was asked for, not run

  // A result there is, even if nothing feasible was found or the search was interrupted.
  bool has_result() const;
};

// "COMMAND ARGUMENT...", as on a command line.
Reply call(Session& session, const std::vector<std::string>& words);

// "[ERROR MQY-0302] marquetry library: there is no ...", with its hint and the other errors below it.
std::string error_text(const Reply& reply);

}  // namespace marquetry
