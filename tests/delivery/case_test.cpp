// Nets in JSON: what is read, what is complained about and where; the report of a whole case.
#include "exchange/delivery_case.h"

#include <catch2/catch.hpp>

#include "config/json.h"
#include "delivery/deliver.h"

namespace marquetry::exchange {
namespace {

const std::string ladder = R"({"width_m": 0.004, "height_m": 0.001, "columns": 4, "rows": 1,
 "limits": {"steady": 0.2},
 "nets": [{"name": "core", "voltage_v": 1, "return": "none",
   "layers": [{"name": "metal", "sheet_ohm": 0.01}],
   "regulators": [{"layer": "metal", "resistance_ohm": 0.005, "x_m": 0, "y_m": 0, "width_m": 0.001, "height_m": 0.001}],
   "loads": [{"die": "all", "layer": "metal", "power_w": 8}]}]})";

struct Read {
  std::optional<delivery::Case> nets{};
  std::string messages{};
};

Read read(const std::string& text) {
  Diagnostics diagnostics;
  const auto root = parse_json(text, "case.json", diagnostics);
  Read out;
  if (root) out.nets = read_delivery_case(*root, diagnostics);
  for (const auto& d : diagnostics.all())
    out.messages += std::to_string(d.where.line) + ": " + d.message + "\n";
  return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a ladder in JSON has the drops of one worked by hand") {
  const auto [nets, messages] = read(ladder);
  INFO(messages);
  REQUIRE(nets);
  const auto report = delivery::deliver(*nets, {.tolerance = 1e-12});
  CHECK(report.is_solved());
  CHECK(report.nets[0].dies[0].worst == Approx(0.16).epsilon(1e-9));
  CHECK(report.nets[0].dies[0].mean == Approx((0.04 + 0.1 + 0.14 + 0.16) / 4).epsilon(1e-9));
  CHECK(report.violations.empty());
  CHECK(report.loads == Approx(8));
  CHECK(report.metal == Approx(0.88).epsilon(1e-9));
  CHECK(report.supplied == Approx(8));
}

TEST_CASE("regulators that sense their leads count the drop from there, and put out what the leads lose") {
  const auto [nets, messages] = read(
      replaced(ladder, R"("return": "none",)", R"("return": "none", "sensed": true, "efficiency": 0.8,)"));
  REQUIRE(nets);
  const auto made = delivery::deliver(*nets, {.tolerance = 1e-12});
  CHECK(made.nets[0].dies[0].worst == Approx(0.12).epsilon(1e-9));  // 40 mV of 8 A x 5 mohm less
  CHECK(made.metal == Approx(0.88).epsilon(1e-9));
  CHECK(made.supplied == Approx((8 + 8 * 0.04) / 0.8));
  CHECK(made.regulators == Approx((8 + 8 * 0.04) / 0.8 * 0.2));
}

TEST_CASE("a limit that does not hold is named with what would mend it") {
  const auto bumped = replaced(
      replaced(replaced(ladder, R"("sheet_ohm": 0.01})",
                        R"("sheet_ohm": 1e-6}, {"name": "die", "sheet_ohm": 1e-6})"),
               R"("layer": "metal", "power_w")", R"("layer": "die", "power_w")"),
      R"("loads")",
      R"("joints": [{"name": "bumps", "below": "metal", "above": "die", "count": 100, "resistance_ohm": 0.01, "limit_a": 0.05}], "loads")");
  const auto [nets, messages] = read(bumped);
  INFO(messages);
  REQUIRE(nets);
  const auto report = delivery::deliver(*nets);
  REQUIRE(report.violations.size() == 1);
  CHECK(report.violations[0].subject == "bumps");
  CHECK(report.violations[0].value == Approx(0.08).epsilon(0.01));  // 8 A / 100
  CHECK(report.violations[0].limit == 0.05);
  REQUIRE(report.needs.size() == 1);
  CHECK(report.needs[0].need.count == Approx(160).epsilon(0.02));
  CHECK(report.violations[0].hint.find("more bumps") != std::string::npos);
}

TEST_CASE("all that is wrong with a case is said at once, each with its line") {
  const auto text = R"({"width_m": 0.004, "height_m": 0, "columns": 4, "rows": 0.5,
 "nets": [{"name": "core", "voltage_v": -1,
   "layers": [{"name": "metal", "sheet_ohm": 0}],
   "regulators": [{"layer": "metl", "resistance_ohm": 0.005}],
   "loads": [{"die": "all", "layer": "metal", "power": 8}]}]})";
  const auto [nets, messages] = read(text);
  CHECK(!nets);
  CHECK(messages.find("1: case: 'height_m'") != std::string::npos);
  CHECK(messages.find("1: case: 'rows'") != std::string::npos);
  CHECK(messages.find("2: net 0: 'voltage_v'") != std::string::npos);
  CHECK(messages.find("3: layer 0: 'sheet_ohm'") != std::string::npos);
  CHECK(messages.find("4: regulator 0: 'layer' = \"metl\" names no layer") != std::string::npos);
  CHECK(messages.find("5: load 0: unknown key 'power'") != std::string::npos);
  CHECK(messages.find("5: load 0: missing key 'power_w'") != std::string::npos);
}

TEST_CASE("a load beside the metal is shown where it stands in the file") {
  const auto [nets, messages] =
      read(replaced(ladder, R"("power_w": 8)",
                    R"("power_w": 8, "x_m": 0.01, "y_m": 0, "width_m": 0.001, "height_m": 0.001)"));
  CHECK(!nets);
  CHECK(messages == "6: net 'core': the load of 'all' stands on no metal\n");
}

}  // namespace
}  // namespace marquetry::exchange
