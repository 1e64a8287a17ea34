// Whole passes, requests and training steps that were measured on real machines, as workloads of the model:
// how each row of the golden sets reads, and what the model says of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "library/library.h"
#include "performance/roofline.h"
#include "support/performance_golden.h"

namespace marquetry::test {

enum class MeasuredSet { request, serving, training_a100, training_h100 };

enum class FitRows { only, all };

// One measured figure and how the model's performance gives the same.
struct MeasuredFigure {
  std::string name{};  // with its unit: "first token, ms"
  double measured{};
  double (*ours)(const performance::Performance<double>&){};
};

struct Measured {
  MeasuredSet set{};
  std::string label{};
  std::string efficiency{};  // the row of the library whose constants hold for it
  Workload<double> workload{};
  performance::Machine<double> machine{};
  performance::Mapping<double> mapping{};
  std::vector<MeasuredFigure> figures{};
};

// The rows of an entry of these sets; none of the others.
std::vector<Measured> measured_rows(const Library& library, const PerformanceEntry& entry);
// Of all entries, by the row of efficiencies that is for them; `fit`: only those that may be fitted on.
std::map<std::string, std::vector<Measured>> by_efficiency(const Library& library,
                                                           const PerformanceGolden& golden, FitRows which);

performance::Performance<double> modelled(const Measured& row,
                                          const EfficiencyParameters<double>& efficiency);
// |ours / measured - 1| of a figure.
double error_of(const Measured& row, std::size_t figure, const EfficiencyParameters<double>& efficiency);

}  // namespace marquetry::test
