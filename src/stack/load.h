// A stack as TOML: read with located complaints, and written so that reading gives every number back.
#pragma once

#include <optional>
#include <string>

#include "config/node.h"
#include "stack/stack.h"

namespace marquetry::stack {

// From the root of a file with a table [stack]. Resolved and checked; nothing after complaints.
std::optional<Stack<double>> load_stack(const Node& root, Diagnostics& diagnostics);

// What no single field shows: layers that compute nothing, reticles beyond the wafer, tests without chains.
void check_stack(const Stack<double>& stack, Diagnostics& diagnostics);

// The file. `origin` says in its first lines where it comes from.
std::string to_toml(const Stack<double>& stack, const std::string& origin);

}  // namespace marquetry::stack
