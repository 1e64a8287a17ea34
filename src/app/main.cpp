// The program: a command of the command line, and the one place where an exception is caught.
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "app/batch.h"
#if MARQUETRY_SHELL
#include "app/shell.h"
#endif
#if defined(__GLIBC__)
#include <malloc.h>
#endif

int main(int argc, char** argv) {
  const std::vector<std::string> words{argv + (argc > 0 ? 1 : 0), argv + argc};
#if defined(__GLIBC__)
  // Large vectors that are freed and wanted again would each be fresh pages of the system otherwise: 8 % of a
  // thermal solve.
  mallopt(M_MMAP_THRESHOLD, 1 << 29);
  mallopt(M_TRIM_THRESHOLD, 1 << 29);
  mallopt(M_TOP_PAD, 4 << 20);
#endif
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
