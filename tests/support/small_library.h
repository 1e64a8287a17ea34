// A library with a row or two of every category, for tests that should not move with the project's own.
#pragma once

#include "library/library.h"
#include "support/folder.h"

namespace marquetry::test {

// The text of its one file.
std::string small_library_text();

// The same with each `from`, which is in it, as `to`.
std::string small_library_with(const std::string& from, const std::string& to);

// Loaded; fails the test where it has an error.
Library small_library();

}  // namespace marquetry::test
