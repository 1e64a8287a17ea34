// Gradients of the smooth peak against central differences of steady solves of random stacks.
#include "thermal/adjoint.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"
#include "thermal/heat.h"

namespace {

using namespace marquetry;
using namespace marquetry::thermal;

constexpr double bias = 2;  // K: smooth enough for differences

struct Draw {
  Rng rng;
  double between(double low, double high) { return low + (high - low) * rng.uniform(); }
  Material material(double exponent) {
    return {"m", between(1, 200), between(1, 200), between(1, 200), 1e6, exponent};
  }
};

// Three layers, two of them with blocks that do not touch; with or without a package, leakage, and
// conductivities that fall.
Stack random_stack(Draw& draw, bool packaged, bool leaks, bool falls) {
  Stack stack{.name = "random", .width = 0.02, .height = 0.012, .ambient = 310};
  const double exponent = falls ? 1.3 : 0;
  for (std::size_t l = 0; l < 3; ++l) {
    stack.layers.push_back({.name = "layer",
                            .thickness = draw.between(1e-4, 1e-3),
                            .material = draw.material(l == 1 ? exponent : 0),
                            .heats = l > 0,
                            .contact = draw.between(0, 2e-5)});
    for (std::size_t b = 0; l > 0 && b < 2; ++b) {
      Block block{.name = "b",
                  .x = 0.01 * static_cast<double>(b) + draw.between(0.0005, 0.002),
                  .y = draw.between(0.001, 0.003),
                  .width = draw.between(0.003, 0.007),
                  .height = draw.between(0.004, 0.008),
                  .power = draw.between(5, 20)};
      if (b == 0 || l == 2) block.material = draw.material(b == 0 ? exponent : 0);
      if (leaks) block.leakage = {draw.between(0.5, 2), draw.between(0.01, 0.02), 330};
      stack.layers[l].blocks.push_back(block);
    }
  }
  stack.bottom_transfer = draw.between(10, 500);
  if (packaged) {
    stack.package = Spreading{.spreader = {0.03, 0.001, draw.material(0)},
                              .sink = {0.06, 0.006, draw.material(0)},
                              .convection = draw.between(0.2, 0.5),
                              .capacity = 140};
  } else {
    stack.top_transfer = draw.between(3000, 20000);
  }
  return stack;
}

constexpr Settings settings{.columns = 9, .rows = 7};
constexpr conduction::Request fine{.tolerance = 1e-9, .most_iterations = 5000, .certify = false};

// Independent of the code under test but for what the figure is.
double figure(const Stack& stack) {
  const auto heat = steady(stack, settings, fine);
  REQUIRE(heat.outcome.state == conduction::State::solved);
  const double beta = std::log(static_cast<double>(heat.rise.cells.size()) + 1) / bias;
  double sum = 0;
  for (const double t : heat.rise.cells) sum += std::exp(beta * (heat.ambient + t - heat.peak));
  return heat.peak + std::log(sum) / beta;
}

Gradient computed(const Stack& stack) {
  const auto heat = steady(stack, settings, fine);
  return gradient(stack, settings, heat.rise,
                  {.bias = bias, .solve = {.tolerance = 1e-11, .most_iterations = 5000, .certify = false}});
}

// value: a parameter of the stack, by reference.
template <class Pick>
void compare(const Stack& stack, double slope, double step, Pick&& pick, const char* what) {
  Stack up = stack, down = stack;
  pick(up) += step;
  pick(down) -= step;
  const double differences = (figure(up) - figure(down)) / (2 * step);
  INFO(what);
  CHECK(slope == Approx(differences).epsilon(2e-4).margin(2e-6 / step));
}

void compare_all(const Stack& stack) {
  const auto g = computed(stack);
  REQUIRE(g.outcome.state == conduction::State::solved);
  CHECK(g.figure == Approx(figure(stack)).epsilon(1e-9));
  CHECK(g.peak <= g.figure);
  CHECK(g.figure <= g.peak + bias);
  for (std::size_t l = 0, b = 0; l < 3; ++l) {
    const auto layer = [l](Stack& s) -> Layer& { return s.layers[l]; };
    const auto& slopes = g.layers[l];
    const auto& m = stack.layers[l].material;
    compare(
        stack, slopes.material.along_x, 1e-3 * m.along_x,
        [&](Stack& s) -> double& { return layer(s).material.along_x; }, "layer's along_x");
    compare(
        stack, slopes.material.along_y, 1e-3 * m.along_y,
        [&](Stack& s) -> double& { return layer(s).material.along_y; }, "layer's along_y");
    compare(
        stack, slopes.material.across, 1e-3 * m.across,
        [&](Stack& s) -> double& { return layer(s).material.across; }, "layer's across");
    compare(
        stack, slopes.thickness, 1e-3 * stack.layers[l].thickness,
        [&](Stack& s) -> double& { return layer(s).thickness; }, "thickness");
    if (l < 2 || stack.package)
      compare(
          stack, slopes.contact, 1e-3 * stack.layers[l].contact,
          [&](Stack& s) -> double& { return layer(s).contact; }, "contact");
    for (std::size_t k = 0; k < stack.layers[l].blocks.size(); ++k, ++b) {
      const auto block = [l, k](Stack& s) -> Block& { return s.layers[l].blocks[k]; };
      const auto& its = g.blocks[b];
      compare(
          stack, its.power, 1e-2, [&](Stack& s) -> double& { return block(s).power; }, "power");
      compare(
          stack, its.leakage, 1e-3, [&](Stack& s) -> double& { return block(s).leakage.power; }, "leakage");
      compare(
          stack, its.x, 1e-6, [&](Stack& s) -> double& { return block(s).x; }, "x");
      compare(
          stack, its.y, 1e-6, [&](Stack& s) -> double& { return block(s).y; }, "y");
      if (!stack.layers[l].blocks[k].material) continue;
      compare(
          stack, its.material.along_x, 0.01, [&](Stack& s) -> double& { return block(s).material->along_x; },
          "block's along_x");
      compare(
          stack, its.material.across, 0.01, [&](Stack& s) -> double& { return block(s).material->across; },
          "block's across");
    }
  }
  compare(
      stack, g.bottom_transfer, 0.1, [](Stack& s) -> double& { return s.bottom_transfer; }, "bottom");
  compare(
      stack, g.ambient, 0.01, [](Stack& s) -> double& { return s.ambient; }, "ambient");
  if (!stack.package) {
    compare(
        stack, g.top_transfer, 1, [](Stack& s) -> double& { return s.top_transfer; }, "top");
    return;
  }
  compare(
      stack, g.convection, 1e-3, [](Stack& s) -> double& { return s.package->convection; }, "convection");
  compare(
      stack, g.layers[3].thickness, 1e-6, [](Stack& s) -> double& { return s.package->spreader.thickness; },
      "spreader's thickness");
  compare(
      stack, g.layers[3].material.along_x, 0.01,
      [](Stack& s) -> double& { return s.package->spreader.material.along_x; }, "spreader's along_x");
  compare(
      stack, g.layers[4].material.across, 0.01,
      [](Stack& s) -> double& { return s.package->sink.material.across; }, "sink's across");
  compare(
      stack, g.layers[4].material.along_y, 0.01,
      [](Stack& s) -> double& { return s.package->sink.material.along_y; }, "sink's along_y");
}

}  // namespace

