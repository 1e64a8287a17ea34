// Conductivities that fall with the temperature, and what is said of every steady state.
#include <catch2/catch.hpp>
#include <cmath>

#include "thermal/heat.h"
#include "thermal/models.h"

using namespace marquetry;
using namespace marquetry::thermal;

namespace {

constexpr double mm = 1e-3;
const conduction::Request sharp{.tolerance = 1e-8, .most_iterations = 2000};

// q through the bottom of 2 mm of silicon, h on top.
Stack slab(std::size_t slices, double watts, double exponent) {
  Stack stack{.width = 1 * mm, .height = 1 * mm, .top_transfer = 20000, .ambient = 300};
  const Material silicon{.along_x = 148, .along_y = 148, .across = 148, .exponent = exponent};
  stack.layers.push_back({.name = "bottom", .thickness = 1e-12, .material = silicon, .heats = true});
  stack.layers[0].blocks = {{.name = "bottom", .width = 1 * mm, .height = 1 * mm, .power = watts}};
  for (std::size_t i = 0; i < slices; ++i)
    stack.layers.push_back(
        {.name = "slice", .thickness = 2 * mm / static_cast<double>(slices), .material = silicon});
  return stack;
}

// Integral of k300 (T / 300)^-n from the top's temperature to the bottom's = q L (Kirchhoff, 1894; Carslaw &
// Jaeger, Conduction of Heat in Solids, 1959, section 1.6).
double bottom(double flux, double exponent) {
  const double top = 300 + flux / 20000, m = 1 - exponent;
  return std::pow(std::pow(top, m) + m * flux * 2 * mm / (148 * std::pow(300, exponent)), 1 / m);
}

}  // namespace

TEST_CASE("conductivity that falls with the temperature: Kirchhoff's transform in one dimension") {
  const double exponent = GENERATE(1.3, 0.5);
  const double exact = bottom(3e6, exponent);
  const auto error = [&](std::size_t slices) {
    const auto heat = steady(slab(slices, 3, exponent), {.columns = 1, .rows = 1}, sharp);
    CHECK(heat.outcome.state == conduction::State::solved);
    CHECK(heat.outer > 2);
    CHECK(heat.remainder <= sharp.tolerance / 2);
    return std::abs(heat.blocks[0].mean - exact);
  };
  const double coarse = error(16), fine = error(32);
  CHECK(fine < 2e-3);
  CHECK(coarse / fine == Approx(4).epsilon(0.1));  // of second order
}

TEST_CASE("without an exponent one round is enough, and hotspot7 knows none") {
  CHECK(steady(slab(4, 3, 0), {.columns = 2, .rows = 2}, sharp).outer == 1);
  const auto hotspot = steady(slab(4, 3, 1.3), {.columns = 2, .rows = 2, .model = Model::hotspot7}, sharp);
  CHECK(hotspot.outer == 1);
}

TEST_CASE("a slab that conducts ever less has no steady state above a limit, and that is said") {
  // The integral of T^-1.3 is finite: at most 148 * 300^1.3 / 0.3 * top^-0.3 W/m passes, here about 3e7 W/m2.
  const auto heat = steady(slab(16, 60, 1.3), {.columns = 1, .rows = 1}, sharp);
  CHECK(heat.outcome.state != conduction::State::solved);
}

TEST_CASE("figures of a layer: hottest cell by row from the least y, mean and least") {
  Stack stack{.width = 4 * mm, .height = 4 * mm, .top_transfer = 1e4, .ambient = 300};
  const Material dull{.along_x = 1, .along_y = 1, .across = 1};
  stack.layers = {{.name = "die", .thickness = 0.1 * mm, .material = dull, .heats = true}};
  stack.layers[0].blocks = {
      {.name = "corner", .x = 3 * mm, .y = 1 * mm, .width = 1 * mm, .height = 1 * mm, .power = 1}};
  const auto heat = steady(stack, {.columns = 4, .rows = 4}, sharp);
  REQUIRE(heat.layers.size() == 1);
  CHECK(heat.layers[0].peak_row == 1);
  CHECK(heat.layers[0].peak_column == 3);
  CHECK(heat.layers[0].peak == heat.peak);
  CHECK(heat.blocks[0].peak == heat.peak);
  CHECK(heat.mean == heat.layers[0].mean);
  // All the power through all of the top: half of the layer and the coolant.
  CHECK(heat.mean == Approx(300 + 1 / 16e-6 * (0.05 * mm / 1 + 1e-4)));
  CHECK(heat.layers[0].least < heat.mean);
}

TEST_CASE("each model has one row with a name of its own") {
  for (const auto& model : models()) {
    CHECK(find_model(model.name) == &model);
    CHECK(&row(model.model) == &model);
    CHECK(!model.difference.empty());
    CHECK(!model.source.empty());
  }
  CHECK(find_model("hotspot") == nullptr);
}
