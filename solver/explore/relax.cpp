#include "explore/relax.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace marquetry::explore {
namespace {

using solver::Point;

std::vector<double> best_costs(const std::vector<Point>& points, std::size_t objectives) {
  std::vector<double> best(objectives, std::numeric_limits<double>::infinity());
  for (const auto& point : points) {
    for (std::size_t o = 0; o < objectives; ++o) best[o] = std::min(best[o], point.costs[o]);
  }
  return best;
}

// How much better b is than a, as a share of a; costs are negative where more is better.
double improvement(double a, double b) { return b < a && a != 0 ? (a - b) / std::abs(a) : 0; }

double worth(const Point& point, const Prepared& prepared, const std::optional<Reference>& reference,
             const std::vector<double>& best) {
  if (reference) return -shortfall(*reference, prepared, point.costs);
  double most = 0;
  for (std::size_t o = 0; o < best.size(); ++o) most = std::max(most, improvement(best[o], point.costs[o]));
  return most;
}

double least_shortfall(const std::vector<Point>& points, const Prepared& prepared,
                       const Reference& reference) {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& point : points) least = std::min(least, shortfall(reference, prepared, point.costs));
  return least;
}

// What has to be allowed for this choice: the value that a cap must let through, or the names that break a
// rule.
std::string needed(const Prepared& prepared, std::size_t r, const Choice& choice) {
  const auto& limit = prepared.rules.limits[r];
  if (const auto& cap = prepared.caps[r]) {
    const auto evaluation = evaluate(compose(prepared, choice), prepared.models);
    return fmt::format("{:.4g}{}{}", cap->report(cap->si(evaluation)), cap->figure->unit.empty() ? "" : " ",
                       cap->figure->unit);
  }
  std::string names;
  for (std::size_t v = 0; v < choice.size(); ++v) {
    if ((prepared.rules.by_value[v][choice[v]] >> r & 1) == 0) continue;
    const auto& variable = prepared.design->variables[v];
    names +=
        fmt::format("{}{} = {}", names.empty() ? "" : ", ", variable.name, variable.domain[choice[v]].text);
  }
  return names.empty() ? fmt::format("without '{}'", limit.text) : names;
}

}  // namespace

std::vector<Relaxation> relaxations(const Prepared& prepared, const SearchResult& found,
                                    const std::optional<Reference>& reference) {
  const std::size_t objectives = prepared.objectives.size();
  const auto front = found.front.points();
  const auto best = best_costs(front, objectives);
  std::vector<Relaxation> out;
  for (std::size_t r = 0; r < found.lifted.size(); ++r) {
    const auto points = found.lifted[r].points();
    if (points.empty()) continue;
    Relaxation relaxation{.limit = r, .points = points.size()};
    const auto lifted = best_costs(points, objectives);
    for (std::size_t o = 0; o < objectives; ++o) {
      if (!front.empty()) relaxation.gain.push_back(improvement(best[o], lifted[o]));
    }
    if (reference && !front.empty()) {
      relaxation.shortfall_gain = std::max(
          0.0, least_shortfall(front, prepared, *reference) - least_shortfall(points, prepared, *reference));
    }
    const auto value = [&](const Point& p) { return worth(p, prepared, reference, best); };
    const auto top = std::ranges::max_element(points, {}, value);
    relaxation.best = choice_at(*prepared.design, top->id);
    relaxation.to = needed(prepared, r, relaxation.best);
    relaxation.least = needed(prepared, r, choice_at(*prepared.design, found.least[r].id));
    out.push_back(std::move(relaxation));
  }
  const auto merit = [](const Relaxation& r) {
    const double most = r.gain.empty() ? 0 : *std::ranges::max_element(r.gain);
    return std::pair{-r.shortfall_gain.value_or(0), -most};
  };
  std::ranges::stable_sort(out, {}, merit);
  return out;
}

}  // namespace marquetry::explore
