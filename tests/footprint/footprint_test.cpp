// Carbon of typed blocks: on paper, against the peer's published figures, and what each of its quirks does.
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "config/parse.h"
#include "footprint/evaluate.h"
#include "footprint/floorplan.h"
#include "footprint/load.h"

using namespace marquetry;
using namespace marquetry::unit;
using footprint::BlockType;
using footprint::Footprint;
using footprint::PackageType;

namespace {

// NVIDIA GA102 as ECO-CHIP has it (testcases/GA102): logic in `parts` dies at 7 nm, analog at 10, SRAM at 14
// nm.
Footprint ga102(PackageType package, int parts = 1) {
  Footprint f{.name = "ga102", .package = package};
  const auto add = [&f](std::string name, BlockType type, double area, int node) {
    f.blocks.push_back(
        {.name = name, .type = type, .area = area * mm2, .node = footprint::find_node(node), .die = name});
  };
  for (int i = 0; i < parts; ++i) add("gpu" + std::to_string(i), BlockType::logic, 425.01 / parts, 7);
  add("analog", BlockType::analog, 92.03, 10);
  add("memory", BlockType::sram, 58.78, 14);
  f.design = {225 * W, 100, 1e5, 8, 10 * W, 700 * gCO2 / kWh};
  f.use.lifetime = 17520 * h;
  f.packaging = {footprint::find_node(65), 6, 5, 8, 0.025 * mm, 0.005 * mm, 10 * mm};
  return f;
}

Footprint monolithic() {
  auto f = ga102(PackageType::rdl);
  f.blocks.resize(1);
  f.blocks[0].area = 575.82 * mm2;
  return f;
}

// All packages, one die, one die of several blocks, one beyond the reticle.
std::vector<Footprint> systems() {
  std::vector<Footprint> all{monolithic()};
  for (const auto package : {PackageType::rdl, PackageType::emib, PackageType::passive, PackageType::active,
                             PackageType::stacked}) {
    all.push_back(ga102(package));
  }
  auto shared = ga102(PackageType::rdl);
  for (auto& block : shared.blocks) {
    block.node = footprint::find_node(7);
    block.die = "soc";
  }
  all.push_back(shared);
  auto huge = ga102(PackageType::rdl);
  huge.blocks[0].node = footprint::find_node(14);
  all.push_back(huge);
  return all;
}

bool same(const footprint::Result& a, const footprint::Result& b) {
  return a.total == b.total && a.manufacturing == b.manufacturing && a.beyond_reticle == b.beyond_reticle &&
         a.dies.size() == b.dies.size();
}

bool any_differs(const Quirks& a, const Quirks& b) {
  for (const auto& f : systems()) {
    if (!same(footprint::evaluate(f, a), footprint::evaluate(f, b))) return true;
  }
  return false;
}

const Quirks peer = find_preset("ecochip-2024")->quirks();

}  // namespace

TEST_CASE("ECO-CHIP's GA102: 47.46 kg in one die, 22.15 kg with its logic in four, under its preset") {
  CHECK(footprint::evaluate(monolithic(), peer).manufacturing / kgCO2 ==
        Approx(47.45945666431451).epsilon(1e-12));
  CHECK(footprint::evaluate(ga102(PackageType::rdl, 4), peer).manufacturing / kgCO2 ==
        Approx(22.15).epsilon(2e-4));
}

TEST_CASE("each quirk of ECO-CHIP's changes a figure, with the others on and without them") {
  for (std::size_t i = 0; i < quirk_rows.size(); ++i) {
    if (!find_preset("ecochip-2024")->owns(quirk_rows[i])) continue;
    INFO(quirk_rows[i].id);
    CHECK(any_differs(peer, peer.without(i)));
    CHECK(any_differs(Quirks{}, Quirks{}.with(i)));
  }
}

TEST_CASE("a die bears its share of the wafer, over the good ones") {
  auto f = monolithic();
  f.blocks[0].area = 100 * mm2;
  f.packaging.rdl_layers = 0;
  const auto result = footprint::evaluate(f, {});
  const auto& die = result.dies[0];
  // (1 + 0.09 x 1 / 10)^-10
  CHECK(die.yield == Approx(std::pow(1.009, -10)));
  CHECK(die.per_wafer == std::floor(die.per_wafer));
  CHECK(die.per_wafer > 550);
  CHECK(die.per_wafer < 640);
  const double wafer = std::numbers::pi * 150 * 150 * 26.13;  // g
  CHECK(die.manufacturing / gCO2 == Approx(wafer / die.per_wafer / die.yield));
  // No layers of RDL; the one bond loses 1 die of 100.
  CHECK(result.manufacturing / gCO2 == Approx(wafer / die.per_wafer / die.yield / 0.99));
  // 100 mm2 x 82.86e6 / 8 gates over 3645.8333 an hour, 10 W, 700 g, 100 times for 1e5 units
  CHECK(die.design / gCO2 == Approx(100 * 82.86e6 / 8 / 3645.8333 * 0.01 * 700 * 100 / 1e5));
  // 225 W, on 0.667, 0.1 of it, dynamic share 0.164167 at 0.2
  CHECK(die.operation / gCO2 ==
        Approx(225 * 0.667 * 0.1 * (0.164167 * 0.2 + (1 - 0.164167)) * 17520 / 1000 * 700));
}

