#include "exchange/heat_case.h"

#include <catch2/catch.hpp>

#include "config/json.h"
#include "thermal/heat.h"

using namespace marquetry;
using exchange::read_heat_case;

namespace {

const std::string hotspot = R"({"schema": "thermal-golden/1", "name": "small", "ambient": 318.15,
 "chip": {"width": 0.01, "height": 0.02},
 "package": {"t_sink": 0.0069, "s_sink": 0.06, "t_spreader": 0.001, "s_spreader": 0.03, "k_sink": 390,
             "k_spreader": 400, "p_sink": 3.4e6, "p_spreader": 3.5e6, "r_convec": 0.1, "c_convec": 140.4},
 "layers": [{"name": "die", "thickness": 0.00015, "k": 100, "c": 1.75e6, "power": true, "blocks": [
    {"name": "left", "x": 0, "y": 0, "w": 0.005, "h": 0.02, "power": 10},
    {"name": "right", "x": 0.005, "y": 0, "w": 0.005, "h": 0.02, "k": 150, "power": 4}]}],
 "grid": [32, 16], "detailed_3D": false, "dt": 0.5, "trace_scale": [1, 0, 0.5]})";

const std::string ice = R"({"schema": "thermal-golden/1", "chip_um": {"length_x": 10000, "width_y": 5000},
 "grid": {"nx": 20, "ny": 10}, "heat_sink": {"side": "bottom", "h_W_m2K": 1e5, "ambient_K": 300},
 "layers": [{"name": "si", "t": 50, "k": 130, "c": 1.6e6,
             "blocks": [{"name": "a", "x": 0, "y": 0, "w": 10000, "h": 5000, "P": 6}]}],
 "transient": {"step": 0.002, "slot": 0.02, "scale": [1, 0.5]}})";

struct Read {
  std::optional<thermal::HeatCase> made{};
  std::string said{};
};

Read read(const std::string& text) {
  Diagnostics diagnostics;
  const auto root = parse_json(text, "case.json", diagnostics);
  Read out;
  if (root) out.made = read_heat_case(*root, diagnostics);
  out.said = render_all(diagnostics);
  return out;
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), instead);
}

}  // namespace

TEST_CASE("a stack of HotSpot's: package, blocks with materials of their own, a trace and its mean") {
  const auto [made, said] = read(hotspot);
  INFO(said);
  REQUIRE(made);
  CHECK(said.empty());
  const auto& stack = made->stack;
  CHECK(stack.name == "small");
  CHECK(made->settings.rows == 32);
  CHECK(made->settings.columns == 16);
  CHECK_FALSE(made->settings.detailed);
  REQUIRE(stack.package);
  CHECK(stack.package->sink.material.across == 390);
  CHECK(stack.package->spreader.material.capacity == 3.5e6);
  const auto& blocks = stack.layers.at(0).blocks;
  CHECK_FALSE(blocks.at(0).material);
  REQUIRE(blocks.at(1).material);
  CHECK(blocks[1].material->along_x == 150);
  CHECK(blocks[1].material->capacity == 1.75e6);  // the layer's, as it has none of its own
  CHECK(blocks[0].power == 5);                    // mean of 10, 0 and 5
  REQUIRE(made->trace);
  CHECK(made->trace->interval == 0.5);
  CHECK(made->trace->powers == std::vector<std::vector<double>>{{10, 4}, {0, 0}, {5, 2}});
  CHECK(blocks[0].where.line == 6);
}

TEST_CASE("a stack of 3D-ICE's: micrometres, either side, plain means") {
  const auto [made, said] = read(ice);
  INFO(said);
  REQUIRE(made);
  CHECK(made->stack.width == Approx(0.01));
  CHECK(made->stack.height == Approx(0.005));
  CHECK(made->stack.bottom_transfer == 1e5);
  CHECK(made->stack.top_transfer == 0);
  CHECK(made->stack.layers.at(0).thickness == Approx(50e-6));
  CHECK(made->stack.layers[0].heats);
  CHECK(made->settings.columns == 20);
  CHECK(made->settings.block_mean == thermal::BlockMean::by_cells);
  CHECK(made->step == 0.002);
  REQUIRE(made->trace);
  CHECK(made->trace->interval == 0.02);
  CHECK(made->trace->powers.at(1).at(0) == 3);
}

