// The project's own library and designs, as its users get them.
#pragma once

#include <string>
#include <vector>

#include "design/design.h"

namespace marquetry::test {

// Fails the test where they have an error.
Library project_library();
Design project_design(const Library& library, const std::string& name);  // "h200"

// Of every design of dies in designs/, sorted; files of other kinds stand beside them.
std::vector<std::string> project_design_names();

// The designs, in designs/ and designs/products/, that rebuild a product: with a reference and without
// variables. By file.
struct RebuiltDesign {
  std::string file{};  // "designs/products/h100.toml"
  Design design{};
};
std::vector<RebuiltDesign> rebuilt_designs(const Library& library);

}  // namespace marquetry::test
