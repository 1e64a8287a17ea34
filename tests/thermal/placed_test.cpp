// A section cut out where dies stand: what fills each layer, who makes how much heat.
#include "thermal/placed.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/rng.h"

namespace marquetry::thermal {
namespace {

using geometry::Rect;
using layout::Extent;

constexpr geometry::Nanometre mm = 1'000'000;

Rect at(geometry::Nanometre x, geometry::Nanometre y, geometry::Nanometre width, geometry::Nanometre height) {
  return {{x * mm, y * mm}, {(x + width) * mm, (y + height) * mm}};
}

Material stuff(std::string name, double conductivity) {
  return {.name = std::move(name),
          .along_x = conductivity,
          .along_y = conductivity,
          .across = conductivity,
          .capacity = 1.6e6};
}

layout::Section section() {
  const auto silicon = stuff("silicon", 120), mold = stuff("mold", 0.9), abf = stuff("abf", 2),
             air = stuff("air", 0.025);
  layout::Section s;
  s.layers = {
      {.name = "substrate", .thickness = 1e-3, .extent = Extent::package, .material = abf, .bridge = silicon},
      {.name = "interposer",
       .thickness = 1e-4,
       .extent = Extent::carrier,
       .material = silicon,
       .filler = air},
      {.name = "circuits",
       .thickness = 2e-5,
       .extent = Extent::dies,
       .material = silicon,
       .filler = mold,
       .heats = true},
      {.name = "bulk",
       .thickness = 7e-4,
       .extent = Extent::dies,
       .material = silicon,
       .filler = mold,
       .contact = 1e-5,
       .bodies = true}};
  s.top_transfer = 1e4;
  return s;
}

layout::Problem problem() {
  layout::Problem p;
  p.name = "two";
  p.ambient = 25;
  p.dies = {{.name = "ccd[0]", .power = 50, .temperature_limit = 105, .throttle = 95},
            {.name = "hbm[3]", .power = 10, .body = stuff("pile", 35), .is_memory = true}};
  p.section = section();
  return p;
}

double area(const Layer& layer) {
  double sum = 0;
  for (const auto& b : layer.blocks) sum += b.width * b.height;
  return sum;
}

bool overlapping(const Layer& layer) {
  constexpr double rounding = 1e-12;
  for (const auto& a : layer.blocks) {
    for (const auto& b : layer.blocks) {
      if (&a != &b && a.x + rounding < b.x + b.width && b.x + rounding < a.x + a.width &&
          a.y + rounding < b.y + b.height && b.y + rounding < a.y + a.height)
        return true;
    }
  }
  return false;
}

std::map<std::string, double> powers(const Stack& stack) {
  std::map<std::string, double> sum;
  for (const auto& layer : stack.layers) {
    for (const auto& b : layer.blocks) {
      if (b.power > 0) sum[b.name] += b.power;
    }
  }
  return sum;
}

const std::vector<Rect> rects{at(2, 3, 10, 10), at(15, 3, 8, 11)};
const Rect carrier = at(0, 0, 26, 20), package = at(-7, -10, 40, 40);

}  // namespace

TEST_CASE("a placed package has its dies as blocks, by the names of its report") {
  const auto stack = placed_stack(problem(), rects, carrier, package);
  CHECK(stack.width == Approx(40e-3));
  CHECK(stack.ambient == Approx(298.15));
  REQUIRE(stack.layers.size() == 4);
  CHECK(powers(stack) == std::map<std::string, double>{{"ccd[0]", 50}, {"hbm[3]", 10}});

  const auto& circuits = stack.layers[2];
  CHECK(circuits.material.name == "mold");
  REQUIRE(circuits.blocks.size() == 2);
  CHECK(circuits.blocks[0].x == Approx(9e-3));  // 7 mm from the package's edge to the carrier's, 2 mm on it
  CHECK(circuits.blocks[0].y == Approx(13e-3));
  CHECK(circuits.blocks[0].limit == Approx(378.15));
  CHECK(circuits.blocks[0].throttle == Approx(368.15));
  CHECK(circuits.blocks[1].part == 1u);
  CHECK(circuits.blocks[1].limit == 0);
  CHECK(circuits.blocks[1].material->name == "silicon");
  CHECK(stack.layers[3].blocks[1].material->name == "pile");
  CHECK(stack.layers[3].contact == 1e-5);

  CHECK(stack.layers[0].blocks.empty());
  CHECK(stack.layers[0].material.name == "abf");
  REQUIRE(stack.layers[1].blocks.size() == 1);  // the interposer is smaller than the package
  CHECK(stack.layers[1].material.name == "air");
  CHECK(area(stack.layers[1]) == Approx(26e-3 * 20e-3));
}

TEST_CASE("without layers of the package the footprint is the carrier") {
  auto p = problem();
  p.section->layers.erase(p.section->layers.begin());
  p.section->package = Spreading{.spreader = {.side = 0.01}, .sink = {.side = 0.03}};
  const auto stack = placed_stack(p, rects, carrier, package);
  CHECK(stack.width == Approx(26e-3));
  CHECK(stack.height == Approx(20e-3));
  CHECK(stack.layers[0].blocks.empty());
  CHECK(stack.layers[0].material.name == "silicon");
  CHECK(stack.package->spreader.side == Approx(26e-3));  // plates are no smaller than what they cover
  CHECK(stack.package->sink.side == Approx(30e-3));
}

TEST_CASE("bridges are cut out of the layer that holds them") {
  auto p = problem();
  p.section->layers[1].bridge = stuff("bridge", 130);
  const auto stack = placed_stack(p, rects, carrier, package, std::vector{at(11, 4, 6, 4), at(11, 9, 6, 4)});
  CHECK(stack.layers[0].blocks.size() == 2);
  CHECK(stack.layers[0].blocks[1].name == "bridge[1]");
  CHECK(area(stack.layers[1]) == Approx(26e-3 * 20e-3));
  for (const auto& layer : stack.layers) CHECK_FALSE(overlapping(layer));
}

TEST_CASE("dies on dies warm the die below, or the layer that the section has for them") {
  auto p = problem();
  p.dies.push_back({.name = "cache", .power = 5, .on = 0});
  auto placed = rects;
  placed.push_back(at(4, 5, 6, 6));
  CHECK(powers(placed_stack(p, placed, carrier, package)) ==
        std::map<std::string, double>{{"ccd[0]", 55}, {"hbm[3]", 10}});

  const auto silicon = stuff("silicon", 120), mold = stuff("mold", 0.9);
  p.section->layers.push_back({.name = "upper circuits",
                               .thickness = 2e-5,
                               .extent = Extent::dies,
                               .material = silicon,
                               .filler = mold,
                               .heats = true,
                               .level = 1,
                               .support = stuff("dummy", 120)});
  const auto stack = placed_stack(p, placed, carrier, package);
  CHECK(powers(stack) == std::map<std::string, double>{{"cache", 5}, {"ccd[0]", 50}, {"hbm[3]", 10}});
  const auto& upper = stack.layers.back();
  CHECK_FALSE(overlapping(upper));
  CHECK(area(upper) == Approx(10e-3 * 10e-3 + 8e-3 * 11e-3));  // as high as the cache everywhere
  for (const auto& b : upper.blocks) {
    if (b.part == 0u) CHECK(b.material->name == "dummy");
    if (b.part == 1u) CHECK(b.material->name == "pile");
  }
}

TEST_CASE("whatever the layout, blocks do not overlap and no power is lost") {
  Rng rng{7};
  auto p = problem();
  p.section->layers[1].bridge = stuff("bridge", 130);
  for (int round = 0; round < 200; ++round) {
    p.dies.clear();
    std::vector<Rect> placed, bridges;
    double sum = 0;
    for (int d = 0; d < 6; ++d) {
      p.dies.push_back({.name = "die[" + std::to_string(d) + "]", .power = 1.0 + d});
      sum += p.dies.back().power;
      const auto pick = [&](int most) { return static_cast<geometry::Nanometre>(rng.uniform() * most); };
      placed.push_back(at(pick(20), pick(14), 1 + pick(8), 1 + pick(8)));
      bridges.push_back(at(pick(20), pick(14), 1 + pick(4), 1 + pick(4)));
    }
    const auto stack = placed_stack(p, placed, carrier, package, bridges);
    double power = 0;
    for (const auto& layer : stack.layers) {
      CHECK_FALSE(overlapping(layer));
      for (const auto& b : layer.blocks) power += b.power;
    }
    CHECK(power == Approx(sum).epsilon(1e-12));
    CHECK(area(stack.layers[1]) == Approx(26e-3 * 20e-3));
  }
}

}  // namespace marquetry::thermal
