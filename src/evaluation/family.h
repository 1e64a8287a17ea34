// A family of products out of one design: each module, die and package is designed once, and every product
// pays its share of what it uses. Feng & Ma, Chiplet Actuary, DAC 2022, section 3.4.
#pragma once

#include "cost/nre_items.h"
#include "evaluation/prepare.h"

namespace marquetry {

struct FamilyProduct {
  std::string id{};
  double volume{};
  Choice choice{};
  bool feasible{};
  Evaluation<double> evaluation{};
  Money<> nre{};        // per unit: its shares
  Money<> nre_alone{};  // per unit, if nothing were shared
  Money<> unit() const { return evaluation.cost.recurring + nre; }
};

// One design, and how many of it one package of each product holds.
struct FamilyDesign {
  std::string name{};
  Money<> money{};
  std::vector<double> counts{};  // by product
};

struct Family {
  std::vector<FamilyProduct> products{};
  std::vector<FamilyDesign> designs{};
  Money<> nre_total{};
};

// Of a design with [[product]]s. Nothing, and located complaints, where a product leaves variables open or
// sets what does not exist.
std::optional<Family> evaluate_family(const Library& library, const Design& design, const Preset& preset,
                                      Diagnostics& diagnostics);

}  // namespace marquetry
