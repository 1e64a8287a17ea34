// What is lost where a seller or a region drops out, and how many units a month there can be.
#pragma once

#include "cost/assembly.h"
#include "supply/sellers.h"

namespace marquetry::supply {

// Parts that nobody else sells.
struct Loss {
  std::string name{};  // of the supplier or region
  std::vector<std::string> lost{};
};

// One for each supplier (or region) of the parts, by name; those that can be replaced lose nothing.
std::vector<Loss> losses_by_supplier(const std::vector<Sourcing>& parts);
std::vector<Loss> losses_by_region(const std::vector<Sourcing>& parts);

// If all wafers of the nodes went into this system, whoever else wants them.
struct Capacity {
  std::optional<double> units_per_month{};  // nothing where no node's capacity is known
  std::string limited_by{};                 // the die type that runs out first
  std::vector<std::string> unknown{};       // die types of whose node the library has no capacity
};

// `parts` of sourcing(), whose first are the dies in the order of the system. Dies of one node share its
// wafers.
Capacity capacity(const Library& library, const System<double>& system, const std::vector<Sourcing>& parts,
                  const std::vector<cost::DieCost<double>>& dies, const cost::UnitCost<double>& cost);

}  // namespace marquetry::supply
