// What Tab offers in the shell.
#pragma once

#include <string>
#include <vector>

namespace marquetry {

struct Completion {
  std::string word{};                 // the one under the cursor, as typed
  std::vector<std::string> offers{};  // whole words that begin with it, sorted
};

// The line up to the cursor: commands in the first place of it (or after an open bracket), else options where
// the word begins with a dash, else files and folders.
Completion completion(const std::string& line, const std::vector<std::string>& commands);

// What all the offers have in common.
std::string common_start(const std::vector<std::string>& offers);

}  // namespace marquetry
