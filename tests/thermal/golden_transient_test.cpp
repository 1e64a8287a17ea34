// Every golden case with a trace, in the mode of the tool it comes from and converged in time.
#include <catch2/catch.hpp>

#include "thermal/golden_transients.h"

namespace {

using namespace marquetry;
using namespace marquetry::thermal;

void check_within(const test::Deviations& deviations, double allowed) {
  CHECK(deviations.count() > 0);
  for (const auto& [what, worst] : deviations.list()) {
    INFO(what << ": " << worst << " K");
    CHECK(worst <= allowed);
  }
}

}  // namespace

TEST_CASE("golden transients: hotspot7 to the printed digit, physical within 0.02 K, 3D-ICE within 0.02 K") {
  const auto goldens = test::heat_goldens();
  if (goldens.empty()) return test::skip("no golden cases");
  std::size_t count = 0;
  for (const auto& golden : goldens) {
    if (!golden.heat.trace) continue;
    INFO(golden.name);
    const auto& json = golden.json;
    auto heat = golden.heat;
    if (json.contains("results_hotspot7") && json["results_hotspot7"].contains("transient")) {
      heat.settings.model = Model::hotspot7;
      const auto out = transient(heat.stack, heat.settings, *heat.trace, march_of(heat));
      CHECK(out.steps == heat.trace->powers.size());
      // 5e-7 K on all that are known, the printed digit; the target is 0.2 K.
      check_within(test::against_hotspot(golden, out, json["results_hotspot7"]["transient"]), 1e-3);
      ++count;
    }
    if (json.contains("results_physical") && json["results_physical"].contains("transient")) {
      heat.settings.model = Model::physical;
      const auto out = transient(heat.stack, heat.settings, *heat.trace, {.tolerance = 1e-3});
      check_within(test::against_hotspot(golden, out, json["results_physical"]["transient"]), 0.02);
      CHECK(out.stored + out.lost == Approx(out.supplied).epsilon(1e-5));
      ++count;
    }
    if (json.contains("results_3dice")) {
      const auto out = transient(heat.stack, heat.settings, *heat.trace, march_of(heat));
      REQUIRE(out.arrival == Arrival::finished);
      check_within(test::against_ice(golden, out), 0.02);
      ++count;
    }
  }
  CHECK(count > 0);
}
