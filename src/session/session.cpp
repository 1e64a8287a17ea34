#include "session/session.h"

#include <dlfcn.h>

#include <cstdlib>
#include <system_error>
#include <utility>

namespace marquetry {

const Library* library_of(Session& session, Diagnostics& diagnostics) {
  if (!session.library) {
    if (auto library = load_library(session.library_folders, diagnostics))
      session.library = std::make_shared<const Library>(std::move(*library));
  }
  return session.library.get();
}

Output refusal(Message message) { return {.status = status::wrong_input, .message = message}; }

int worse(int a, int b) {
  const auto rank = [](int s) { return s == status::done ? 4 : s; };
  return rank(a) < rank(b) ? a : b;
}

namespace {

// The shared library that holds this code; in our own program, which needs none, a name that may be relative.
std::filesystem::path own_object() {
  Dl_info found{};
  std::error_code error;
  if (dladdr(reinterpret_cast<const void*>(&own_library_folder), &found) == 0) return {};
  return std::filesystem::canonical(found.dli_fname, error);
}

}  // namespace

bool is_below(const std::filesystem::path& folder, const std::filesystem::path& file) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(std::filesystem::absolute(file), error);
  if (error) return false;
  const auto inside = whole.lexically_relative(std::filesystem::weakly_canonical(folder, error));
  return !error && !inside.empty() && *inside.begin() != "..";
}

std::filesystem::path own_library_folder() {
  if (const char* folder = std::getenv("MARQUETRY_LIBRARIES"); folder != nullptr && *folder != '\0')
    return folder;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const auto& object : {own_object(), program}) {
    auto folder = object.parent_path();
    for (int up = 0; up < 4 && folder.has_relative_path(); ++up) {  // PREFIX/bin, PREFIX/lib/x86_64-linux-gnu
      folder = folder.parent_path();
      auto installed = folder / "share/marquetry/libraries";
      if (std::filesystem::is_directory(installed, error)) return installed;
    }
  }
  return std::filesystem::path{MARQUETRY_SOURCE_DIR} / "libraries";
}

}  // namespace marquetry
