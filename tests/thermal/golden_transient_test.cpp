// Every golden case with a trace, in the mode of the tool it comes from and converged in time.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "thermal/golden.h"
#include "thermal/transient.h"

namespace {

using namespace marquetry;
using namespace marquetry::thermal;

// Largest difference of a block's mean over all intervals; names may stand in several layers, and the tools
// print layer after layer.
double off(const HeatCase& heat, const Transient& ours, const nlohmann::ordered_json& theirs) {
  REQUIRE(ours.arrival == Arrival::finished);
  std::map<std::string, std::size_t> place;
  std::size_t number = 0;
  for (const auto& layer : heat.stack.layers)
    for (const auto& block : layer.blocks) {
      if (layer.heats) place.emplace(block.name, number);
      ++number;
    }
  const auto& names = theirs.at("names");
  const auto& rows = theirs.at("T_K");
  REQUIRE(rows.size() == ours.blocks.size());
  double worst = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t n = 0; n < names.size(); ++n) {
      REQUIRE(place.contains(names[n]));
      const double difference =
          std::abs(ours.blocks[i][place.at(names[n])].mean - rows[i].at(n).get<double>());
      if (!(difference <= worst)) worst = difference;
    }
  return worst;
}

}  // namespace

TEST_CASE("golden transients: hotspot7 within 0.2 K, physical within 0.02 K, 3D-ICE within 0.02 K") {
  const auto goldens = test::heat_goldens();
  if (goldens.empty()) return test::skip("no golden cases");
  std::size_t count = 0;
  for (const auto& golden : goldens) {
    if (!golden.heat.trace) continue;
    INFO(golden.name);
    auto heat = golden.heat;
    const auto& json = golden.json;
    if (json.contains("results_hotspot7") && json["results_hotspot7"].contains("transient")) {
      heat.settings.model = Model::hotspot7;
      const auto out = transient(heat.stack, heat.settings, *heat.trace, march_of(heat));
      CHECK(out.steps == heat.trace->powers.size());
      CHECK(off(heat, out, json["results_hotspot7"]["transient"]) <= 0.2);
      ++count;
    }
    if (json.contains("results_physical") && json["results_physical"].contains("transient")) {
      heat.settings.model = Model::physical;
      const auto out = transient(heat.stack, heat.settings, *heat.trace, {.tolerance = 1e-3});
      CHECK(off(heat, out, json["results_physical"]["transient"]) <= 0.02);
      CHECK(out.stored + out.lost == Approx(out.supplied).epsilon(1e-5));
      ++count;
    }
    if (json.contains("results_3dice")) {
      const auto out = transient(heat.stack, heat.settings, *heat.trace, march_of(heat));
      REQUIRE(out.arrival == Arrival::finished);
      std::size_t number = 0;
      double worst = 0;
      for (std::size_t l = 0; l < heat.stack.layers.size(); ++l) {
        const auto key = "layer" + std::to_string(l);
        const auto& blocks = heat.stack.layers[l].blocks;
        const auto& layers = json["results_3dice"].at("block_avg_K");
        if (layers.contains(key)) {
          const auto& theirs = layers[key];
          for (std::size_t n = 1; n < theirs.at("names").size(); ++n)
            for (std::size_t b = 0; b < blocks.size(); ++b) {
              if (theirs["names"][n] != blocks[b].name) continue;
              REQUIRE(theirs.at("avg").size() == out.blocks.size());
              for (std::size_t i = 0; i < out.blocks.size(); ++i) {
                CHECK(out.times[i] == Approx(theirs["avg"][i].at(0).get<double>()));
                worst = std::max(
                    {worst, std::abs(out.blocks[i][number + b].mean - theirs["avg"][i].at(n).get<double>()),
                     std::abs(out.blocks[i][number + b].peak - theirs["max"][i].at(n).get<double>())});
              }
              ++count;
            }
        }
        number += blocks.size();
      }
      CHECK(worst <= 0.02);
    }
  }
  CHECK(count > 0);
}
