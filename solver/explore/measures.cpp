#include "explore/measures.h"

namespace marquetry::explore {
namespace {

std::optional<std::size_t> objective_of(const Prepared& prepared, const FigureRef& figure) {
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    const auto& objective = prepared.objectives[o];
    if (objective.figure.figure == figure.figure && !objective.maximize) return o;
  }
  return std::nullopt;
}

}  // namespace

Measures::Measures(const Prepared& prepared, const std::optional<Reference>& reference)
    : prepared_{prepared}, reference_{reference} {
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) all_.push_back({.objective = o});
  if (!reference) return;
  all_.push_back({.kind = MeasureKind::shortfall});
  if (!can_match(*reference, prepared)) return;
  const auto add = [&](MeasureKind kind, std::string_view path, std::optional<FigureRef>& figure) {
    figure = find_figure(path, *prepared.design);
    const auto objective = objective_of(prepared, *figure);
    all_.push_back({.kind = kind, .objective = objective.value_or(0), .follows = objective.has_value()});
  };
  add(MeasureKind::match_cost, "cost.unit_usd", cost_);
  add(MeasureKind::match_power, "power.total_w", power_);
}

std::optional<std::size_t> Measures::find(MeasureKind kind) const {
  for (std::size_t m = 0; m < all_.size(); ++m) {
    if (all_[m].kind == kind) return m;
  }
  return std::nullopt;
}

Measures::Values Measures::operator()(const solver::Point& point,
                                      const Evaluation<double>* evaluation) const {
  Values out{};
  const double packages = reference_ ? packages_needed(*reference_, prepared_, point.costs) : 0;
  for (std::size_t m = 0; m < all_.size(); ++m) {
    const Measure& measure = all_[m];
    if (measure.kind == MeasureKind::objective) {
      out[m] = point.costs[measure.objective];
    } else if (measure.kind == MeasureKind::shortfall) {
      out[m] = shortfall(*reference_, prepared_, point.costs);
    } else if (measure.follows) {
      out[m] = packages * point.costs[measure.objective];
    } else if (evaluation != nullptr) {
      out[m] = packages * (measure.kind == MeasureKind::match_cost ? cost_ : power_)->si(*evaluation);
    } else {
      out[m] = unreachable;
    }
  }
  return out;
}

}  // namespace marquetry::explore
