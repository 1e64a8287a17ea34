// A golden case of CATCH as a stack.
#pragma once

#include <nlohmann/json.hpp>

#include "stack/stack.h"

namespace marquetry::test {

// From the "inputs" of a case. Every field is read; a missing one throws.
stack::Stack<double> catch_stack(const nlohmann::json& inputs);

}  // namespace marquetry::test
