#include "thermal/check.h"

#include <catch2/catch.hpp>
#include <functional>
#include <limits>

#include "base/rng.h"

using namespace marquetry;
using namespace marquetry::thermal;

namespace {

constexpr double mm = 1e-3;

Stack good() {
  const Material silicon{.along_x = 100, .along_y = 100, .across = 100};
  Stack stack{.name = "case", .width = 10 * mm, .height = 10 * mm, .ambient = 318.15};
  stack.layers = {
      {.name = "die", .thickness = 0.15 * mm, .material = silicon, .heats = true, .where = {"c.json", 3, 1}},
      {.name = "tim", .thickness = 0.02 * mm, .material = silicon, .where = {"c.json", 9, 1}}};
  stack.layers[0].blocks = {
      {.name = "a", .width = 5 * mm, .height = 10 * mm, .power = 5, .where = {"c.json", 4, 1}},
      {.name = "b", .x = 5 * mm, .width = 5 * mm, .height = 10 * mm, .power = 5, .where = {"c.json", 5, 1}}};
  stack.package = Spreading{
      .spreader = {30 * mm, 1 * mm, silicon}, .sink = {60 * mm, 7 * mm, silicon}, .convection = 0.1};
  return stack;
}

std::string said(const Stack& stack, Gaps gaps = Gaps::allowed) {
  Diagnostics diagnostics;
  check(stack, diagnostics, gaps);
  return render_all(diagnostics);
}

}  // namespace

TEST_CASE("a sound stack has nothing said of it") { CHECK(said(good(), Gaps::refused).empty()); }

TEST_CASE("what keeps a stack from being solved is named with its place") {
  struct Row {
    std::function<void(Stack&)> spoil{};
    std::string message{};
  };
  const std::vector<Row> rows{
      {[](Stack& s) { s.layers[0].blocks[1].x = 4 * mm; },
       "c.json:5:1: error: layer 'die': block 'b' overlaps block 'a' by 1 mm x 10 mm"},
      {[](Stack& s) { s.layers[0].blocks[1].x = 6 * mm; },
       "c.json:5:1: error: layer 'die', block 'b' reaches from (6, 0) to (11, 10) mm, beyond the footprint "
       "of 10 mm x "
       "10 mm"},
      {[](Stack& s) { s.layers[0].heats = false; },
       "c.json:4:1: error: layer 'die', block 'a' has 5 W, but its layer has no power"},
      {[](Stack& s) { s.layers[1].material.across = 0; },
       "c.json:9:1: error: layer 'tim' has a conductivity of 0 W/(m K): it must be above 0"},
      {[](Stack& s) { s.layers[1].material.across = 1e-320; },
       "c.json:9:1: error: layer 'tim' has a conductivity of 9.99989e-321 W/(m K): it must be above 0"},
      {[](Stack& s) { s.package->spreader.thickness = 1e-320; }, "the spreader is 9.99989e-318 mm thick"},
      {[](Stack& s) { s.layers[0].blocks[0].material = Material{.across = -1}; },
       "c.json:4:1: error: layer 'die', block 'a' has a conductivity of -1 W/(m K)"},
      {[](Stack& s) { s.layers[1].thickness = 0; },
       "c.json:9:1: error: layer 'tim' is 0 mm thick: it must be above 0"},
      {[](Stack& s) { s.layers[0].blocks[0].width = 0; }, "block 'a' is 0 mm x 10 mm: both must be above 0"},
      {[](Stack& s) { s.layers[0].blocks[0].power = -2; },
       "block 'a' has a power of -2 W: it must be 0 or more"},
      {[](Stack& s) { s.layers[0].blocks[0].power = std::numeric_limits<double>::quiet_NaN(); },
       "block 'a' has a power of nan W"},
      {[](Stack& s) { s.package->spreader.side = 8 * mm; },
       "the spreader's sides are 8 mm, but the footprint is 10 mm x 10 mm"},
      {[](Stack& s) { s.package->sink.side = 20 * mm; },
       "the sink's sides are 20 mm, smaller than the spreader's 30 mm"},
      {[](Stack& s) { s.package.reset(); }, "no heat leaves the stack"},
      {[](Stack& s) { s.ambient = -5; }, "the ambient is -5 K: it must be above 0"},
      {[](Stack& s) { s.layers.clear(); }, "the stack has no layers"},
      {[](Stack& s) { s.width = 0; }, "the footprint is 0 mm x 10 mm: both must be above 0"},
  };
  for (const auto& row : rows) {
    auto stack = good();
    row.spoil(stack);
    CHECK_THAT(said(stack), Catch::Contains(row.message));
  }
}