TEST_CASE("a slab with flux and heat in its volume: figures by name, and the mean") {
  const auto made = read(R"({"schema": "thermal-golden/1", "params": {"k": 130, "L": 0.0005, "h": 5000,
    "g": 1e8, "q": 2e5, "Ta": 300}})");
  INFO(made.said);
  REQUIRE(made.made);
  const auto heat = thermal::steady(made.made->stack, made.made->settings, {.tolerance = 1e-8});
  std::map<std::string, double> by_name;
  for (const auto& block : heat.blocks)
    by_name[made.made->stack.layers[block.layer].blocks[block.block].name] = block.mean;
  // Ta + (q + g L) / h, and below it q L / k + g L^2 / 2 k.
  const double top = 300 + (2e5 + 1e8 * 5e-4) / 5000;
  CHECK(std::abs(by_name.at("T_top") - top) < 1e-7);
  CHECK(std::abs(by_name.at("T_bottom") - top - 2e5 * 5e-4 / 130 - 1e8 * 25e-8 / 260) < 1e-7);
  CHECK(std::abs(by_name.at("T_mid") - top - 2e5 * 2.5e-4 / 130 - 1e8 * 0.75 * 25e-8 / 260) < 1e-7);
  // The mean of a parabola with both: q L / 2 k + g L^2 / 3 k.
  CHECK(std::abs(heat.mean - top - 2e5 * 2.5e-4 / 130 - 1e8 * 25e-8 / 390) < 1e-7);
}

TEST_CASE("what is wrong with a heat case is said with its place") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {with(hotspot, "\"thermal-golden/1\"", "\"thermal/7\""),
       "case.json:1:12: error: no schema \"thermal/7\" of heat cases is known"},
      {with(hotspot, "\"schema\": \"thermal-golden/1\", ", ""), "missing key 'schema'"},
      {with(hotspot, "\"thickness\": 0.00015, ", ""), "layer 'die': missing key 'thickness' (m)"},
      {with(hotspot, "\"w\": 0.005", "\"w\": \"wide\""),
       "layer 'die', block 'left': 'w' must be a number, but it is a text"},
      {with(hotspot, "\"k\": 150", "\"k\": -150"),
       "layer 'die', block 'right': 'k' = -150 must lie between 0 and"},
      {with(hotspot, "\"power\": 10", "\"power\": NaN"), "case.json:6"},
      {with(hotspot, "[32, 16]", "[32]"), "'grid' must be [rows, columns]"},
      {with(hotspot, "[32, 16]", "[32, 0]"), "'grid' = 0 must lie between 1 and 4096"},
      {with(hotspot, "[1, 0, 0.5]", "[]"), "'trace_scale' is empty"},
      {with(hotspot, "\"dt\": 0.5, ", ""), "missing key 'dt'"},
      {with(hotspot, "\"r_convec\": 0.1, ", ""), "'package': missing key 'r_convec'"},
      {with(hotspot, "\"chip\"", "\"chips\""), "the case has none of 'chip'"},
      {with(ice, "\"bottom\"", "\"left\""), "'heat_sink': no side 'left'"},
      {with(ice, "\"P\": 6", "\"Q\": 6"), "layer 'si', block 'a': missing key 'P' (W)"},
      {R"({"schema": "thermal-golden/1", "params": {"x": 1}})", "'params' describe no known slab"},
      {R"({"schema": "thermal-golden/1", "params": {"k": 130, "h": 5000, "q": 1, "Ta": 300}})",
       "missing key 'L'"},
  };
  for (const auto& [text, message] : rows) {
    const auto [made, said] = read(text);
    CHECK_FALSE(made);
    CHECK_THAT(said, Catch::Contains(message));
  }
}

TEST_CASE("keys that nobody reads are warned of, with what they may have meant") {
  const auto [made, said] = read(with(hotspot, "\"detailed_3D\"", "\"detailed_3d\""));
  CHECK(made);
  CHECK_THAT(said, Catch::Contains("warning: the case: unknown key 'detailed_3d' is not read") &&
                       Catch::Contains("did you mean 'detailed_3D'?"));
}
