// Dies on a wafer as the published peers count them, against what their programs print: every case of the
// golden folder that says how many dies a wafer gives.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "support/golden.h"
#include "wafer/catch_rows.h"
#include "wafer/closed_forms.h"

using namespace marquetry;
using nlohmann::json;

namespace {

// CATCH: a tree of chips with names of wafer processes; the figures stand root first, depth first.
void list_chips(const json& chip, std::vector<json>& all) {
  all.push_back(chip);
  if (!chip.contains("children")) return;
  for (const auto& child : chip["children"]) list_chips(child, all);
}

int check_catch(const json& golden) {
  std::map<std::string, json> processes;
  for (const auto& process : golden["inputs"]["wafer_processes"]) processes[process["name"]] = process;
  std::vector<json> chips;
  list_chips(golden["inputs"]["system"], chips);
  const auto& figures = golden["outputs"]["chips"];
  REQUIRE(chips.size() == figures.size());
  int compared = 0;
  for (std::size_t i = 0; i < chips.size(); ++i) {
    if (!figures[i].contains("dies_per_wafer")) continue;
    const auto& process = processes.at(chips[i]["wafer_process"]);
    const double radius =
        process["wafer_diameter_mm"].get<double>() / 2 - process["edge_exclusion_mm"].get<double>();
    CHECK(wafer::catch_dies(figures[i]["x_mm"], figures[i]["y_mm"], process["dicing_distance_mm"], radius) ==
          figures[i]["dies_per_wafer"]);
    ++compared;
  }
  return compared;
}

int check_actuary(const json& golden) {
  std::map<std::string, json> nodes;
  for (const auto& node : golden["inputs"]["node_params"]) nodes[node["node_nm"]] = node;
  int compared = 0;
  for (const auto& chip : golden["outputs"]["chips"]) {
    if (!chip.contains("dies_per_wafer")) continue;  // a dummy
    const auto& node = nodes.at(chip["node_nm"]);
    const double radius = node["wafer_diameter_mm"].get<double>() / 2 - node["edge_loss_mm"].get<double>();
    const double dies =
        wafer::actuary_dies(chip["area_mm2"].get<double>(), node["scribe_lane_mm"].get<double>(), radius);
    CHECK(dies == Approx(chip["dies_per_wafer"].get<double>()).epsilon(1e-12));
    ++compared;
  }
  return compared;
}

int check_ecochip(const json& golden) {
  int compared = 0;
  for (const auto& die : golden["outputs"]["dies"]) {
    if (!die.contains("dies_per_wafer_450mm")) continue;
    const double dies = wafer::de_vries_dies(die["area_scaled_mm2"].get<double>(), 450.0);
    CHECK(dies == Approx(die["dies_per_wafer_450mm"].get<double>()).epsilon(1e-12));
    ++compared;
  }
  return compared;
}

// By what a case holds, not by its name.
int check_case(const json& golden) {
  if (!golden.is_object() || !golden.contains("inputs") || !golden.contains("outputs")) return 0;
  const auto& inputs = golden["inputs"];
  const auto& outputs = golden["outputs"];
  if (inputs.contains("wafer_processes")) return check_catch(golden);
  if (inputs.contains("node_params") && outputs.contains("chips")) return check_actuary(golden);
  if (inputs.contains("architecture") && outputs.contains("dies")) return check_ecochip(golden);
  return 0;
}

}  // namespace

TEST_CASE("golden: the peers' dies per wafer come out, CATCH's to the die") {
  const auto folder = test::golden_folder("cost");
  if (!folder) return test::skip("no golden cases of cost");
  int compared = 0;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      if (entry.file.extension() != ".json") continue;
      CAPTURE(entry.file);
      std::ifstream file{entry.file};
      compared += check_case(json::parse(file));
    }
  }
  CHECK(compared > 0);
}
