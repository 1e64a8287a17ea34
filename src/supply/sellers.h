// Who sells what a choice takes.
#pragma once

#include "design/design.h"

namespace marquetry::supply {

// One part of a system with the suppliers that sell it.
struct Sourcing {
  std::string part{};  // id of the die, memory, "packaging"
  std::string row{};   // of the library
  const std::vector<std::string>* suppliers{};
  const std::vector<std::string>* regions{};
  std::string_view category{};  // of the row
};

std::vector<Sourcing> sourcing(const Library& library, const Design& design, const Choice& choice);

// Without doubles, sorted.
std::vector<std::string> suppliers_of(const std::vector<Sourcing>& parts);

// Parts that a single supplier sells.
std::vector<std::string> single_sourced(const std::vector<Sourcing>& parts);

}  // namespace marquetry::supply
