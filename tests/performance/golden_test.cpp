// Requests, serving and training that were measured, against the model with the constants that ship; and
// those constants against the fit that gives them.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>

#include "performance/fit.h"
#include "support/golden.h"
#include "support/measured_page.h"
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

// Mean errors of RAPID-LLM (arXiv 2025), as it states them for all rows of a set.
const char* published(const std::string& efficiency) {
  if (efficiency == "a100-inference") return " RAPID-LLM 10.6 %.";
  if (efficiency == "h100-inference") return " RAPID-LLM 6.4 %.";
  if (efficiency == "a100-serving") return " RAPID-LLM 10.5 % (between tokens).";
  if (efficiency == "a100-training") return " RAPID-LLM 8.7 %.";
  return "";
}

void print(const Efficiency& row, const std::vector<test::Measured>& set,
           const EfficiencyParameters<double>& efficiency) {
  test::MeasuredTable table{.columns = {"case", "figure", "measured", "ours", "off"}};
  for (const auto& m : set) {
    const auto ours = test::modelled(m, efficiency);
    for (const auto& f : m.figures) {
      table.rows.push_back({m.label, f.name, fmt::format("{:.4g}", f.measured),
                            fmt::format("{:.4g}", f.ours(ours)),
                            test::deviation_text(f.ours(ours), f.measured)});
    }
  }
  table.note = "Mean error:";
  for (std::size_t f = 0; f < set.front().figures.size(); ++f) {
    const auto& name = set.front().figures[f].name;
    table.note +=
        fmt::format(" {} {:.1f} %{}", name.substr(0, name.find(',')), 100 * mean_of(set, f, efficiency),
                    f + 1 < set.front().figures.size() ? "," : ".");
  }
  table.note += fmt::format(" Held out {:.1f} %.", 100 * row.held_out_error.typ) + published(row.id);
  test::print_section("Whole models: " + row.name, table);
}

// The rows that constants were fitted on are known by the sum of what was measured on them.
bool is_fitted_on(const std::string& efficiency, const std::vector<test::Measured>& set) {
  static const std::map<std::string, double> sums{{"a100-inference", 24.483},
                                                  {"h100-inference", 9.0116},
                                                  {"a100-serving", 8715.45},
                                                  {"a100-training", 221.6},
                                                  {"h100-training", 2068630}};
  double sum = 0;
  for (const auto& m : set) {
    for (const auto& f : m.figures) sum += f.measured;
  }
  return sum == Approx(sums.at(efficiency)).epsilon(1e-6);
}

// Most that the mean error of a set's figures may be.
struct Gate {
  const char* efficiency;
  std::size_t figure;
  double most;
};

}  // namespace

TEST_CASE("the generic constants, which no set was fitted for, stay within a quarter on all of them") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  const auto generic = shipped(library, "generic");
  double generic_errors = 0, own_errors = 0;
  for (const auto& [id, set] : test::by_efficiency(library, *golden, test::FitRows::all)) {
    INFO(id);
    for (std::size_t f = 0; f < set.front().figures.size(); ++f) {
      INFO(set.front().figures[f].name);
      CHECK(mean_of(set, f, generic) < 0.25);
      generic_errors += mean_of(set, f, generic);
      own_errors += mean_of(set, f, shipped(library, id));
    }
  }
  CHECK(own_errors <= generic_errors);  // what single fits are for
}

TEST_CASE("requests, serving and training agree with what was measured") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  auto rows = test::by_efficiency(library, *golden, test::FitRows::all);
  const auto gate =
      GENERATE(Gate{"a100-inference", 0, 0.07}, Gate{"h100-inference", 0, 0.07},
               Gate{"a100-serving", 0, 0.15}, Gate{"a100-serving", 1, 0.06}, Gate{"a100-serving", 2, 0.06},
               Gate{"a100-training", 0, 0.05}, Gate{"h100-training", 0, 0.15});
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

TEST_CASE("every measured row of whole models stands in the page of measured rows") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  for (const auto& [id, set] : test::by_efficiency(library, *golden, test::FitRows::only)) {
    REQUIRE_FALSE(set.empty());
    print(*find(library.efficiencies, id), set, shipped(library, id));
  }
}

TEST_CASE("the constants that ship are those that the fit gives, and their errors those that they state") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  auto rows = test::by_efficiency(library, *golden, test::FitRows::only);
  for (const auto& plan : test::fit_plans()) {
    const auto& set = rows[plan.efficiency];
    const auto& row = *find(library.efficiencies, plan.efficiency);
    // Where other rows lie it is another fit.
    if (static_cast<double>(set.size()) != row.fit_rows.typ || !is_fitted_on(plan.efficiency, set)) continue;
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
