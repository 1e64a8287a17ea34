// The gradient by name: what a reader would try first comes first.
#include "thermal/sensitivity.h"

#include <catch2/catch.hpp>

#include "thermal/heat.h"

using namespace marquetry;
using namespace marquetry::thermal;

namespace {

const Material silicon{"silicon", 130, 130, 130, 1.63e6, 0}, filler{"mould", 1, 1, 1, 1.6e6, 0};

// A hot die at the left, a cool one at the right, each with its bumps below.
Stack pair() {
  Stack stack{.name = "pair", .width = 0.03, .height = 0.02, .top_transfer = 4000, .ambient = 300};
  stack.layers = {{.name = "bumps", .thickness = 0.0001, .material = filler},
                  {.name = "dies", .thickness = 0.0005, .material = filler, .heats = true},
                  {.name = "lid", .thickness = 0.001, .material = silicon}};
  stack.layers[0].blocks = {
      {.name = "hot/bumps", .x = 0.002, .y = 0.006, .width = 0.008, .height = 0.008, .material = silicon},
      {.name = "b", .x = 0.015, .y = 0.006, .width = 0.008, .height = 0.008}};
  stack.layers[1].blocks = {{.name = "hot",
                             .x = 0.002,
                             .y = 0.006,
                             .width = 0.008,
                             .height = 0.008,
                             .power = 60,
                             .material = silicon},
                            {.name = "cool",
                             .x = 0.015,
                             .y = 0.006,
                             .width = 0.008,
                             .height = 0.008,
                             .power = 5,
                             .material = silicon}};
  return stack;
}

}  // namespace

TEST_CASE("sensitivities: the hot die's power and its way to the middle come first") {
  const auto stack = pair();
  const Settings settings{.columns = 30, .rows = 20};
  const auto heat = steady(stack, settings, {.tolerance = 1e-6});
  const auto g = gradient(stack, settings, heat.rise);
  const auto list = sensitivities(stack, g);
  REQUIRE(list.powers.size() == 2);
  CHECK(list.powers[0].name == "hot");
  CHECK(list.powers[0].slope == Approx(g.blocks[2].power));
  CHECK(list.powers[0].slope > list.powers[1].slope);
  CHECK(list.powers[1].slope > 0);
  REQUIRE(list.moves.size() == 2);
  CHECK(list.moves[0].name == "hot");
  CHECK(list.moves[0].x < 0);  // to the right, from the edge of the lid
  CHECK(list.moves[0].x == Approx(1e-3 * (g.blocks[0].x + g.blocks[2].x)));
  CHECK(list.moves[1].name == "cool");  // and "b", which stands where it does
  CHECK(list.moves[1].x == Approx(1e-3 * (g.blocks[1].x + g.blocks[3].x)));
  REQUIRE(list.conductivities.size() == 6);
  CHECK(list.conductivities[0].name == "lid, along");
  CHECK(list.conductivities[0].slope < 0);
  REQUIRE_FALSE(list.others.empty());
  CHECK(list.others[0].name == "transfer at the top");
  CHECK(list.others[0].slope == Approx(0.01 * g.top_transfer * 4000));
  CHECK(list.ambient == Approx(1));
}
