// The cost of a unit, item by item: by part, and in the order in which it is spent. Text and JSON print
// these.
#pragma once

#include <string>
#include <vector>

#include "evaluation/assess.h"

namespace marquetry::report {

struct CostItem {
  std::string item{};
  Money<> money{};
};

// By part, zero items left out; they add up to cost.unit_usd.
std::vector<CostItem> cost_by_part(const Design& design, const cost::UnitCost<double>& cost);

// From the bare wafer to the good unit, zero items left out: up to NRE they add up to cost.unit_usd, with the
// escapes to cost.per_good_unit_usd.
std::vector<CostItem> cost_waterfall(const System<double>& system, const cost::UnitCost<double>& cost);

}  // namespace marquetry::report
