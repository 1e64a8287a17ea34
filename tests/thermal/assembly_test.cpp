// Stacks as grids: against closed forms and against properties that the heat equation has.
#include "thermal/assembly.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "base/rng.h"
#include "thermal/heat.h"

using namespace marquetry;
using namespace marquetry::thermal;

namespace {

constexpr double mm = 1e-3, um = 1e-6;
const conduction::Request sharp{.tolerance = 1e-8, .most_iterations = 2000};

Material isotropic(double k, double capacity = 1.7e6) {
  return {.along_x = k, .along_y = k, .across = k, .capacity = capacity};
}

Layer plain(std::string name, double thickness, double k) {
  return {.name = std::move(name), .thickness = thickness, .material = isotropic(k)};
}

// Two dies in underfill on an interposer, under a lid with spreader and sink; nothing symmetric.
Stack package() {
  Stack stack{.name = "two dies", .width = 24 * mm, .height = 16 * mm, .ambient = 318.15};
  stack.layers = {plain("interposer", 100 * um, 110), plain("dies", 150 * um, 0.5), plain("tim", 20 * um, 4)};
  stack.layers[0].contact = 2e-6;
  stack.layers[1].heats = true;
  stack.layers[1].blocks = {{.name = "a",
                             .x = 1.3 * mm,
                             .y = 2.1 * mm,
                             .width = 9 * mm,
                             .height = 7.7 * mm,
                             .power = 60,
                             .material = isotropic(110)},
                            {.name = "b",
                             .x = 14.2 * mm,
                             .y = 3.9 * mm,
                             .width = 8 * mm,
                             .height = 11 * mm,
                             .power = 25,
                             .material = isotropic(130)}};
  stack.package =
      Spreading{.spreader = {.side = 30 * mm, .thickness = 1 * mm, .material = isotropic(400, 3.5e6)},
                .sink = {.side = 60 * mm, .thickness = 6.9 * mm, .material = isotropic(390, 3.4e6)},
                .convection = 0.1,
                .capacity = 140};
  return stack;
}

Settings grid(std::size_t columns, std::size_t rows, Model model = Model::physical) {
  return {.columns = columns, .rows = rows, .model = model};
}

double sum(const std::vector<double>& list) { return std::accumulate(list.begin(), list.end(), 0.0); }

double to_ground(const conduction::Grid& grid, const conduction::Field& rise) {
  double out = 0;
  for (std::size_t i = 0; i < rise.cells.size(); ++i) out += grid.ground[i] * rise.cells[i];
  for (std::size_t i = 0; i < rise.hubs.size(); ++i) out += grid.hubs[i].ground * rise.hubs[i];
  return out;
}

double worst_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

}  // namespace

TEST_CASE("slabs in series, with a contact between them and coolant on both sides") {
  Stack stack{.width = 3 * mm, .height = 2 * mm, .ambient = 300};
  stack.layers = {plain("a", 300 * um, 130), plain("b", 100 * um, 4), plain("c", 50 * um, 1.5)};
  stack.layers[0].contact = 5e-6;
  stack.layers[1].heats = true;
  stack.layers[1].blocks = {{.name = "b", .width = 3 * mm, .height = 2 * mm, .power = 3}};
  stack.top_transfer = 5000;
  stack.bottom_transfer = 800;
  const auto heat = steady(stack, grid(5, 3), sharp);
  // From the middle of b, K/W through 6e-6 m2:
  const double area = 6e-6;
  const double up = (50 * um / 4 + 50 * um / 1.5 + 1.0 / 5000) / area;
  const double down = (50 * um / 4 + 5e-6 + 300 * um / 130 + 1.0 / 800) / area;
  const double middle = 3 / (1 / up + 1 / down);
  CHECK(heat.outcome.state == conduction::State::solved);
  CHECK(std::abs(heat.blocks[0].mean - 300 - middle) < 1e-7);
  CHECK(std::abs(heat.layers[2].mean - 300 - middle / up * (25 * um / 1.5 + 1.0 / 5000) / area) < 1e-7);
  CHECK(std::abs(heat.layers[0].mean - 300 - middle / down * (150 * um / 130 + 1.0 / 800) / area) < 1e-7);
  CHECK(heat.power == Approx(3));
  CHECK(heat.peak == Approx(300 + middle));
}

