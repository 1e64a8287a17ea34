#include <catch2/catch.hpp>
#include <filesystem>

#include "config/json.h"
#include "exchange/layout_case.h"
#include "layout/layout.h"
#include "support/golden.h"

namespace marquetry::exchange {
namespace {

std::optional<layout::Problem> read(std::string_view text, Setting setting, Diagnostics& diagnostics) {
  const auto root = parse_json(text, "case.json", diagnostics);
  return root ? read_layout_case(*root, setting, diagnostics) : std::nullopt;
}

constexpr std::string_view floorplan = R"({"name": "two", "unit": "um", "kind": "hard",
 "blocks": [{"name": "a", "w": 30, "h": 10}, {"name": "b", "area": 100, "ar_min": 0.25, "ar_max": 4}],
 "terminals": [{"name": "p", "x": 20, "y": 10}], "terminal_frame": {"w": 20, "h": 20},
 "nets": [["a", "b"], [["a", 50, -50], "p"], ["p"]]})";

TEST_CASE(
    "a scaled floorplan has its terminals on 1.1 times its area, its blocks fill 90 %, pins at centres") {
  Diagnostics diagnostics;
  const auto problem = read(floorplan, Setting::scaled, diagnostics);
  REQUIRE(problem);
  // Terminals on sqrt(1.1 * 400) um = 20.976 um, the blocks in sqrt(400 / 0.9) um = 21.081 um.
  CHECK(problem->carrier.fixed == layout::Size{21081, 21081});
  CHECK(problem->terminals.at(0) == layout::Point{20976, 10488});
  REQUIRE(problem->nets.size() == 2);  // a net of one pin has no length
  CHECK(problem->nets[1].pins[0].at_centre);
  CHECK(problem->dies[1].soft->area == 100e6);
  CHECK(problem->dies[1].size == layout::Size{10000, 10000});
}

TEST_CASE("a native floorplan keeps its terminals and the offsets of its pins") {
  Diagnostics diagnostics;
  const auto problem = read(floorplan, Setting::native, diagnostics);
  REQUIRE(problem);
  CHECK(problem->carrier.fixed == layout::Size{20000, 20000});
  CHECK(problem->terminals.at(0) == layout::Point{20000, 10000});
  CHECK(problem->nets[1].pins[0].at == layout::Point{30000, 0});  // right, and at the bottom
  CHECK_FALSE(problem->nets[1].pins[0].at_centre);
}

TEST_CASE("a thermal stack is the section of the package, the last two layers its spreader and sink") {
  Diagnostics diagnostics;
  const auto with_stack = [&](const std::string& layers) {
    return read(R"({"name": "p", "unit": "mm", "interposer": {"w": 50, "h": 40}, "ambient_C": 40,
      "dies": [{"name": "x", "w": 10, "h": 5, "power_W": 7}], "thermal_stack": [)" +
                    layers + "]}",
                Setting::scaled, diagnostics);
  };
  const std::string below = R"({"layer": "bumps", "thickness_m": 1e-4, "rho_mK_per_W": 9},)",
                    dies = R"({"layer": "dies", "thickness_m": 2e-4, "rho_die_and_ring_mK_per_W": 0.01,
                              "rho_elsewhere_mK_per_W": 1.25},)",
                    paste = R"({"layer": "paste", "thickness_m": 2e-5, "rho_mK_per_W": 0.25},)",
                    lid = R"({"layer": "lid", "thickness_m": 0.001, "side_m": 0.1, "k_W_per_mK": 200},)",
                    sink = R"({"layer": "sink", "thickness_m": 0.003, "side_m": 0.2, "k_W_per_mK": 400,
                              "r_convec_K_per_W": 0.01})";
  const auto problem = with_stack(below + dies + paste + lid + sink);
  REQUIRE(problem);
  const auto& section = problem->section.value();
  REQUIRE(section.layers.size() == 3);
  CHECK(section.layers[0].name == "bumps");
  CHECK(section.layers[0].extent == layout::Extent::carrier);
  CHECK(section.layers[0].material.across == Approx(1 / 9.0));
  CHECK_FALSE(section.layers[0].heats);
  CHECK(section.layers[1].extent == layout::Extent::dies);
  CHECK(section.layers[1].heats);
  CHECK(section.layers[1].thickness == 2e-4);
  CHECK(section.layers[1].material.along_x == Approx(100));
  CHECK(section.layers[1].filler.along_x == Approx(0.8));
  CHECK(section.layers[2].material.along_y == Approx(4));
  REQUIRE(section.package);
  CHECK(section.package->spreader.side == 0.1);
  CHECK(section.package->spreader.thickness == 0.001);
  CHECK(section.package->sink.material.across == Approx(400));
  CHECK(section.package->convection == 0.01);
  CHECK(diagnostics.ok());
  const auto one = with_stack(dies + sink);  // half of the one plate spreads, half is the sink
  REQUIRE(one);
  CHECK(one->section->package->spreader.thickness == 0.0015);
  CHECK(one->section->package->sink.side == 0.2);
  CHECK_FALSE(with_stack(paste + lid + sink));
  CHECK_FALSE(with_stack(dies + lid + paste + sink));  // nothing lies on the plates
  CHECK(render_all(diagnostics).find("'thermal_stack' needs a layer of dies") != std::string::npos);
}

