// Tools of others that judge what we write, where they are installed.
#pragma once

#include <filesystem>
#include <string>

#include "support/program.h"

namespace marquetry::test {

// Whether the tool can be run; if not, the running test is counted as skipped. It returns then.
bool has_tool(const std::string& name);

// tests/exchange/klayout_shapes.py, run by KLayout with these arguments in that folder.
Ran run_klayout(const std::string& arguments, const std::filesystem::path& folder);

// A command of the shell, run in that folder, without a display.
Ran run_tool(const std::string& command, const std::filesystem::path& folder);

}  // namespace marquetry::test
