// The program: a command of the command line, and the one place where an exception is caught.
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "app/batch.h"
#if MARQUETRY_SHELL
#include "app/shell.h"
#endif

int main(int argc, char** argv) {
  const std::vector<std::string> words{argv + (argc > 0 ? 1 : 0), argv + argc};
  std::signal(SIGPIPE, SIG_IGN);  // a reader that leaves is a failed write, not a death
  try {
    marquetry::Session session{.library_folders = {marquetry::own_library_folder()}};
#if MARQUETRY_SHELL
    session.shell = marquetry::run_shell;
#endif
    return marquetry::run_batch(words, session);
  } catch (const std::exception& error) {
    return marquetry::report_internal_error(words, error.what());
  }
}
