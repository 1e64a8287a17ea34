// What is lost where a seller or a region drops out, and which step runs out first.
#pragma once

#include "supply/capacity.h"
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

// What a part goes through: wafers of a node, stacking, a memory, the packaging.
struct Step {
  std::string part{};  // as in sourcing(); of several dies on one node the one that takes most wafers
  std::string row{};   // whose capacity it is
  double units_per_month{};
};

struct Capacity {
  std::vector<Step> steps{};           // of known capacity, the scarcest first
  std::vector<std::string> unknown{};  // parts of whose step the library has no capacity
};

// At the share of the capacity that the design gets.
Capacity capacity(const Made<double>& made, const std::vector<Sourcing>& parts);

}  // namespace marquetry::supply
