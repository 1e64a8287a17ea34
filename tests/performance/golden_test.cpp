// Requests, serving and training that were measured, against the model with the constants that ship; and
// those constants against the fit that gives them.
#include <catch2/catch.hpp>

#include "performance/fit.h"
#include "support/golden.h"
#include "support/project.h"
#include "system/lift_rows.h"

using namespace marquetry;

namespace {

EfficiencyParameters<double> shipped(const Library& library, const std::string& id) {
  const auto* row = find(library.efficiencies, id);
  REQUIRE(row != nullptr);
  return parameters(*row, Lifting<double>{});
}

// Mean of one figure over rows, its errors on the way.
double mean_of(const std::vector<test::Measured>& rows, std::size_t figure,
               const EfficiencyParameters<double>& efficiency) {
  double sum = 0;
  for (const auto& row : rows) sum += test::error_of(row, figure, efficiency);
  return sum / static_cast<double>(rows.size());
}

// Most that the mean error of a set's figures may be.
struct Gate {
  const char* efficiency;
  std::size_t figure;
  double most;
};

}  // namespace

TEST_CASE("requests, serving and training agree with what was measured") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  auto rows = test::by_efficiency(library, *golden, test::FitRows::all);
  const auto gate =
      GENERATE(Gate{"a100-inference", 0, 0.07}, Gate{"h100-inference", 0, 0.07},
               Gate{"a100-serving", 0, 0.15}, Gate{"a100-serving", 1, 0.06}, Gate{"a100-serving", 2, 0.06},
               Gate{"a100-training", 0, 0.05}, Gate{"h100-training", 0, 0.12});
  const auto& set = rows[gate.efficiency];
  if (set.empty()) return;
  const auto efficiency = shipped(library, gate.efficiency);
  for (const auto& row : set) {
    UNSCOPED_INFO(row.label << ": " << row.figures[gate.figure].ours(test::modelled(row, efficiency))
                            << " against " << row.figures[gate.figure].measured << " "
                            << row.figures[gate.figure].name);
  }
  CAPTURE(gate.efficiency, gate.figure);
  CHECK(mean_of(set, gate.figure, efficiency) <= gate.most);
}

TEST_CASE("the constants that ship are those that the fit gives, and their errors those that they state") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  auto rows = test::by_efficiency(library, *golden, test::FitRows::only);
  for (const auto& plan : test::fit_plans()) {
    const auto& set = rows[plan.efficiency];
    const auto& row = *find(library.efficiencies, plan.efficiency);
    // Where others rows lie it is another fit.
    if (static_cast<double>(set.size()) != row.fit_rows.typ) continue;
    const auto start = shipped(library, plan.efficiency);
    const auto fit = test::fit(plan, set, start);
    CAPTURE(plan.efficiency, fit.constants, fit.error, fit.held_out);
    for (std::size_t i = 0; i < plan.constants.size(); ++i) {
      auto again = start;
      plan.constants[i].put(again, fit.constants[i]);
      CHECK(test::mean_error(set, again) == Approx(test::mean_error(set, start)).margin(1e-6));
      CHECK(again.matrix == Approx(start.matrix));
      CHECK(again.attention == Approx(start.attention).margin(0.005));
      CHECK(again.memory == Approx(start.memory));
      CHECK(again.layer_overhead / unit::us == Approx(start.layer_overhead / unit::us));
      CHECK(again.sequence_overhead / unit::us == Approx(start.sequence_overhead / unit::us));
      CHECK(again.request_overhead / unit::us == Approx(start.request_overhead / unit::us));
      CHECK(again.burst == Approx(start.burst));
    }
    CHECK(row.fit_error.typ == Approx(fit.error).margin(0.0006));
    CHECK(row.held_out_error.typ == Approx(fit.held_out).margin(0.0006));
  }
}
