#include "session/pattern.h"

#include <glob.h>

#include <filesystem>
#include <span>

namespace marquetry {

bool is_pattern(const std::string& name) {
  std::error_code error;
  return name.find_first_of("*?[") != std::string::npos && !std::filesystem::exists(name, error);
}

std::vector<std::string> matching_files(const std::string& pattern) {
  if (!is_pattern(pattern)) return {pattern};
  glob_t found{};
  std::vector<std::string> files;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    for (const char* file : std::span{found.gl_pathv, found.gl_pathc}) files.emplace_back(file);
  globfree(&found);
  return files;
}

}  // namespace marquetry
