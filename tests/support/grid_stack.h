// Systems of CATCH's public library, built in code: for tests and benchmarks.
#pragma once

#include "stack/stack.h"

namespace marquetry::test {

// side x side chiplets of 800 mm2 in all, at 5 nm, on a silicon interposer: each linked with its neighbours
// by UCIe, and with the outside. For the side 4, CATCH gives 320.488 USD.
stack::Stack<> grid_stack(int side);

// A deep one in which every model has something to say: a bridge, memory on logic, a bought part, three
// tests, dies larger than a field, a wafer process that loses wafers.
stack::Stack<> deep_stack();

}  // namespace marquetry::test