TEST_CASE("blocks on one die yield as one, and need no router") {
  auto f = ga102(PackageType::rdl);
  for (auto& block : f.blocks) {
    block.node = footprint::find_node(7);
    block.die = "soc";
  }
  const auto result = footprint::evaluate(f, {});
  REQUIRE(result.dies.size() == 1);
  CHECK(result.dies[0].area / mm2 == Approx(575.82));
  CHECK(result.package.routers.si() == 0);
}

TEST_CASE("a larger die never has less carbon") {
  double before = 0;
  for (double area = 10; area < 800; area += 10) {
    auto f = monolithic();
    f.blocks[0].area = area * mm2;
    const double made = footprint::evaluate(f, {}).dies[0].manufacturing / kgCO2;
    CHECK(made > before);
    before = made;
  }
}

TEST_CASE("two equal dies stand side by side with a gap, and one bridge for each begun 10 mm of edge") {
  // 50 mm2, twice as long as wide: 5 x 10 mm. Across the cut in x their long sides lie along y.
  const auto extent = footprint::recursive_floorplan({{50, 2}, {50, 2}}, 10);
  CHECK(extent.x == 10.5);
  CHECK(extent.y == 10);
  CHECK(extent.interfaces == 1);
  const auto squares = footprint::recursive_floorplan({{144, 1}, {144, 1}, {144, 1}, {144, 1}}, 10);
  CHECK(squares.x == 24.5);
  CHECK(squares.y == 24.5);
  CHECK(squares.interfaces == 2 + 2 + 3);
}

TEST_CASE("dies beyond the wafer and beyond the reticle are told apart") {
  auto f = monolithic();
  f.blocks[0].area = 900 * mm2;
  auto result = footprint::evaluate(f, {});
  CHECK(result.beyond_reticle == std::vector<std::size_t>{0});
  CHECK(result.beyond_wafer.empty());
  f.blocks[0].area = 80'000 * mm2;
  CHECK(footprint::evaluate(f, {}).beyond_wafer == std::vector<std::size_t>{0});
  CHECK(footprint::evaluate(f, peer).beyond_wafer == std::vector<std::size_t>{0});
}

TEST_CASE("a footprint reads back as it was written") {
  auto f = ga102(PackageType::stacked, 3);
  f.blocks[0].aspect = f.blocks[1].aspect = 1.5;
  f.blocks[1].die = f.blocks[0].name;
  f.blocks[2].name = f.blocks[2].die = "a \"dot. and\ttab\"";
  Diagnostics diagnostics;
  const auto text = footprint::to_toml(f);
  const auto root = parse_text(text, "f.toml", diagnostics);
  REQUIRE(root);
  const auto again = footprint::read(*root, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(again);
  CHECK(footprint::to_toml(*again) == text);
  CHECK(again->blocks[2].name == f.blocks[2].name);
  CHECK(footprint::evaluate(*again, {}).total / kgCO2 ==
        Approx(footprint::evaluate(f, {}).total / kgCO2).epsilon(1e-14));
}

TEST_CASE("every fault of a footprint is told, with its place") {
  Diagnostics diagnostics;
  auto text = footprint::to_toml(ga102(PackageType::rdl));
  const auto replace = [&text](const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  replace("\"RDL\"", "\"RLD\"");
  replace("node = \"7 nm\"", "node = \"8 nm\"");
  replace("type = \"analog\"", "type = \"analogue\"");
  replace("58.78 mm2", "0 mm2");
  replace("volume = 1e+05", "volume = 0");
  replace("bond_yield = 0.99", "bond_yield = 1.1");
  replace("tsv_size", "tsv_sise");
  const auto root = parse_text(text, "f.toml", diagnostics);
  REQUIRE(root);
  CHECK_FALSE(footprint::read(*root, diagnostics));
  std::vector<std::string> told;
  for (const auto& d : diagnostics.all()) {
    told.push_back(std::to_string(d.where.line) + ": " + d.message + (d.hint.empty() ? "" : " | " + d.hint));
  }
  CHECK(told == std::vector<std::string>{
                    "5: 'package' cannot be \"RLD\" | did you mean 'RDL'?",
                    "10: 8 nm is no node of ECO-CHIP's tables | known: 7 nm, 10 nm, 14 nm, 22 nm, 28 nm",
                    "13: 'type' cannot be \"analogue\" | did you mean 'analog'?",
                    "19: 'area' is \"0 mm2\", but it must be above 0",
                    "25: 'volume' is 0, but it must be above 0",
                    "36: [footprint.packaging]: missing key 'tsv_size'",
                    "44: 'bond_yield' is 1.1, but it must be above 0 and at most 1",
                    "42: [footprint.packaging]: unknown key 'tsv_sise' | did you mean 'tsv_size'?",
                });
}
