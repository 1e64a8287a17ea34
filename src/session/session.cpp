#include "session/session.h"

#include <cstdlib>
#include <system_error>
#include <utility>

namespace marquetry {

const Library* library_of(Session& session, Diagnostics& diagnostics) {
  if (!session.library) session.library = load_library(session.library_folders, diagnostics);
  return session.library ? &*session.library : nullptr;
}

Output refusal(Message message) { return {.status = status::wrong_input, .message = message}; }

int worse(int a, int b) {
  const auto rank = [](int s) { return s == status::done ? 4 : s; };
  return rank(a) < rank(b) ? a : b;
}

std::filesystem::path own_library_folder() {
  if (const char* folder = std::getenv("MARQUETRY_LIBRARIES"); folder != nullptr && *folder != '\0')
    return folder;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  auto installed = program.parent_path().parent_path() / "share/marquetry/libraries";
  if (!error && std::filesystem::is_directory(installed, error)) return installed;
  return std::filesystem::path{MARQUETRY_SOURCE_DIR} / "libraries";
}

}  // namespace marquetry
