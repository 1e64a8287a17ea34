// Whether a layout may be built. Shares nothing with the placers: it looks at every rule of the problem, over
// all pairs, in integers, and names each one that is broken.
#pragma once

#include <span>

#include "layout/layout.h"

namespace marquetry::layout {

struct Violation {
  std::string rule{};     // "overlap", "gap", "outline", "rotation", ... : a row of the table of rules
  std::string message{};  // with names and lengths, for a reader
  double amount{};        // by how much, in nanometres (or in units of the rule, where it is no length)
  std::vector<std::size_t> dies{};
};

// The rules, a row each: what is looked at, for the documentation and the tests.
struct Rule {
  std::string_view name{}, summary{};
  void (*check)(const Problem& problem, const Layout& layout, std::vector<Violation>& found){};
};
std::span<const Rule> rules();

// Every violation; none: legal.
std::vector<Violation> violations(const Problem& problem, const Layout& layout);

}  // namespace marquetry::layout