TEST_CASE("a package counts the wires of both directions, and halves the ring to find its clumps") {
  Diagnostics diagnostics;
  const auto problem = read(R"({"name": "p", "unit": "mm", "interposer": {"w": 50, "h": 40},
    "edge_margin_mm": 0.5, "min_gap_mm": 0, "ambient_C": 40,
    "dies": [{"name": "x", "w": 10, "h": 5, "power_W": 7, "ubump_ring_mm": 0.09,
              "clump_capacity_wires": {"left_right": 100, "top_bottom": 200}},
             {"name": "y", "w": 4, "h": 4, "ubump_ring_mm": 0.135}],
    "links": [{"a": 0, "b": 1, "wires": 64}], "nets": [[[0, 50, 0], [1, -25, 25]]]})",
                            Setting::scaled, diagnostics);
  REQUIRE(problem);
  CHECK(problem->carrier.fixed == layout::Size{50'000'000, 40'000'000});
  CHECK(problem->edge == 410'000);  // with the ring of 0.09 mm the margin of 0.5 mm
  CHECK(problem->links[0].wires == 128);
  CHECK((*problem->dies[0].clumps)[index(layout::Side::left)].capacity == 100);
  CHECK((*problem->dies[0].clumps)[index(layout::Side::top)].capacity == 200);
  CHECK((*problem->dies[0].clumps)[index(layout::Side::top)].outside == 45'000);
  CHECK(problem->nets[0].pins[1].at == layout::Point{1'000'000, 3'000'000});
  CHECK(problem->ambient == 40);
}

TEST_CASE("what is wrong with a case is said with its place, all of it at once") {
  Diagnostics diagnostics;
  CHECK_FALSE(read(
      "{\"blocks\": [{\"name\": \"a\", \"w\": 0, \"h\": 10},\n {\"name\": \"a\", \"w\": -3, \"h\": 1}],\n"
      " \"nets\": [[\"a\", \"c\"]]}",
      Setting::scaled, diagnostics));
  const auto text = render_all(diagnostics);
  INFO(text);
  CHECK(text.find("case.json:1:32: error: block 0: 'w' is zero") != std::string::npos);
  CHECK(text.find("case.json:2:21: error: block 1: 'w' = -3 must lie between 0 and") != std::string::npos);
  CHECK(text.find("the name 'a' stands twice") != std::string::npos);
  CHECK(text.find("case.json:3:17: error: no block or terminal 'c'") != std::string::npos);
}

TEST_CASE("links to dies that are not there, and cases of no known kind, are refused") {
  Diagnostics diagnostics;
  CHECK_FALSE(read(R"({"unit": "mm", "dies": [{"w": 1, "h": 1}], "links": [{"a": 0, "b": 1, "wires": 3}]})",
                   Setting::scaled, diagnostics));
  CHECK(render_all(diagnostics).find("index, from 0 to 0, not 1") != std::string::npos);
  Diagnostics others;
  CHECK_FALSE(read("[]", Setting::scaled, others));
  CHECK_FALSE(read(R"({"blocks": [], "io_types": {}})", Setting::scaled, others));
  CHECK_FALSE(read(R"({"blocks": []})", Setting::scaled, others));
  CHECK(others.errors() == 3);
}

TEST_CASE("every layout case of the benchmarks can be read, in every setting") {
  const auto folder = test::bench_folder("layout");
  if (!folder) return test::skip("no layout benchmarks");
  for (const auto& entry : std::filesystem::recursive_directory_iterator{*folder}) {
    if (entry.path().extension() != ".json" || entry.path().filename() == "manifest.json") continue;
    Diagnostics diagnostics;
    const auto root = parse_json_file(entry.path(), diagnostics);
    REQUIRE(root);
    if (find(*root, "io_types") != nullptr) continue;
    for (const auto setting : {Setting::scaled, Setting::native, Setting::free}) {
      INFO(entry.path() << "\n" << render_all(diagnostics));
      const auto problem = read_layout_case(*root, setting, diagnostics);
      REQUIRE(problem);
      CHECK(!problem->dies.empty());
      CHECK(!(problem->nets.empty() && problem->links.empty()));
    }
  }
}

}  // namespace
}  // namespace marquetry::exchange
