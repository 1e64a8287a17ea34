// shell: the commands in an embedded Tcl. The shell itself is the program's, which may be built without it.
#include <array>

#include "session/commands/rows.h"

namespace marquetry {
namespace {

constexpr std::array arguments{
    Argument{.name = "script",
             .kind = ArgumentKind::file,
             .metavar = "SCRIPT",
             .help = "run this script first",
             .positional = true},
    file_argument("exit", "SCRIPT", "run the script and leave: status 0, or 1 if the script fails"),
    Argument{.name = "no_init", .kind = ArgumentKind::flag, .help = "do not run ~/.marquetry.tcl"},
    file_argument("log", "FILE", "write all that is shown into this file, too"),
    file_argument("metrics", "FILE.json",
                  "keep the figures of every command there: evaluate__cost__unit_usd"),
    file_argument("safe", "DIR", "a safe interpreter: files below that folder only, no other programs"),
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
          .example = "marquetry shell -exit flow.tcl -metrics flow.json",
          .run = run,
          .where = Where::program};
}

}  // namespace marquetry
