// What a workload runs on: dies of one kind, each with its own cores, caches and share of the memory, joined
// within a package and among packages. A die's operands lie in its own memory; what another die holds is
// moved by exchanges that are counted.
#pragma once

#include <string>

#include "operators/collectives.h"

namespace marquetry::workload {

struct Machine {
  std::string name{};
  operators::Device die{};
  double dies{1};               // of a package that compute
  operators::Peers inside{};    // among the dies of a package
  operators::Peers outside{};   // among packages; of one package as a whole
  double usable_capacity{0.9};  // of the memory, for weights and caches
};

// An exchange among `members` dies that lie as close together as can be.
inline operators::Cost exchange(const Machine& machine, operators::Collective kind, double members,
                                double bytes) {
  const double within = members < machine.dies ? members : machine.dies;
  return operators::hierarchical(kind, {machine.inside, within}, {machine.outside, members / within}, bytes);
}

}  // namespace marquetry::workload
