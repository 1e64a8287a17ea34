// How many packages match one product, and what they cost, draw, hold and move together.
#pragma once

#include "evaluation/assess.h"
#include "explore/reference.h"

namespace marquetry::explore {

struct Span {
  double low{}, typ{}, high{};
};

// A workload of the design on one package, against one product.
struct WorkloadMatch {
  bool is_goal{};  // an objective: counts for the match
  Span ours{};     // in the workload's unit
  std::optional<double> theirs{}, packages{};
  std::optional<double> per_watt{},
      per_dollar{};  // ratios, ours / theirs; per dollar of unit cost and of price
};

struct Fleet {
  std::vector<WorkloadMatch> workloads{};
  Span packages{};                 // as many as match on every goal; a share of one counts
  double whole{};                  // rounded up
  Span unit_cost{}, cost{};        // USD, of one package and of all
  Span unit_power{}, power{};      // W
  Span yield{};                    // of assembly
  Span assembled{};                // packages that have to be put together for them
  double capacity{}, bandwidth{};  // GB, GB/s; of all
  double break_even{};  // USD for which one package may be sold until the fleet costs more than the product;
                        // 0: no price
};

// `ranges` by path, as reported; what it does not list does not vary.
Fleet fleet_of(const Prepared& prepared, const Reference& reference, const Assessment& assessment,
               const std::vector<FigureRange>& ranges);

}  // namespace marquetry::explore
