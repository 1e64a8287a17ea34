// What is left where a supplier or a region drops out, and what it costs to have two suppliers: read from
// what a search has kept.
#pragma once

#include "explore/dropouts.h"

namespace marquetry::explore {

struct Replaced {
  std::string part{}, from{}, to{};  // rows of the library
};

// A choice with what a reader wants to know of it.
struct Composition {
  Choice choice{};
  double score{};  // by the yardstick by which it is the best
  Evaluation<double> evaluation{};
  std::vector<Replaced> replaced{};  // against the best that there is with all sellers
};

struct Dropout {
  std::string name{};  // of the supplier or region
  bool is_region{};
  std::vector<std::string> lost{};  // parts of the best composition that nobody else sells
  // By yardstick; none: nothing is left, for want of `irreplaceable` parts.
  std::vector<std::optional<Composition>> best{};
  std::vector<std::string> irreplaceable{};
};

// The best composition in which a part has at least two suppliers.
struct SecondSource {
  std::string part{};                 // empty: every part has
  std::optional<Composition> best{};  // none: nobody else sells the part, in any feasible composition
  // To have its dies made by both at the same time: design and masks of these die types once more.
  Money<> qualification{};
};

struct SupplyAnswer {
  std::vector<Measure> yardsticks{};
  std::vector<Composition> best{};     // by yardstick, with all sellers
  std::vector<std::string> single{};   // parts of the first that have one supplier
  std::vector<Dropout> dropouts{};     // of sellers that alone sell something in the design's space
  std::vector<SecondSource> second{};  // one for each of `single`, then all parts together
};

// Nothing where no choice is feasible.
std::optional<SupplyAnswer> supply_answer(const Sourcing& sourcing, const BestBySellers& found);

}  // namespace marquetry::explore
