// Runs the built program as a user does.
#pragma once

#include <string>

namespace marquetry::test {

struct Ran {
  int status{};
  std::string out{};
  std::string err{};
};

// `marquetry ARGUMENTS`, by the shell, in the source tree; standard input is what is given.
Ran run_program(const std::string& arguments, const std::string& input = {});

}  // namespace marquetry::test
