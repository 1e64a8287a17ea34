// A placed layout with what is known of it: what its reports need.
#pragma once

#include <optional>
#include <string>

#include "layout/fit.h"
#include "placement/place.h"

namespace marquetry::report {

struct LayoutRun {
  std::string setting{}, metric{}, objective{};  // as they were asked for
  std::uint64_t seed{};
  int threads{};
  std::optional<double> time{};          // the limit, where there was one
  std::optional<std::uint64_t> steps{};  // likewise
  bool interrupted{};
};

struct LayoutReport {
  const layout::Problem& problem;
  const placement::Result& result;
  LayoutRun run{};
  std::vector<layout::Obstacle> obstacles{};  // where they are, nothing was placed

  // The best, else what comes nearest to it; null where nothing was placed.
  const layout::Layout* layout() const {
    if (result.best) return &*result.best;
    return result.nearest.dies.empty() ? nullptr : &result.nearest;
  }
  std::optional<double> cost{};  // USD of carrier and package, where there are prices
  // From the checker, which looks at whatever is shown here.
  std::vector<layout::Violation> violations{};
  bool legal() const { return result.best && violations.empty(); }
  // Share of the objective that the bound leaves open.
  std::optional<double> gap() const;
};

LayoutReport layout_report(const layout::Problem& problem, const placement::Result& result, LayoutRun run);

}  // namespace marquetry::report
