#include "explore/explore.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace marquetry::explore {
namespace {

using solver::Point;

bool covers(const Point& a, const Point& b, double epsilon, std::size_t objectives) {
  for (std::size_t o = 0; o < objectives; ++o) {
    // Costs of what is maximised are negative: a factor 1 + epsilon of slack either way.
    if (a.costs[o] > b.costs[o] + epsilon * std::abs(b.costs[o])) return false;
  }
  return true;
}

// In the order of their numbers, each point that no kept one covers.
std::vector<Point> thinned(const std::vector<Point>& points, double epsilon, std::size_t objectives) {
  if (epsilon <= 0) return points;
  std::vector<Point> kept;
  for (const auto& point : points) {
    const bool covered = std::ranges::any_of(
        kept, [&](const Point& other) { return covers(other, point, epsilon, objectives); });
    if (!covered) kept.push_back(point);
  }
  return kept;
}

bool small_enough(const Prepared& prepared, Diagnostics& diagnostics) {
  const auto& design = *prepared.design;
  const double size = space_size(design);
  if (size <= most_choices) return true;
  const auto& widest =
      *std::ranges::max_element(design.variables, {}, [](const Variable& v) { return v.domain.size(); });
  diagnostics.error(
      widest.where,
      fmt::format("{:.3g} choices are too many to look at one by one; at most {:.0e}", size, most_choices),
      fmt::format("'{}' is the widest variable with {} values: fix it (--set {}=...) or give it a larger "
                  "step; {} times fewer choices are needed",
                  widest.name, widest.domain.size(), widest.name, std::ceil(size / most_choices)));
  return false;
}

}  // namespace

std::optional<Exploration> explore(const Prepared& prepared, const ExploreOptions& options,
                                   Diagnostics& diagnostics) {
  if (!small_enough(prepared, diagnostics)) return std::nullopt;
  const std::size_t objectives = prepared.objectives.size();
  Exploration out{.space = space_size(*prepared.design), .reference = reference_of(prepared)};
  const Measures measures{prepared, out.reference};
  const Sourcing sourcing = sourcing_of(prepared, measures);
  const auto found =
      search(prepared, measures,
             {.threads = options.threads, .done = options.done, .stop = options.stop, .sourcing = &sourcing});
  out.evaluated = found.evaluated;
  out.proved = found.complete;
  const auto points = thinned(found.front.points(), options.epsilon, objectives);
  for (const auto& point : points) out.front.push_back(choice_at(*prepared.design, point.id));
  if (!points.empty()) out.knee = knee_of(points, objectives);
  if (out.reference && !points.empty()) {
    const auto far = [&](const Point& p) { return shortfall(*out.reference, prepared, p.costs); };
    const auto nearest = std::ranges::min_element(points, {}, far);
    out.nearest = static_cast<std::size_t>(nearest - points.begin());
    for (std::size_t o = 0; o < objectives; ++o) {
      out.distance.push_back(ratio(*out.reference, prepared, o, nearest->costs[o]));
    }
    out.shortfall = far(*nearest);
    out.packages = packages_needed(*out.reference, prepared, nearest->costs);
  }
  out.measures.assign(measures.all().begin(), measures.all().end());
  out.best = best_compositions(prepared, measures, out.reference, found);
  const auto curves = tradeoffs(prepared, measures, found);
  out.relaxations = relaxations(prepared, measures, found, curves);
  out.pairs = pair_relaxations(prepared, measures, found, curves);
  out.prices = shadow_prices(prepared, measures, curves);
  out.supply = supply_answer(sourcing, *found.sold);
  return out;
}

Choice least_violation(const Prepared& prepared, std::uint64_t budget) {
  const auto& design = *prepared.design;
  const auto size = static_cast<std::uint64_t>(std::min(space_size(design), 1e18));
  const std::uint64_t step = std::max<std::uint64_t>(1, size / budget);
  Choice best;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint64_t i = 0; i < size; i += step) {
    const Choice choice = choice_at(design, i);
    const auto system = compose(prepared, choice);
    const auto evaluation = evaluate(system, prepared.models);
    double sum = 0;
    for (const auto& v : violations(design, prepared.rules, prepared.caps, system, evaluation, choice)) {
      sum += v.limit == 0 ? 1 : std::abs(v.value / v.limit - 1);
    }
    if (sum < least) {
      least = sum;
      best = choice;
    }
  }
  return best;
}

}  // namespace marquetry::explore
