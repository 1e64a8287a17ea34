#include "support/tool.h"

#include <sys/wait.h>

#include <cstdlib>

#include "support/folder.h"
#include "support/golden.h"

namespace marquetry::test {

bool has_tool(const std::string& name) {
  if (std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0) return true;
  skip(name + " is not installed");
  return false;
}

Ran run_klayout(const std::string& arguments, const std::filesystem::path& folder) {
  const auto script = source_folder() / "tests/exchange/klayout_shapes.py";
  return run_tool("klayout -b -r " + script.string() + " " + arguments, folder);
}

Ran run_tool(const std::string& command, const std::filesystem::path& folder) {
  const auto out = folder / "tool.out", err = folder / "tool.err";
  const auto line = "cd '" + folder.string() + "' && HOME='" + folder.string() +
                    "' QT_QPA_PLATFORM=offscreen " + command + " </dev/null >'" + out.string() + "' 2>'" +
                    err.string() + "'";
  const int raw = std::system(line.c_str());
  return {.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, .out = text_of(out), .err = text_of(err)};
}

}  // namespace marquetry::test
