// Which limits and rules one evaluated system breaks.
#pragma once

#include "evaluation/checks.h"
#include "system/plan.h"

namespace marquetry {

struct Violation {
  std::string path{};
  double value{}, limit{};  // in `unit`; for rules on names 1 against 0
  std::string unit{};
  std::string what{}, hint{};
  std::optional<std::size_t> rule{};  // of Rules::limits; none: a rule of physics
};

// Caps of a design as figures, found once. By Rules::limits; rules on names have none.
std::vector<std::optional<FigureRef>> find_caps(const Rules& rules, const Design& design,
                                                Diagnostics& diagnostics);

// Whether a cap is kept by a value in SI; room for rounding.
inline bool keeps(const Limit& limit, double value) {
  const double room = 1e-9 * std::abs(limit.limit);
  return limit.is_least ? value >= limit.limit - room : value <= limit.limit + room;
}

std::vector<Violation> violations(const Design& design, const Rules& rules,
                                  const std::vector<std::optional<FigureRef>>& caps,
                                  const System<double>& system, const Evaluation<double>& evaluation,
                                  const Choice& choice);

}  // namespace marquetry
