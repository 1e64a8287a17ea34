// Fits the constants of rows of `efficiencies` to the measured rows that they are for: few constants, each on
// a grid as coarse as it is known. What a row does not fit it keeps as the library has it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "performance/measured.h"

namespace marquetry::test {

// One number that is fitted, on its grid; `put` writes it and what follows from it.
struct FitConstant {
  std::string name{};
  double low{}, step{};
  int count{};
  std::function<void(EfficiencyParameters<double>&, double)> put{};

  double value(int index) const { return low + step * index; }
};

struct FitPlan {
  std::string efficiency{};  // the row
  std::vector<FitConstant> constants{};
};
std::vector<FitPlan> fit_plans();

struct Fit {
  std::vector<double> constants{};
  EfficiencyParameters<double> efficiency{};
  double error{};     // mean over the rows
  double held_out{};  // mean over the rows, each with the constants fitted without it
};
Fit fit(const FitPlan& plan, std::span<const Measured> rows, const EfficiencyParameters<double>& start);

// Mean over the figures of all rows; rates that follow from times beside them do not count.
double mean_error(std::span<const Measured> rows, const EfficiencyParameters<double>& efficiency);

}  // namespace marquetry::test
