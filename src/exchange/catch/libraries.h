// CATCH's library files, and ChipletPart's, which are older ones of the same form: elements with attributes.
#pragma once

#include "exchange/xml.h"
#include "stack/stack.h"

namespace marquetry::exchange {

enum class Dialect { catch_2025, chipletpart };

// What a file holds is told by its root element.
struct LibraryKind {
  std::string_view root{}, content{};
  void (*read)(const Element& row, Dialect dialect, stack::Stack<double>& stack, Diagnostics& diagnostics){};
};
const LibraryKind* find_library(std::string_view root);
std::vector<std::string_view> library_roots();

// All rows of one such file.
void read_library(const Element& root, Dialect dialect, stack::Stack<double>& stack,
                  Diagnostics& diagnostics);

void read_nets(const Element& root, stack::Stack<double>& stack, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
