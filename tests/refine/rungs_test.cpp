// Heat in closed form against the grid, on whole designs with the same powers: what one rung says of the
// hottest die, the other says too. The table of docs/levers.md.
#include <catch2/catch.hpp>

#include "refine/subject.h"
#include "thermal/lumped.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::Subject;

namespace {

// At most `off` by so much of the rise. Stacks: of memory; 0: as the design has them.
struct Variant {
  std::string design{}, lid{}, stacking{};
  double stacks{}, off{0.08};
};

struct Rises {
  double closed{}, grid{};  // K above the ambient
};

Rises rises(const Variant& variant) {
  auto design = test::project_design(test::library(), variant.design);
  if (!variant.lid.empty()) design.lid.value = variant.lid;
  for (auto& memory : design.memories) {
    if (!variant.stacking.empty()) memory.stacking = OpenName{.value = variant.stacking};
    if (variant.stacks > 0) memory.stacks.value = variant.stacks;
  }
  const Subject subject{std::move(design)};
  const auto refined = subject.refined(3000);
  for (const auto& fault : refined.physical.faults) REQUIRE(fault.rule != "stack");
  REQUIRE(refined.physical.heated);
  REQUIRE_FALSE(refined.physical.heated->is_runaway);
  const auto ambient = subject.system.cooling.ambient;
  Rises out;
  std::size_t hottest = 0;
  for (const auto& die : refined.physical.heated->dies) {
    if (die.is_memory || (die.peak - ambient) / K <= out.grid) continue;
    out.grid = (die.peak - ambient) / K;
    hottest = die.type;
  }
  const auto same = evaluate(subject.system, refined.physical, subject.analytic, subject.prepared.models);
  thermal::ThermalFigures<double> figures;
  thermal::lumped<double>(subject.system, subject.analytic.outlines, subject.analytic.area, same.die_powers,
                          same.power, figures);
  out.closed = (figures.dies[hottest] - ambient) / K;
  return out;
}

}  // namespace

TEST_CASE("both rungs agree on the hottest die, whatever lies on it and wherever memory stands") {
  const std::vector<Variant> variants{{"h200"},
                                      {"h200", "diamond-cvd"},
                                      {"h200", "none", "", 0, 0.15},  // its PHYs are hot spots of 14 K
                                      {"h200", "", "foveros", 4},
                                      {"h200", "diamond-cvd", "foveros", 4},
                                      {"ascend-910"},
                                      {"ascend-910", "", "foveros"},
                                      {"epyc-rome"},
                                      {"epyc-rome", "none"},
                                      {"stacked-cache"},
                                      {"stacked-cache", "diamond-cvd"}};
  for (const auto& variant : variants) {
    const auto [closed, grid] = rises(variant);
    CAPTURE(variant.design, variant.lid, variant.stacking, closed, grid, closed / grid - 1);
    CHECK(closed == Approx(grid).epsilon(variant.off));
  }
}

TEST_CASE("a better lid changes no rate, but where memory would be throttled by its heat") {
  const auto refined = [](const std::string& lid) {
    auto design = test::project_design(test::library(), "h200");
    design.lid.value = lid;
    const Subject subject{std::move(design)};
    const auto physical = subject.refined(3000).physical;
    const auto e = evaluate(subject.system, physical, subject.analytic, subject.prepared.models);
    std::vector<double> rates;
    for (const auto& p : e.performance) rates.push_back(p.value);
    return std::pair{physical.refresh[0].rate, rates};
  };
  const auto [throttled, slow] = refined("");
  const auto [free, fast] = refined("diamond-cvd");
  CHECK(throttled < 1);  // beside the GPU stacks come above 85 degC
  CHECK(free == 1);
  const auto named = test::project_design(test::library(), "h200");
  for (std::size_t w = 0; w < slow.size(); ++w) {
    INFO(named.workloads[w].id);
    const bool by_memory = named.workloads[w].id == "llama-decode" || named.workloads[w].id == "resnet";
    if (by_memory) CHECK(fast[w] > slow[w]);
    if (!by_memory) CHECK(fast[w] == Approx(slow[w]).epsilon(1e-9));
  }
}
