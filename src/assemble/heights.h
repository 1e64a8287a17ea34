// How high the parts of a package are and how far apart, from its layers.
#pragma once

#include <optional>
#include <vector>

#include "assembly/assembly.h"
#include "library/library.h"
#include "placement/package_problem.h"

namespace marquetry::assemble {

using assembly::Units;

// Nanometres. A hybrid bond leaves no gap: its layer belongs to the upper die.
struct Heights {
  Units substrate{}, carrier{};           // 0: none
  Units below_carrier{};                  // gap
  Units bridge{};                         // of an embedded one; its upper face is that of what it lies in
  std::vector<Units> die{}, below_die{};  // by level: the die, the gap below it
  Units pile{};                           // from the lower face of a die on the carrier to the top of all
};

// Nothing where the layers are not known.
std::optional<Heights> heights(const Library& library, const placement::PackageProblem& package);

// Of a memory by its own layers; 0 where they are not known.
Units memory_height(const Library& library, const Memory& memory);

}  // namespace marquetry::assemble
