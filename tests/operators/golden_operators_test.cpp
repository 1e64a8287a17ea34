// Operators of the library's devices against measured hardware, and the constants against the fit that made
// them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <string>

#include "fit/operators_fit.h"
#include "library/fields.h"
#include "library/library.h"
#include "library/operator_device.h"
#include "support/folder.h"
#include "support/golden.h"
#include "support/measured_page.h"

using namespace marquetry;

namespace {

Library library() {
  Diagnostics diagnostics;
  const auto loaded = load_library({test::source_folder() / "libraries"}, diagnostics);
  REQUIRE(loaded);
  return *loaded;
}

operators::Device device_of(const Library& rows, const test::OperatorSet& set) {
  const auto* row = find(rows.devices, test::device_id(set.device));
  INFO(set.name << " needs a device '" << test::device_id(set.device) << "' in the library");
  REQUIRE(row != nullptr);
  return operator_device(*row);
}

std::string shape_text(const std::vector<double>& shape) {
  std::string text;
  for (const double side : shape) text += (text.empty() ? "" : " x ") + std::to_string(std::lround(side));
  return text;
}

std::string percent(std::optional<double> share) {
  if (!share) return "-";
  char text[16];
  std::snprintf(text, sizeof text, "%.1f %%", 100 * *share);
  return text;
}

test::MeasuredTable table_of(const operators::Device& device, const test::OperatorSet& set) {
  test::MeasuredTable table{.columns = {"shape", "measured", "ours", "off", "bound", "LLMCompass", "off"},
                            .note = "Mean error: ours " + percent(test::error_of(device, set)) +
                                    ", LLMCompass " + percent(test::error_of_simulation(set)) +
                                    ". Mean distance from LLMCompass: " +
                                    percent(test::distance_from_simulation(device, set)) + "."};
  for (const auto& row : set.rows) {
    const auto cost = test::cost_of(device, set, row.shape);
    table.rows.push_back({shape_text(row.shape), test::seconds_text(row.measured),
                          test::seconds_text(cost.total), test::deviation_text(cost.total, row.measured),
                          std::string{operators::bound_names[static_cast<std::size_t>(cost.bound)]},
                          test::seconds_text(row.simulated),
                          test::deviation_text(row.simulated, row.measured)});
  }
  return table;
}

// Mean errors that measured sets may have, where the published tool gives none to beat.
constexpr double most_in_products_of_a100 = 0.08, most_in_products = 0.10;

}  // namespace

TEST_CASE("measured operators: products within 8 and 10 %, all others no worse than the published tool") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  const auto rows = library();
  for (const auto& set : test::operator_sets(*golden)) {
    CAPTURE(set.name);
    test::print_section("Operators: " + set.operation + " on " + set.device,
                        table_of(device_of(rows, set), set));
    const auto error = test::error_of(device_of(rows, set), set);
    if (!error) continue;
    if (set.operation == "matmul") {
      CHECK(*error <= (set.device == "A100" ? most_in_products_of_a100 : most_in_products));
    } else {
      const auto published = test::error_of_simulation(set);
      REQUIRE(published);
      CHECK(*test::error_beside_simulation(device_of(rows, set), set) <= *published);
    }
  }
}

// There is no measurement of TPU v3: this holds our closed forms against another's simulation.
TEST_CASE("operators that were simulated only: within 0.5 % of the simulation") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  const auto rows = library();
  for (const auto& set : test::operator_sets(*golden)) {
    const auto device = device_of(rows, set);
    if (test::error_of(device, set)) continue;
    CAPTURE(set.name);
    const auto distance = test::distance_from_simulation(device, set);
    REQUIRE(distance);
    CHECK(*distance <= 0.005);
  }
}

// On the rows that a constant's source tells of, it is what the program prints, to its three digits. On other
// rows that may be fitted on, the library's constants are no more than 2.5 % worse than the best.
TEST_CASE("the constants of the library are those that the fitting program finds") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden cases of performance");
  const auto rows = library();
  std::map<std::string, std::vector<test::OperatorSet>> by_device;
  for (auto& set : test::operator_sets(*golden))
    if (set.fit) by_device[test::device_id(set.device)].push_back(set);
  for (const auto& [id, sets] : by_device) {
    const auto* row = find(rows.devices, id);
    REQUIRE(row != nullptr);
    const auto fields = fields_of(*row);
    auto fitted = operator_device(*row);
    for (const auto& fit : test::fit_operators(fitted, sets, test::HoldOut::none)) {
      for (const auto& one : fit.constants) {
        CAPTURE(id, one.key);
        const auto field = std::ranges::find(fields, one.key, &Field::key);
        REQUIRE(field != fields.end());
        if (!field->number.origin.source.starts_with(test::fit_source(fit))) continue;
        CHECK(field->number.typ == Approx(one.value).epsilon(0.006));
      }
    }
    for (const auto& set : sets) {
      CAPTURE(set.name);
      const auto best = test::error_of(fitted, set);
      if (best) CHECK(*test::error_of(operator_device(*row), set) <= *best + 0.025);
    }
  }
}
