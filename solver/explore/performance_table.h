// Machines beside each other on the same workloads: products of the library, composed systems.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/prepare.h"

namespace marquetry::explore {

struct Runner {
  std::string name{};
  bool is_product{};
  performance::Machine<double> machine{};
  EfficiencyParameters<double> efficiency{};
};

// A product by its public figures; nothing where they do not say its peak and its memory.
std::optional<Runner> runner_of(const Product& product, const EfficiencyParameters<double>& efficiency);
Runner runner_of(std::string name, const System<double>& system, const Evaluation<double>& evaluation);

// One workload on one machine.
struct Cell {
  performance::Performance<double> figures{};
  bool fits{};
  std::string why{}, remedy{};  // where it does not run
};

// By runner and workload.
std::vector<std::vector<Cell>> performance_table(const std::vector<Runner>& runners,
                                                 const std::vector<Workload<double>>& workloads);

}  // namespace marquetry::explore
