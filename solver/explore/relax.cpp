#include "explore/relax.h"

#include <algorithm>

#include "explore/words.h"

namespace marquetry::explore {
namespace {

using solver::Point;
using Bests = std::array<Best, most_measures>;

// How much better b is than a, as a share of a; costs are negative where more is better.
double improvement(double a, double b) { return b < a && a != 0 ? (a - b) / std::abs(a) : 0; }

Bests least_of(const Bests& a, const Bests& b) {
  Bests out;
  for (std::size_t m = 0; m < out.size(); ++m) out[m] = std::min(a[m], b[m]);
  return out;
}

// By measure, of the choices that keep all limits.
Bests bests_now(const Measures& measures, const SearchResult& found) {
  Bests out{};
  for (std::size_t m = 0; m < measures.all().size(); ++m) out[m] = found.tally.best(m);
  for (const auto& point : found.front.points()) {
    const auto values = measures(point, nullptr);
    for (std::size_t m = 0; m < measures.all().size(); ++m) {
      if (measures.all()[m].follows) out[m] = std::min(out[m], Best{values[m], point.id});
    }
  }
  return out;
}

// The same once a limit is lifted.
Bests bests_without(std::size_t r, const Bests& now, const Measures& measures, const Tradeoffs& tradeoffs) {
  Bests out = now;
  for (std::size_t m = 0; m < measures.all().size(); ++m) {
    const auto& steps = tradeoffs[r][m].steps();
    if (!steps.empty()) out[m] = std::min(out[m], Best{steps.back().value, steps.back().id});
  }
  return out;
}

std::vector<double> gains(const Measures& measures, const Bests& now, const Bests& then) {
  std::vector<double> out;
  for (std::size_t m = 0; m < measures.all().size(); ++m) {
    if (measures.all()[m].kind == MeasureKind::objective)
      out.push_back(improvement(now[m].value, then[m].value));
  }
  return out;
}

std::optional<double> fall(const Measures& measures, MeasureKind kind, const Bests& now, const Bests& then) {
  const auto m = measures.find(kind);
  if (!m || now[*m].value == unreachable) return std::nullopt;
  return now[*m].value - then[*m].value;
}

double worth(Worth kind, const Measures& measures, const Bests& now, const Bests& then) {
  if (kind == Worth::shortfall) return fall(measures, MeasureKind::shortfall, now, then).value_or(0);
  if (kind == Worth::match_cost) return fall(measures, MeasureKind::match_cost, now, then).value_or(0);
  const auto all = gains(measures, now, then);
  return all.empty() ? 0 : *std::ranges::max_element(all);
}

// The measure that tells most, if one is asked for; else the objective that gains most.
std::size_t telling(Worth kind, const Measures& measures, const Bests& now, const Bests& then) {
  if (kind != Worth::objectives) {
    return *measures.find(kind == Worth::shortfall ? MeasureKind::shortfall : MeasureKind::match_cost);
  }
  const auto all = gains(measures, now, then);
  return static_cast<std::size_t>(std::ranges::max_element(all) - all.begin());
}

// Of the choices that break this limit alone, the one that is worth most.
std::uint64_t best_breaking(const std::vector<Point>& points, std::size_t measure, const Bests& now,
                            const Bests& then, const Measures& measures) {
  if (then[measure] < now[measure]) return then[measure].id;
  const auto value = [&](const Point& p) {
    if (!measures.all()[measure].follows) return 0.0;
    return measures(p, nullptr)[measure];
  };
  return std::ranges::min_element(points, {}, value)->id;
}

}  // namespace

Worth worth_of(const Measures& measures, const SearchResult& found) {
  const auto now = bests_now(measures, found);
  if (const auto m = measures.find(MeasureKind::shortfall); m && now[*m].value > 1e-9)
    return Worth::shortfall;
  return measures.find(MeasureKind::match_cost) ? Worth::match_cost : Worth::objectives;
}

std::vector<Relaxation> relaxations(const Prepared& prepared, const Measures& measures,
                                    const SearchResult& found, const Tradeoffs& tradeoffs) {
  const Bests now = bests_now(measures, found);
  const Worth kind = worth_of(measures, found);
  const bool is_feasible = !found.front.empty();
  std::vector<Relaxation> out;
  for (std::size_t r = 0; r < found.lifted.size(); ++r) {
    const auto points = found.lifted[r].points();
    if (points.empty()) continue;
    Relaxation relaxation{.limit = r, .points = points.size()};
    const Bests then = bests_without(r, now, measures, tradeoffs);
    if (is_feasible) {
      relaxation.gain = gains(measures, now, then);
      relaxation.shortfall_gain = fall(measures, MeasureKind::shortfall, now, then);
      relaxation.cost_gain = fall(measures, MeasureKind::match_cost, now, then);
    }
    const auto id = best_breaking(points, telling(kind, measures, now, then), now, then, measures);
    relaxation.best = choice_at(*prepared.design, id);
    relaxation.to = allowance(prepared, r, relaxation.best);
    relaxation.least = needed(prepared, r, choice_at(*prepared.design, found.least[r].id));
    out.push_back(std::move(relaxation));
  }
  const auto merit = [](const Relaxation& r) {
    const double most = r.gain.empty() ? 0 : *std::ranges::max_element(r.gain);
    return std::tuple{-r.shortfall_gain.value_or(0), -r.cost_gain.value_or(0), -most};
  };
  std::ranges::stable_sort(out, {}, merit);
  return out;
}

std::vector<PairRelaxation> pair_relaxations(const Prepared& prepared, const Measures& measures,
                                             const SearchResult& found, const Tradeoffs& tradeoffs) {
  const Bests now = bests_now(measures, found);
  const Worth kind = worth_of(measures, found);
  const bool is_feasible = !found.front.empty();
  std::vector<PairRelaxation> out;
  for (std::size_t b = 1; b < found.lifted.size(); ++b) {
    const Bests without_b = bests_without(b, now, measures, tradeoffs);
    for (std::size_t a = 0; a < b; ++a) {
      const PairBest& both = found.tally.pair(a, b);
      if (both.least.excess == unreachable) continue;
      const Bests without_a = bests_without(a, now, measures, tradeoffs);
      const Bests singles = least_of(without_a, without_b);
      const Bests then = least_of(singles, both.best);
      PairRelaxation pair{.limits = {a, b}, .excess = both.least.excess};
      auto id = both.least.id;
      if (is_feasible) {
        pair.gain = gains(measures, now, then);
        pair.shortfall_gain = fall(measures, MeasureKind::shortfall, now, then);
        pair.cost_gain = fall(measures, MeasureKind::match_cost, now, then);
        const double of_a = worth(kind, measures, now, without_a);
        const double of_b = worth(kind, measures, now, without_b);
        pair.worth = worth(kind, measures, now, then);
        pair.best_single = std::max(of_a, of_b);
        pair.sum = of_a + of_b;
        pair.is_more = pair.worth > pair.best_single * (1 + 1e-9);
        id = then[telling(kind, measures, now, then)].id;
      }
      pair.best = choice_at(*prepared.design, id);
      for (std::size_t i = 0; i < 2; ++i) {
        if (breaks(prepared, pair.limits[i], pair.best))
          pair.to[i] = allowance(prepared, pair.limits[i], pair.best);
      }
      out.push_back(std::move(pair));
    }
  }
  const auto merit = [](const PairRelaxation& p) { return std::tuple{-p.worth, p.excess}; };
  std::ranges::stable_sort(out, {}, merit);
  return out;
}

}  // namespace marquetry::explore
