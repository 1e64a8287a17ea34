#include "explore/fleet.h"

#include <algorithm>
#include <cmath>

namespace marquetry::explore {
namespace {

// A figure as reported, with its range.
Span span_of(std::string_view path, const Prepared& prepared, const Assessment& assessment,
             const std::vector<FigureRange>& ranges) {
  const auto figure = *find_figure(path, *prepared.design);
  const double typ = figure.report(figure.si(assessment.evaluation));
  const auto range = std::ranges::find(ranges, path, &FigureRange::path);
  return range == ranges.end() ? Span{typ, typ, typ}
                               : Span{std::min(range->low, typ), typ, std::max(range->high, typ)};
}

// All are positive and may be at their ends at the same time.
Span times(const Span& a, const Span& b) { return {a.low * b.low, a.typ * b.typ, a.high * b.high}; }
Span over(const Span& a, const Span& b) { return {a.low / b.high, a.typ / b.typ, a.high / b.low}; }

bool is_goal(const Prepared& prepared, std::size_t workload) {
  return std::ranges::any_of(prepared.objectives, [&](const ObjectiveFigure& objective) {
    return is_performance(objective) && objective.figure.index == workload;
  });
}

void widen(Span& most, const Span& one) {
  most = {std::max(most.low, one.low), std::max(most.typ, one.typ), std::max(most.high, one.high)};
}

}  // namespace

Fleet fleet_of(const Prepared& prepared, const Reference& reference, const Assessment& assessment,
               const std::vector<FigureRange>& ranges) {
  const auto figure = [&](std::string_view path) { return span_of(path, prepared, assessment, ranges); };
  const Product& product = *reference.product;
  Fleet out{.unit_cost = figure("cost.unit_usd"),
            .unit_power = figure("power.total_w"),
            .yield = figure("yield.assembly")};
  for (std::size_t w = 0; w < reference.workloads.size(); ++w) {
    const auto& id = prepared.design->workloads[w].id;
    WorkloadMatch match{.is_goal = is_goal(prepared, w),
                        .ours = figure("performance." + id + ".value"),
                        .theirs = reference.workloads[w]};
    if (match.theirs) {
      const Span theirs{*match.theirs, *match.theirs, *match.theirs};
      const Span needed = over(theirs, match.ours);
      const double share = match.ours.typ / *match.theirs;
      match.packages = needed.typ;
      if (product.power.known)
        match.per_watt = share / (out.unit_power.typ / (product.power.typ / unit::W.si()));
      if (product.price.known)
        match.per_dollar = share / (out.unit_cost.typ / (product.price.typ / unit::USD.si()));
      if (match.is_goal) widen(out.packages, needed);
    }
    out.workloads.push_back(match);
  }
  out.whole = std::ceil(out.packages.typ * (1 - 1e-9));
  out.cost = times(out.packages, out.unit_cost);
  out.power = times(out.packages, out.unit_power);
  out.assembled = over(out.packages, out.yield);
  out.capacity = out.packages.typ * figure("memory.capacity_gbyte").typ;
  out.bandwidth = out.packages.typ * figure("memory.bandwidth_gbyte_s").typ;
  if (product.price.known && out.packages.typ > 0)
    out.break_even = product.price.typ / unit::USD.si() / out.packages.typ;
  return out;
}

}  // namespace marquetry::explore
