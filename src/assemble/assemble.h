// A placed design as the package that EDA tools see: its dies, memories, bridges, carrier and substrate with
// their heights, the bumps between them, and the nets that these bumps carry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assembly/assembly.h"
#include "refine/refine.h"

namespace marquetry::assemble {

struct Made {
  assembly::Assembly package{};
  std::vector<std::string> notes{};  // what is simpler there than in a real package, or could not be done
};

// Every rule of assembly::check holds by construction where the layout is legal. Heights are those of the
// library's sections, bumps lie on grids of the packaging's pitch. Nothing after complaints: no section for
// the packaging.
std::optional<Made> assembly_of(const Prepared& prepared, const Choice& choice, const System<double>& system,
                                const placement::PackageProblem& package, const layout::Layout& layout,
                                Diagnostics& diagnostics);

}  // namespace marquetry::assemble
