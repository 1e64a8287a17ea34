// A library with a row or two of every category, for tests that should not move with the project's own.
#pragma once

#include "library/library.h"
#include "support/folder.h"

namespace marquetry::test {

// The text of its one file.
std::string small_library_text();

// Loaded; fails the test where it has an error.
Library small_library();

}  // namespace marquetry::test
