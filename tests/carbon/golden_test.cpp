// ACT's carbon of processed silicon, by node and abatement: its published table of nodes, every golden case,
// and our library's rows.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "carbon/carbon.h"
#include "support/golden.h"
#include "support/project.h"

using namespace marquetry;
using namespace marquetry::unit;
using Json = nlohmann::json;

namespace {

// facebookresearch/ACT, act/models/logic: EPA in kWh/cm2, GPA at 95 and 99 % abatement in g/cm2.
struct ActNode {
  double energy{}, gases{}, gases_abated{};
};
const std::map<std::string, ActNode> act_nodes{{"28nm", {0.9, 175, 100}}, {"20nm", {1.2, 190, 110}},
                                               {"14nm", {1.2, 200, 125}}, {"10nm", {1.475, 240, 150}},
                                               {"8nm", {1.52, 240, 150}}, {"7nm", {2.15, 350, 200}},
                                               {"5nm", {2.75, 430, 225}}, {"3nm", {3.25, 470, 275}}};

bool is_ours(const Json& golden) {
  return golden.contains("inputs") && golden["inputs"].contains("carbon_intensity_g_per_kWh") &&
         golden.contains("outputs");
}

NodeParameters<double> node_of(const std::string& name, double grid) {
  INFO(name);
  REQUIRE(act_nodes.contains(name));
  const auto& act = act_nodes.at(name);
  NodeParameters<double> node;
  node.fab_energy = act.energy * kWh / cm2;
  node.fab_gases = act.gases * gCO2 / cm2;
  node.fab_gases_abated = act.gases_abated * gCO2 / cm2;
  node.fab_materials = 1 * gCO2 / cm2;  // the preset has its own
  node.fab_grid = grid * gCO2 / kWh;
  return node;
}

void check_case(const Json& golden) {
  const auto quirks = find_preset("act-2022")->quirks();
  const auto& inputs = golden["inputs"];
  const double yield = inputs.value("yield_", 1.0);
  for (const auto& [name, by_abatement] : golden["outputs"].items()) {
    const auto node = node_of(name, inputs["carbon_intensity_g_per_kWh"]);
    for (const auto& [abatement, expected] : by_abatement.items()) {
      INFO(name << " " << abatement);
      REQUIRE(abatement.starts_with("GPA"));
      AssumptionParameters<double> assumptions;
      assumptions.abatement = std::stod(abatement.substr(3)) / 100;
      const auto emissions = carbon::wafer_emissions(node, assumptions, quirks).all() / yield;
      CHECK(emissions / (gCO2 / cm2) == Approx(expected.get<double>()).epsilon(1e-12));
    }
  }
}

}  // namespace

TEST_CASE("every golden case of ACT's comes out under its preset") {
  const auto folder = test::golden_folder("cost");
  if (!folder) return test::skip("no golden cases of cost");
  std::size_t seen = 0;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      if (entry.file.extension() != ".json") continue;
      const auto golden = Json::parse(std::ifstream{entry.file});
      if (!golden.is_object() || !is_ours(golden)) continue;
      INFO(entry.name);
      check_case(golden);
      ++seen;
    }
  }
  if (seen == 0) test::skip("no golden cases of ACT's");
}

TEST_CASE("ACT at 7 nm and 97 % abatement on Taiwan's grid of 2022: 2028.45 g/cm2") {
  AssumptionParameters<double> assumptions;
  assumptions.abatement = 0.97;
  CHECK(carbon::wafer_emissions(node_of("7nm", 583), assumptions, find_preset("act-2022")->quirks()).all() /
            (gCO2 / cm2) ==
        Approx(2028.45).epsilon(1e-12));
}

TEST_CASE("nodes of the library that rest on ACT have ACT's figures") {
  const auto library = test::project_library();
  std::size_t seen = 0;
  for (const auto& node : library.nodes) {
    if (node.fab_gases.origin.estimate) continue;
    const auto name = std::to_string(std::lround(node.feature.typ / nm.si())) + "nm";
    if (!act_nodes.contains(name)) continue;
    INFO(node.id);
    const auto& act = act_nodes.at(name);
    CHECK(node.fab_energy.typ == Approx((act.energy * kWh / cm2).si()));
    CHECK(node.fab_gases.typ == Approx((act.gases * gCO2 / cm2).si()));
    CHECK(node.fab_gases_abated.typ == Approx((act.gases_abated * gCO2 / cm2).si()));
    ++seen;
  }
  CHECK(seen >= 7);
}
