// What would make a workload fit that its packages cannot hold: each remedy with its number, the least first.
#pragma once

#include "evaluation/prepare.h"

namespace marquetry {

struct Remedy {
  std::string text{};  // as a user would write it: "stacks = 6 of memory 'hbm' (now 4)"
  double change{};     // by what factor it changes what there is; the least comes first
};

// None where the workload fits, or where nothing that is tried here helps.
std::vector<Remedy> capacity_remedies(const Library& library, const Design& design,
                                      const System<double>& system, const Evaluation<double>& evaluation,
                                      std::size_t workload);

// "the least that will do: ...; or ..."; empty without remedies.
std::string remedies_text(const std::vector<Remedy>& remedies);

// Warns of workloads that fit in no choice of the design, by bounds over all of them.
void warn_of_capacity(const Prepared& prepared, Diagnostics& diagnostics);

}  // namespace marquetry
