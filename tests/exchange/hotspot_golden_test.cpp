// Every golden case of HotSpot 7, written as HotSpot's files and read again: its printed temperatures.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "exchange/heat_case.h"
#include "exchange/hotspot/read.h"
#include "exchange/hotspot/write.h"
#include "support/folder.h"
#include "support/golden.h"
#include "thermal/check.h"
#include "thermal/heat.h"

using namespace marquetry;
using nlohmann::json;
using thermal::Model;

namespace {

// Units that fill gaps stand behind a layer's own.
double largest_error(const thermal::Heat& heat, const thermal::Stack& stack, const json& layers) {
  double most = 0;
  std::size_t found = 0, wanted = 0;
  for (const auto& layer : layers) wanted += layer.size();
  for (const auto& t : heat.blocks) {
    const auto& name = stack.layers[t.layer].blocks[t.block].name;
    const auto& layer = layers.at(t.layer);
    if (!layer.contains(name)) continue;
    most = std::max(most, std::abs(t.mean - layer.at(name).get<double>()));
    ++found;
  }
  CHECK(found == wanted);
  return most;
}

}  // namespace

TEST_CASE("golden cases written as HotSpot's files have its temperatures when they are read again") {
  const auto golden = test::golden_folder("thermal");
  if (!golden) return test::skip("no golden cases of heat");
  int compared = 0;
  for (const auto& index : test::golden_indices(*golden)) {
    for (const auto& one : index.cases) {
      std::ifstream in{one.file};
      const auto want = json::parse(in);
      if (!want.contains("results_hotspot7")) continue;
      INFO(one.name);
      Diagnostics diagnostics;
      const auto heat = exchange::load_heat_case(one.file, diagnostics);
      REQUIRE(heat);
      const test::Folder folder;
      const auto files = exchange::write_hotspot(*heat, folder.path() / "out.config", diagnostics);
      INFO(render_all(diagnostics));
      REQUIRE_FALSE(files.empty());
      for (const auto model : {Model::hotspot7, Model::physical}) {
        const auto* key = model == Model::hotspot7 ? "results_hotspot7" : "results_physical";
        if (!want.contains(key) || !want.at(key).contains("block_T_K")) continue;
        // The files fill gaps with units, and HotSpot mixes what units have of a cell.
        Diagnostics gaps;
        thermal::check(heat->stack, gaps, thermal::Gaps::warned);
        if (model == Model::hotspot7 && !render_all(gaps).empty()) continue;
        const auto again = exchange::load_hotspot({.config = files[0]}, model, diagnostics);
        INFO(render_all(diagnostics));
        REQUIRE(again);
        const auto result =
            thermal::steady(again->stack, again->settings, {.tolerance = 1e-5, .certify = false});
        // HotSpot prints 1e-6 K; the solve's error is added.
        CHECK(largest_error(result, again->stack, want.at(key).at("block_T_K")) < 2e-5);
        ++compared;
      }
      if (!heat->trace) continue;
      const auto again = exchange::load_hotspot({.config = files[0]}, Model::hotspot7, diagnostics);
      REQUIRE(again);
      CHECK(again->trace->powers.size() == heat->trace->powers.size());
      CHECK(again->trace->interval == heat->trace->interval);
    }
  }
  CHECK(compared > 0);
}
