// Software levers: what the same job may be run with (formats, batch, what is kept of a cache). Where a
// design leaves them open, the reference product may use them as freely as the design does.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry::explore {

// The open variables of a workload's levers, each once, in the order of the design.
std::vector<VariableId> levers_of(const Design& design, const DesignWorkload& workload);

// Complains where a choice would change the job itself, what it is computed with that is no lever, or where
// levers are more than can be tried for a product.
void check_levers(const Design& design, Diagnostics& diagnostics);

// Calls with every setting of the levers: a choice whose other variables have their first value.
template <class F>
void each_setting(const Design& design, const std::vector<VariableId>& levers, F&& f) {
  Choice choice(design.variables.size(), 0);
  for (;;) {
    f(choice);
    std::size_t l = levers.size();
    while (l > 0 && ++choice[levers[l - 1]] == design.variables[levers[l - 1]].domain.size()) {
      choice[levers[--l]] = 0;
    }
    if (l == 0) return;
  }
}

}  // namespace marquetry::explore
