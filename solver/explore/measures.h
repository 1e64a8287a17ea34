// What choices are weighed by, each to be small: every objective; against a product also how far they fall
// short of it, and what the packages that match one of it cost and draw.
#pragma once

#include <array>
#include <limits>

#include "explore/reference.h"
#include "pareto/archive.h"

namespace marquetry::explore {

enum class MeasureKind { objective, shortfall, match_cost, match_power };

struct Measure {
  MeasureKind kind{};
  std::size_t objective{};
  bool follows{true};  // from the objectives, and never better where they are worse: archives hold its best
};

inline constexpr std::size_t most_measures = solver::most_objectives + 3;
inline constexpr double unreachable = std::numeric_limits<double>::infinity();

class Measures {
 public:
  using Values = std::array<double, most_measures>;

  // Both must outlive it.
  Measures(const Prepared& prepared, const std::optional<Reference>& reference);

  std::span<const Measure> all() const { return all_; }
  std::optional<std::size_t> find(MeasureKind kind) const;

  // By measure. Without an evaluation, those that do not follow from the objectives are out of reach.
  Values operator()(const solver::Point& point, const Evaluation<double>* evaluation) const;

 private:
  const Prepared& prepared_;
  const std::optional<Reference>& reference_;
  std::vector<Measure> all_{};
  std::optional<FigureRef> cost_{}, power_{};
};

}  // namespace marquetry::explore
