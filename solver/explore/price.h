// What each limit costs at the margin: exact, from the choices that were enumerated.
#pragma once

#include "explore/search.h"

namespace marquetry::explore {

// By limit and measure: the best value as a function of the limit. Of a cap the figure itself is the limit
// (its negative, where the cap is a least value); of a rule on names 0 is with it and 1 without.
using Tradeoffs = std::vector<std::vector<Curve>>;

Tradeoffs tradeoffs(const Prepared& prepared, const Measures& measures, const SearchResult& found);

// By one measure. Limits and steps as in Tradeoffs, in SI.
struct MeasurePrice {
  std::size_t measure{};
  std::optional<Step> now{};      // the best within the limit; none where nothing is feasible
  std::optional<Step> next{};     // the next better one beyond it; none: the price is 0
  std::optional<double> slope{};  // of the curve's convex hull at the limit: gain a unit
  double least{};                 // the best value without the limit

  // Gain a unit up to the next step.
  double per_unit(double limit) const {
    return now && next ? (now->value - next->value) / (next->limit - limit) : 0;
  }
};

struct Price {
  std::size_t limit{};                   // of Rules::limits
  double at{};                           // where it stands: as in Tradeoffs
  std::vector<MeasurePrice> measures{};  // all of them
  bool binds() const;
};

// Of every limit, in their order.
std::vector<Price> shadow_prices(const Prepared& prepared, const Measures& measures,
                                 const Tradeoffs& tradeoffs);

}  // namespace marquetry::explore
