// The readers that are fed with hostile files: a row each. A format that can be imported is one by itself.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::fuzz {

using Files = std::vector<std::filesystem::path>;

struct Target {
  std::string name{};
  std::string file{};  // the name of an input that names no file itself
  // Whether something was made of the files. Files that they name lie beside them.
  bool (*read)(const Target& target, const Files& files, Diagnostics& diagnostics){};
};

std::vector<Target> targets();

}  // namespace marquetry::fuzz
