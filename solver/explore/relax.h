// What is gained when one limit alone is lifted, or two together.
#pragma once

#include "explore/price.h"

namespace marquetry::explore {

// What the front gains when one limit alone is lifted.
struct Relaxation {
  std::size_t limit{};                     // of Rules::limits
  std::string to{};                        // what has to be allowed for the most gain
  std::string least{};                     // the least that has to be allowed for any choice at all
  std::vector<double> gain{};              // by objective: how much better the best value becomes, as a share
  std::optional<double> shortfall_gain{};  // how much nearer the reference comes
  std::optional<double> cost_gain{};       // USD less for the packages that match one product
  std::size_t points{};                    // that it adds to the front
  Choice best{};                           // the one that is meant by `to`
};

// The same for two limits together. `gain` and `shortfall_gain` are of the two, each lifted or not.
struct PairRelaxation {
  std::array<std::size_t, 2> limits{};
  std::array<std::string, 2> to{};  // what has to be allowed; empty where the best choice keeps that limit
  std::vector<double> gain{};
  std::optional<double> shortfall_gain{};
  std::optional<double> cost_gain{};
  double worth{};        // by what pairs are compared: shortfall, cost of a match, or greatest single gain
  double best_single{};  // of the two, by the same
  double sum{};          // of both singles, by the same
  double excess{};       // where nothing is feasible: the least sum of what the two are broken by, as shares
  bool is_more{};        // than the better of the two singles
  Choice best{};
};

// By what relaxations are compared.
enum class Worth { shortfall, match_cost, objectives };
Worth worth_of(const Measures& measures, const SearchResult& found);

// For every limit that gains something; best first.
std::vector<Relaxation> relaxations(const Prepared& prepared, const Measures& measures,
                                    const SearchResult& found, const Tradeoffs& tradeoffs);

// For every pair of limits with a choice that lifting them makes feasible; best first. Where nothing is
// feasible, those that break least first.
std::vector<PairRelaxation> pair_relaxations(const Prepared& prepared, const Measures& measures,
                                             const SearchResult& found, const Tradeoffs& tradeoffs);

}  // namespace marquetry::explore
