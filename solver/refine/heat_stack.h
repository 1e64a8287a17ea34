// The section of a placed package with the powers of its dies, each watt where it is made.
#pragma once

#include "placement/package_problem.h"
#include "thermal/stack.h"

namespace marquetry::refine {

struct HeatStack {
  thermal::Stack stack{};
  std::vector<std::vector<bool>> is_circuit{};        // by layer, by block: circuits of the die `part`
  std::vector<double> dynamic{}, leakage{}, slope{};  // by die: W, W at the reference, per kelvin
};

// A die's circuits are one block of its name, or "name:0", "name:1", ... where parts of it, as PHYs, draw
// more than the rest.
HeatStack heat_stack(const Prepared& prepared, const Choice& choice, const System<double>& system,
                     const Evaluation<double>& powers, const layout::Problem& problem,
                     const layout::Layout& layout);

}  // namespace marquetry::refine