TEST_CASE("conductivities may differ by direction") {
  // Heat at the left end of a bar that is cooled at its right end, by a block that conducts down alone.
  Stack bar{.width = 8 * mm, .height = 1 * mm, .bottom_transfer = 1e6, .ambient = 300};
  bar.layers = {plain("drain", 10 * um, 0), plain("bar", 100 * um, 50)};
  bar.layers[0].material = {.along_x = 0, .along_y = 0, .across = 1e-9};
  bar.layers[0].blocks = {{.name = "drain",
                           .x = 7 * mm,
                           .width = 1 * mm,
                           .height = 1 * mm,
                           .material = Material{.along_x = 0, .along_y = 0, .across = 100}}};
  bar.layers[1].heats = true;
  bar.layers[1].material.along_x = 200;
  bar.layers[1].material.along_y = 3;
  bar.layers[1].blocks = {{.name = "heater", .width = 1 * mm, .height = 1 * mm, .power = 0.1}};
  const auto heat = steady(bar, grid(8, 1), sharp);
  // Seven steps of a millimetre along x, through 0.1 mm x 1 mm.
  const double first = heat.rise.cells[8], last = heat.rise.cells[15];
  CHECK(first - last == Approx(0.1 * 7 * mm / (200 * 100 * um * 1 * mm)).epsilon(1e-6));
}

TEST_CASE("all heat reaches the ambient, in both models") {
  const auto stack = package();
  for (const auto model : {Model::physical, Model::hotspot7}) {
    const auto settings = grid(21, 17, model);
    const auto heat = steady(stack, settings, {.tolerance = 1e-6});
    CHECK(heat.outcome.bound <= 1e-6);
    CHECK(to_ground(assemble(stack, settings).grid, heat.rise) == Approx(85).epsilon(1e-9));
  }
}

TEST_CASE("a mirrored stack has mirrored temperatures") {
  auto stack = package();
  const std::size_t columns = 20, rows = 13;
  const auto before = steady(stack, grid(columns, rows), sharp);
  for (auto& block : stack.layers[1].blocks) block.x = stack.width - block.x - block.width;
  const auto after = steady(stack, grid(columns, rows), sharp);
  double worst = 0;
  for (std::size_t i = 0; i < before.rise.cells.size(); ++i) {
    const auto mirrored = i - i % columns + (columns - 1 - i % columns);
    worst = std::max(worst, std::abs(before.rise.cells[i] - after.rise.cells[mirrored]));
  }
  CHECK(worst < 1e-7);
  CHECK(std::abs(before.rise.hubs[0] - after.rise.hubs[1]) < 1e-7);  // west and east
  CHECK(std::abs(before.rise.hubs[2] - after.rise.hubs[2]) < 1e-7);
}

TEST_CASE("a turned stack has turned temperatures; hotspot7 exchanges rows and columns") {
  auto stack = package();
  auto turned = stack;
  std::swap(turned.width, turned.height);
  for (auto& block : turned.layers[1].blocks) {
    std::swap(block.x, block.y);
    std::swap(block.width, block.height);
  }
  const auto difference = [&](Model model, std::size_t columns, std::size_t rows) {
    return std::abs(steady(stack, grid(columns, rows, model), sharp).peak -
                    steady(turned, grid(rows, columns, model), sharp).peak);
  };
  CHECK(difference(Model::physical, 24, 16) < 1e-7);
  CHECK(difference(Model::physical, 16, 24) < 1e-7);
  CHECK(difference(Model::hotspot7, 24, 16) < 1e-7);
  CHECK(difference(Model::hotspot7, 12, 16) < 1e-7);  // its exchange turns with the stack
  // What the exchange does: long flat cells move HotSpot's answer far more than ours.
  const auto moved = [&](Model model) {
    return std::abs(steady(stack, grid(48, 8, model), sharp).peak -
                    steady(stack, grid(48, 32, model), sharp).peak);
  };
  CHECK(moved(Model::hotspot7) > 2 * moved(Model::physical));
}

TEST_CASE("rises add up, and more power is nowhere colder") {
  const auto stack = package();
  const auto settings = grid(18, 14);
  const auto assembled = assemble(stack, settings);
  conduction::Solver solver{assembled.grid};
  const auto rise = [&](std::vector<double> powers) {
    conduction::Field out;
    solver.solve(sources(stack, assembled, powers), out, sharp);
    return out;
  };
  const auto a = rise({10, 0}), b = rise({0, 4}), both = rise({10, 4});
  auto added = a.cells;
  for (std::size_t i = 0; i < added.size(); ++i) added[i] += b.cells[i];
  CHECK(worst_difference(added, both.cells) < 1e-7);
  for (std::size_t i = 0; i < added.size(); ++i) {
    REQUIRE(a.cells[i] > 0);
    REQUIRE(both.cells[i] > a.cells[i]);
  }
  const auto source = sources(stack, assembled);
  CHECK(worst_difference(source.cells, sources(stack, assembled, std::vector{60.0, 25.0}).cells) == 0);
}

