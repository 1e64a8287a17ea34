// shell: the commands in an embedded Tcl. The shell itself is the program's, which may be built without it.
#include <array>

#include "session/commands/rows.h"

namespace marquetry {
namespace {

constexpr std::array arguments{
    file_argument("exit", "SCRIPT", "run the script and leave: status 0, or 1 if the script fails"),
};

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (session.shell != nullptr) return session.shell(session, given, diagnostics);
  diagnostics.error({.file = "marquetry shell"}, "this program was built without Tcl and libedit",
                    "install tcl-dev and libedit-dev and build it again");
  return refusal(message::not_built);
}

}  // namespace

Command shell_command() {
  return {.name = "shell",
          .summary = "an interactive Tcl in which every command of this program is a Tcl command",
          .arguments = arguments,
          .example = "marquetry shell",
          .run = run};
}

}  // namespace marquetry
