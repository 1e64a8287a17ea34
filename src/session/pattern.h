// Files by pattern, as a shell makes them of *, ? and [...].
#pragma once

#include <string>
#include <vector>

namespace marquetry {

// Not where a file has just this name.
bool is_pattern(const std::string& name);

// In alphabetical order; a name without a pattern is itself, whether there is such a file or not.
std::vector<std::string> matching_files(const std::string& pattern);

}  // namespace marquetry