TEST_CASE("gradients: one more solve agrees with central differences of steady, in everything") {
  Draw draw{Rng{31}};
  for (const bool packaged : {false, true}) {
    const auto stack = random_stack(draw, packaged, false, false);
    CHECK(computed(stack).solves == 1);
    compare_all(stack);
  }
}

TEST_CASE("gradients: with leakage they are those of the state of rest") {
  Draw draw{Rng{32}};
  for (const bool packaged : {false, true}) {
    const auto stack = random_stack(draw, packaged, true, false);
    const auto g = computed(stack);
    CHECK(g.solves == 1);
    CHECK(g.ambient > 1.02);
    compare_all(stack);
  }
}

TEST_CASE("gradients: where conductivities fall with the temperature, that is in them") {
  Draw draw{Rng{33}};
  compare_all(random_stack(draw, false, true, true));
  compare_all(random_stack(draw, true, false, true));
}

TEST_CASE("gradients: a block whose edges lie on the borders of cells has the mean of both sides") {
  Draw draw{Rng{34}};
  auto stack = random_stack(draw, false, false, false);
  auto& block = stack.layers[1].blocks[0];
  block.x = 0.02 / 9 * 2;
  block.width = 0.02 / 9 * 3;
  block.y = 0.012 / 7 * 2;
  block.height = 0.012 / 7 * 2.5;
  const auto g = computed(stack);
  compare(
      stack, g.blocks[0].x, 1e-7, [](Stack& s) -> double& { return s.layers[1].blocks[0].x; }, "x");
  compare(
      stack, g.blocks[0].y, 1e-7, [](Stack& s) -> double& { return s.layers[1].blocks[0].y; }, "y");
}
