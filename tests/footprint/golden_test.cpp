// Every golden case of ECO-CHIP's, in every figure that the program gives, and by way of its four files.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "config/parse.h"
#include "exchange/ecochip/read.h"
#include "footprint/evaluate.h"
#include "footprint/load.h"
#include "support/folder.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::unit;
using Json = nlohmann::ordered_json;

namespace {

constexpr double tolerance = 1e-12;

// A case is ECO-CHIP's if its inputs are the program's four files.
bool is_ours(const Json& golden) {
  return golden.contains("inputs") && golden["inputs"].contains("architecture") &&
         golden["inputs"]["architecture"].contains("pkg_type");
}

struct Golden {
  std::string name{};
  Json json{};
};

std::vector<Golden> golden_cases() {
  std::vector<Golden> cases;
  const auto folder = test::golden_folder("cost");
  if (!folder) return cases;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      if (entry.file.extension() != ".json") continue;
      auto json = Json::parse(std::ifstream{entry.file}, nullptr, true);
      if (json.is_object() && is_ours(json)) cases.push_back({entry.name, std::move(json)});
    }
  }
  return cases;
}

void write_files(const Json& inputs, const test::Folder& folder) {
  folder.write("architecture.json", inputs["architecture"].dump(1));
  folder.write("designC.json", inputs["designC"].dump());
  folder.write("operationalC.json", inputs["operationalC"].dump());
  folder.write("packageC.json", inputs["packageC"].dump());
}

footprint::Footprint imported(const Json& golden, const test::Folder& folder) {
  const auto& inputs = golden["inputs"];
  write_files(inputs, folder);
  Diagnostics diagnostics;
  const auto text = exchange::import_ecochip(std::vector{folder.path()}, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(text);
  const auto root = parse_text(*text, "imported.toml", diagnostics);
  REQUIRE(root);
  auto footprint = footprint::read(*root, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(footprint);
  CHECK(footprint::to_toml(*footprint) == *text);
  if (inputs.contains("activity")) {
    footprint->use.activity = inputs["activity"][0];
    footprint->use.on = inputs["activity"][1];
    footprint->use.average = inputs["activity"][2];
  }
  return *footprint;
}

void check_value(const std::string& what, double value, const Json& expected) {
  INFO(what);
  REQUIRE(expected.is_number());
  CHECK(value == Approx(expected.get<double>()).epsilon(tolerance).margin(1e-12));
}

void check_die(const footprint::DieResult& die, const Json& golden) {
  const std::map<std::string, double> figures{
      {"node_nm", die.node->nanometres},
      {"area_in_7nm_eq_mm2", die.area_at_7 / mm2},
      {"area_scale", die.area_scale},
      {"area_scaled_mm2", die.area / mm2},
      {"defect_density_per_cm2", die.defects / (1.0 / cm2)},
      {"die_yield", die.yield},
      {"cpa_g_per_mm2", die.node->emissions / (gCO2 / mm2)},
      {"dies_per_wafer_450mm", die.per_wafer},
      {"wastage_g_per_die", die.waste / gCO2},
      {"mfg_carbon_g", die.manufacturing / gCO2},
      {"design_carbon_g", die.design / gCO2},
      {"operational_carbon_g", die.operation / gCO2},
      {"total_carbon_g", die.total / gCO2},
      {"avg_power_w", die.average / W},
      {"power_in_w", die.power / W},
  };
  for (const auto& [key, expected] : golden.items()) {
    if (!expected.is_number()) continue;
    INFO(key);
    REQUIRE(figures.contains(key));
    check_value(die.name + "." + key, figures.at(key), expected);
  }
  CHECK(golden["type"] == footprint::block_type_names[static_cast<std::size_t>(die.type)]);
}

void check_package(const footprint::Result& result, const Json& golden) {
  const auto& package = result.package;
  const std::map<std::string, double> figures{
      {"package_carbon_g", package.carrier / gCO2},
      {"router_carbon_g", package.routers / gCO2},
      {"router_design_carbon_g_unamortised", package.router_design / gCO2},
      {"mfg_carbon_g", package.manufacturing / gCO2},
      {"design_carbon_g", package.design / gCO2},
  };
  for (const auto& [key, expected] : golden.items()) {
    if (!expected.is_number()) continue;
    INFO(key);
    REQUIRE(figures.contains(key));
    check_value(key, figures.at(key), expected);
  }
}

void check_floorplan(const footprint::Result& result, const Json& golden) {
  CHECK(result.floorplan.has_value() == !golden.is_null());
  if (golden.is_null() || !result.floorplan) return;
  check_value("x", result.floorplan->width / mm, golden["x_mm"]);
  check_value("y", result.floorplan->height / mm, golden["y_mm"]);
  check_value("area", result.floorplan->area / mm2, golden["area_mm2"]);
  CHECK(result.floorplan->interfaces == golden["interfaces"].get<double>());
}

}  // namespace

TEST_CASE("every golden case of ECO-CHIP's comes out of its files under its preset") {
  const auto cases = golden_cases();
  if (cases.empty()) return test::skip("no golden cases of ECO-CHIP's");
  for (const auto& [name, golden] : cases) {
    INFO(name);
    const test::Folder folder;
    const auto result = footprint::evaluate(imported(golden, folder), find_preset("ecochip-2024")->quirks());
    const auto& outputs = golden["outputs"];
    REQUIRE(result.dies.size() == outputs["dies"].size());
    for (std::size_t i = 0; i < result.dies.size(); ++i) {
      CHECK(result.dies[i].name == outputs["dies"][i]["name"]);
      check_die(result.dies[i], outputs["dies"][i]);
    }
    check_floorplan(result, outputs["floorplan"]);
    check_package(result, outputs["package"]);
    const auto& routers = outputs["package"]["router_area_mm2"];
    REQUIRE(result.package.router_areas.size() == routers.size());
    for (std::size_t i = 0; i < routers.size(); ++i) {
      check_value("router", result.package.router_areas[i] / mm2, routers[i]);
    }
    check_value("mfg", result.manufacturing / kgCO2, outputs["totals"]["mfg_kg"]);
    check_value("design", result.design / kgCO2, outputs["totals"]["design_kg"]);
    check_value("operational", result.operation / kgCO2, outputs["totals"]["operational_kg"]);
    check_value("total", result.total / kgCO2, outputs["totals"]["total_kg"]);
  }
}
