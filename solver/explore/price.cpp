#include "explore/price.h"

#include <algorithm>

namespace marquetry::explore {
namespace {

// The objective that a cap is on; the archives hold it as a cost.
std::size_t objective_of(const Prepared& prepared, const FigureRef& cap) {
  const auto found = std::ranges::find_if(prepared.objectives, [&](const ObjectiveFigure& objective) {
    return objective.figure.figure == cap.figure && objective.figure.index == cap.index;
  });
  return static_cast<std::size_t>(found - prepared.objectives.begin());
}

// A cap is kept up to this, with the room of `keeps`.
double standing(const Prepared& prepared, std::size_t r) {
  const Limit& limit = prepared.rules.limits[r];
  if (!prepared.caps[r]) return 0;
  return (limit.is_least ? -limit.limit : limit.limit) + 1e-9 * std::abs(limit.limit);
}

struct Weighed {
  const solver::Point* point{};
  Measures::Values values{};
};

std::vector<Weighed> weighed(const std::vector<solver::Point>& points, const Measures& measures) {
  std::vector<Weighed> out;
  for (const auto& point : points) out.push_back({&point, measures(point, nullptr)});
  return out;
}

}  // namespace

Tradeoffs tradeoffs(const Prepared& prepared, const Measures& measures, const SearchResult& found) {
  const auto points = found.front.points();
  const auto front = weighed(points, measures);
  Tradeoffs out(prepared.rules.limits.size());
  for (std::size_t r = 0; r < out.size(); ++r) {
    const auto beyond = found.lifted[r].points();
    const auto lifted = weighed(beyond, measures);
    for (std::size_t m = 0; m < measures.all().size(); ++m) {
      auto& curve = out[r].emplace_back();
      if (const Curve* kept = found.tally.curve(r, m)) {
        curve = *kept;
        continue;
      }
      const auto add = [&](const std::vector<Weighed>& choices, double name_place) {
        for (const auto& [point, values] : choices) {
          const auto& cap = prepared.caps[r];
          const double place = cap ? point->costs[objective_of(prepared, *cap)] : name_place;
          curve.add({place, values[m], point->id});
        }
      };
      add(front, 0);
      add(lifted, 1);
    }
  }
  return out;
}

bool Price::binds() const {
  return std::ranges::any_of(measures, [](const MeasurePrice& m) { return m.next.has_value(); });
}

std::vector<Price> shadow_prices(const Prepared& prepared, const Measures& measures,
                                 const Tradeoffs& tradeoffs) {
  std::vector<Price> out;
  for (std::size_t r = 0; r < tradeoffs.size(); ++r) {
    Price price{.limit = r, .at = standing(prepared, r)};
    for (std::size_t m = 0; m < measures.all().size(); ++m) {
      const Curve& curve = tradeoffs[r][m];
      MeasurePrice one{.measure = m, .slope = curve.slope(price.at), .least = unreachable};
      if (const Step* now = curve.within(price.at)) one.now = *now;
      if (const Step* next = curve.beyond(price.at)) one.next = *next;
      if (!curve.steps().empty()) one.least = curve.steps().back().value;
      price.measures.push_back(one);
    }
    out.push_back(std::move(price));
  }
  return out;
}

}  // namespace marquetry::explore
