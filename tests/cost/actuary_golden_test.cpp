// The preset actuary-2022 against what Chiplet Actuary itself prints: every case that describes a package by
// its chips. Our models compute, with the peer's quirks on; nothing of the peer is written again here.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "actuary_system.h"
#include "cost/carrier.h"
#include "cost/nre.h"
#include "cost/wafer.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::unit;
using nlohmann::json;

namespace {

test::ActuaryNode node_of(const json& n) {
  return {n["wafer_cost_usd"],    n["defect_density_per_cm2"], n["critical_level"],
          n["wafer_diameter_mm"], n["module_nre_usd_per_mm2"], n["chip_nre_usd_per_mm2"],
          n["chip_nre_fixed_usd"]};
}

PackagingParameters<double> packaging_of(const json& inputs) {
  const auto& all = inputs["package_params"];
  const auto& os = all["OS"];
  const test::ActuarySubstrate substrate{os["area_scale"],      os["re_usd_per_mm2"],
                                         os["bonding_yield"],   os["c4_bump_usd_per_mm2"],
                                         os["nre_usd_per_mm2"], os["nre_fixed_usd"]};
  const std::string kind = inputs["packaging"];
  if (kind == "OS") return test::actuary_organic(substrate);
  const auto& p = all[kind];
  const bool first = inputs["chip_last"].is_number() && inputs["chip_last"] == 0;
  return test::actuary_advanced(
      substrate,
      {p["area_scale"], p["bonding_yield"], p["u_bump_usd_per_mm2"], p["wafer_cost_usd"],
       p["defect_density_per_cm2"], p["critical_level"], p["nre_usd_per_mm2"], p["nre_fixed_usd"]},
      kind == "FO" ? 1 : 0, first ? 1 : 0);
}

// Names as rows, in the order in which they occur; from 1.
struct Rows {
  std::map<std::string, std::size_t> known{};
  std::size_t operator()(const std::string& name) {
    return known.try_emplace(name, known.size() + 1).first->second;
  }
};

System<double> system_of(const json& golden) {
  const auto& inputs = golden["inputs"];
  std::map<std::string, test::ActuaryNode> nodes;
  for (const auto& node : inputs["node_params"]) nodes[node["node_nm"]] = node_of(node);
  Rows node_rows, module_rows;
  std::vector<Die<double>> dies;
  // Node and modules of a chip stand with its figures.
  for (const auto& chip : golden["outputs"]["chips"]) {
    if (!chip.contains("node_nm")) {
      dies.push_back(test::actuary_dummy(chip["area_mm2"], chip["count"]));
      continue;
    }
    const std::string node = chip["node_nm"];
    auto die = test::actuary_die(chip["name"], chip["area_mm2"], chip["count"],
                                 test::actuary_node(nodes.at(node)), node_rows(node));
    for (const auto& module : chip["modules"]) {
      const double area = module["module_nre_usd"].get<double>() / nodes.at(node).module_usd_per_mm2;
      die.modules.push_back(test::actuary_module(area, module_rows(module["name"])));
    }
    dies.push_back(std::move(die));
  }
  auto system = test::actuary_system(std::move(dies), packaging_of(inputs), nodes.begin()->second);
  if (inputs["volume"].is_number()) system.volume = inputs["volume"];
  return system;
}

struct Compare {
  const json& expected;
  void operator()(const std::string& key, double ours) const {
    if (!expected.contains(key) || !expected[key].is_number()) return;
    INFO(key);
    CHECK(ours == Approx(expected[key].get<double>()).epsilon(1e-12));
  }
};

void compare_chips(const json& golden, const System<double>& system, const test::Costed& c) {
  const auto& chips = golden["outputs"]["chips"];
  for (std::size_t d = 0; d < chips.size(); ++d) {
    INFO("chip " << chips[d]["name"]);
    const Compare same{chips[d]};
    const auto& die = c.dies[d];
    same("dies_per_wafer", die.gross);
    same("die_yield", die.yield);
    same("kgd_per_wafer", die.gross * die.yield);
    same("raw_die_cost_usd", die.raw / USD);
    same("kgd_cost_usd", die.known_good / USD);
    same("defect_cost_usd", (die.known_good - die.raw) / USD);
    same("chip_nre_usd", cost::die_nre(system, d, c.outlines[d]) / USD);
    if (!chips[d].contains("modules")) continue;
    for (std::size_t m = 0; m < chips[d]["modules"].size(); ++m) {
      Compare{chips[d]["modules"][m]}("module_nre_usd", cost::module_nre(system, d, m) / USD);
    }
  }
}

void compare_package(const json& golden, const System<double>& system, const test::Costed& c) {
  const auto& outputs = golden["outputs"];
  const auto models = test::actuary_models();
  const auto& u = c.unit;
  const auto carrier = cost::carrier_of(system, c.area, models);
  const bool advanced = system.packaging.carrier_factor > 0;
  double bonds = 1;
  for (std::size_t d = 0; d < system.dies.size(); ++d)
    bonds *= std::pow(u.bonds[d].yield, system.dies[d].count);

  const Compare same{outputs};
  same("package_area_mm2", c.area.substrate / mm2);
  same("total_die_area_mm2", c.area.silicon / mm2);
  same("package_nre_usd", cost::package_nre(system, c.area, models.quirks) / USD);
  const Money<> raw_package = advanced ? carrier.raw + u.substrate : u.substrate;
  const Money<> raw_chips = u.silicon + u.bumps;
  const Money<> defect_package = u.recurring - raw_package - raw_chips - u.bad_dies - u.scrap_dies;
  same("raw_package_usd", raw_package / USD);
  const Compare recurring{outputs["RE"]};
  recurring("raw_chips_incl_bumps", raw_chips / USD);
  recurring("defect_chips", u.bad_dies / USD);
  recurring("raw_package", raw_package / USD);
  recurring("defect_package", defect_package / USD);
  recurring("wasted_kgd", u.scrap_dies / USD);
  recurring("total", u.recurring / USD);
  same("cost_chips_usd", (raw_chips + u.bad_dies) / USD);
  same("cost_package_usd", (raw_package + defect_package + u.scrap_dies) / USD);
  same("cost_total_usd", u.recurring / USD);
  if (!advanced) same("bonding_yield_total", bonds);
  same("interposer_area_mm2", c.area.carrier / mm2);
  same("interposers_per_wafer",
       system.packaging.carrier_price / (carrier.raw - c.area.carrier * system.packaging.carrier_bump_price));
  same("interposer_yield_y1", carrier.yield);
  if (system.packaging.chip_first == 0) same("bonding_yield_y2", bonds);
  same("substrate_yield_y3", system.packaging.assembly_yield);
  same("interposer_cost_usd", carrier.raw / USD);
  same("substrate_cost_usd", u.substrate / USD);
  if (!outputs.contains("nre_per_unit_usd")) return;
  const Compare nre{outputs["nre_per_unit_usd"]};
  Money<> chips{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    chips += cost::die_nre(system, d, c.outlines[d]);
  }
  nre("module", cost::modules_nre<double>(system, c.outlines) / system.volume / USD);
  nre("chip", chips / system.volume / USD);
  nre("package", cost::package_nre(system, c.area, models.quirks) / system.volume / USD);
  same("total_with_nre_usd", u.unit / USD);
}

}  // namespace

TEST_CASE("actuary-2022 gives what Chiplet Actuary prints, figure by figure") {
  const auto folder = test::golden_folder("cost");
  if (!folder) return test::skip("the golden cases of cost are not here");
  int cases = 0;
  for (const auto& index : test::golden_indices(*folder)) {
    for (const auto& entry : index.cases) {
      if (entry.file.extension() != ".json") continue;
      std::ifstream in{entry.file};
      REQUIRE(in);
      const auto golden = json::parse(in);
      if (!golden.is_object() || golden.value("peer", "").find("Actuary") == std::string::npos) continue;
      if (!golden.contains("outputs")) continue;  // a family: see actuary_tables_test.cpp
      INFO(entry.name);
      const auto system = system_of(golden);
      const auto costed = test::costed(system, test::actuary_models());
      compare_chips(golden, system, costed);
      compare_package(golden, system, costed);
      ++cases;
    }
  }
  if (cases == 0) test::skip("no case of Chiplet Actuary is here");
}