TEST_CASE("finer grids come to rest") {
  const auto stack = package();
  std::vector<double> peaks;
  for (const std::size_t n : {12UL, 24UL, 48UL, 96UL})
    peaks.push_back(steady(stack, grid(n, n)).blocks[0].mean);
  CHECK(std::abs(peaks[3] - peaks[2]) < 0.5 * std::abs(peaks[1] - peaks[0]));
  CHECK(std::abs(peaks[3] - peaks[2]) < 0.2);  // of a rise of 40 K; edges of dies cut cells
}

TEST_CASE("rectangles on cells keep their watts, their area and the heat capacity") {
  const Rng seed{42};
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    auto rng = seed.fork(trial);
    auto stack = package();
    auto& block = stack.layers[1].blocks[0];
    stack.layers[1].blocks.resize(1);
    block.x = rng.uniform() * 0.9 * stack.width;
    block.y = rng.uniform() * 0.9 * stack.height;
    block.width = std::max(1e-6, rng.uniform()) * (stack.width - block.x);
    block.height = std::max(1e-6, rng.uniform()) * (stack.height - block.y);
    block.material->capacity = 3e6;
    const std::size_t columns = 1 + rng.below(40), rows = 1 + rng.below(40);
    const auto assembled = assemble(stack, grid(columns, rows));
    double covered = 0;
    for (const auto& share : assembled.covers[1][0].shares) {
      covered += share.of_cell;
      CHECK(share.of_cell > 0);
      CHECK(share.of_cell <= 1);
    }
    const double cell = stack.width * stack.height / static_cast<double>(columns * rows);
    CHECK(covered * cell == Approx(block.width * block.height).epsilon(1e-6));
    CHECK(sum(sources(stack, assembled).cells) == Approx(60).epsilon(1e-12));
    const auto plane = columns * rows;
    const auto begin = assembled.capacity.cells.begin() + static_cast<std::ptrdiff_t>(plane);
    const double capacity = std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(plane), 0.0);
    const double area = stack.width * stack.height, own = block.width * block.height;
    CHECK(capacity == Approx(150 * um * (1.7e6 * (area - own) + 3e6 * own)).epsilon(1e-9));
  }
}

TEST_CASE("spreader and sink hold all of their metal and of the coolant's capacity") {
  const auto stack = package();
  const auto assembled = assemble(stack, grid(6, 5));
  REQUIRE(assembled.grid.hubs.size() == 12);
  CHECK(assembled.grid.hubs[1].name == "spreader E");
  CHECK(assembled.grid.hubs[8].name == "sink outer W");
  const auto first = assembled.capacity.cells.begin() + 3 * 30;
  const double cells = std::accumulate(first, assembled.capacity.cells.end(), 0.0);
  // 3.5e6 * 1 mm * (30 mm)^2 + 3.4e6 * 6.9 mm * (60 mm)^2 + 140 = 3.15 + 84.456 + 140 J/K
  CHECK(cells + sum(assembled.capacity.hubs) == Approx(3.15 + 84.456 + 140));
  const auto hotspot = assemble(stack, grid(6, 5, Model::hotspot7));
  CHECK(sum(hotspot.capacity.hubs) == Approx(0.333 * sum(assembled.capacity.hubs)));
}

TEST_CASE("a spreader as small as the footprint has nothing beyond it") {
  auto stack = package();
  stack.package->spreader.side = stack.width;
  auto assembled = assemble(stack, grid(8, 8));
  CHECK(assembled.grid.hubs.size() == 2 + 4 + 4);  // it still stands out in the north and south
  const auto heat = steady(stack, grid(8, 8), sharp);
  CHECK(heat.outcome.state == conduction::State::solved);
  CHECK(to_ground(assembled.grid, heat.rise) == Approx(85).epsilon(1e-9));

  stack.height = stack.width = stack.package->sink.side = stack.package->spreader.side;
  assembled = assemble(stack, grid(8, 8));
  CHECK(assembled.grid.hubs.empty());
  CHECK(steady(stack, grid(8, 8), sharp).outcome.state == conduction::State::solved);
}