TEST_CASE("everything is said at once") {
  auto stack = good();
  stack.layers[0].blocks[0].power = -1;
  stack.layers[1].thickness = -1;
  stack.package->spreader.side = 1 * mm;
  Diagnostics diagnostics;
  check(stack, diagnostics);
  CHECK(diagnostics.errors() == 3);
}

TEST_CASE("gaps are as the reader wants them") {
  auto stack = good();
  stack.layers[0].blocks.pop_back();
  CHECK(said(stack).empty());
  CHECK_THAT(said(stack, Gaps::warned),
             Catch::Contains("c.json:3:1: warning: layer 'die': its blocks cover 50 % of the footprint"));
  CHECK_THAT(said(stack, Gaps::refused),
             Catch::Contains("error") && Catch::Contains("they must cover all of it"));
}

TEST_CASE("coordinates rounded by a printer neither overlap nor stand out") {
  auto stack = good();
  stack.layers[0].blocks[1].x = 4.9999999 * mm;
  CHECK(said(stack, Gaps::refused).empty());
  stack.layers[0].blocks[1].x = 5.0000001 * mm;
  CHECK(said(stack, Gaps::refused).empty());
}

TEST_CASE("overlaps are found as by looking at every pair, and fast among many blocks") {
  const Rng seed{11};
  for (std::uint64_t trial = 0; trial < 300; ++trial) {
    auto rng = seed.fork(trial);
    auto stack = good();
    auto& blocks = stack.layers[0].blocks;
    blocks.clear();
    const auto count = 2 + rng.below(6);
    for (std::uint64_t i = 0; i < count; ++i) {
      // On a lattice, so that many only touch.
      const double x = static_cast<double>(rng.below(8)), y = static_cast<double>(rng.below(8));
      blocks.push_back({.name = "b",
                        .x = x * mm,
                        .y = y * mm,
                        .width = static_cast<double>(1 + rng.below(2)) * mm,
                        .height = static_cast<double>(1 + rng.below(2)) * mm,
                        .power = 1});
    }
    bool any = false;
    for (std::size_t i = 0; i < blocks.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const auto &a = blocks[i], &b = blocks[j];
        any = any || (a.x + a.width > b.x + 1e-9 && b.x + b.width > a.x + 1e-9 &&
                      a.y + a.height > b.y + 1e-9 && b.y + b.height > a.y + 1e-9);
      }
    CHECK((said(stack).find("overlaps") != std::string::npos) == any);
  }

  auto stack = good();
  auto& blocks = stack.layers[0].blocks;
  blocks.clear();
  constexpr std::size_t n = 20000;  // all above one another: every pair would be 2e8
  for (std::size_t i = 0; i < n; ++i)
    blocks.push_back({.name = "slat",
                      .y = 10 * mm * static_cast<double>(i) / n,
                      .width = 10 * mm,
                      .height = 10 * mm / n,
                      .power = 1});
  CHECK(said(stack).empty());
  for (auto& block : blocks) block.height *= 1.5;
  blocks.back().height = 10 * mm / n;
  CHECK_THAT(said(stack), Catch::Contains("more overlaps like these"));
}
