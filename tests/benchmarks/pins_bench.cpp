// What a layout costs to measure, check and give its pins: the clump transport of six dies with tight clumps,
// every rule for ten thousand dies, pins and bridges of a grid of dies.
#include <benchmark/benchmark.h>

#include "base/rng.h"
#include "layout/legality.h"
#include "layout/small_case.h"
#include "layout/wire.h"
#include "placement/bridges.h"
#include "placement/pins.h"

namespace {

using namespace marquetry;
using test::mm;
using test::um;

// A processor with two accelerators and three memories, links of 256 and 2048 wires, clumps of 500 to 800: no
// side of a memory holds its link.
struct Six {
  std::vector<geometry::Size> sizes{{12 * mm, 12 * mm}, {18 * mm, 18 * mm}, {18 * mm, 18 * mm},
                                    {8 * mm, 12 * mm},  {8 * mm, 12 * mm},  {8 * mm, 12 * mm}};
  std::vector<layout::Bundle> bundles{{0, 1, 256}, {0, 2, 256},  {0, 3, 2048},
                                      {1, 2, 256}, {1, 4, 2048}, {2, 5, 2048}};
  std::vector<layout::ClumpCapacities> capacities{{807, 807, 807, 807}, {812, 812, 812, 812},
                                                  {812, 812, 812, 812}, {525, 798, 525, 798},
                                                  {525, 798, 525, 798}, {525, 798, 525, 798}};
  std::vector<std::vector<layout::ClumpPoints>> drawn{};

  Six() {
    Rng rng{1};
    for (int i = 0; i < 1000; ++i) {
      auto& at = drawn.emplace_back();
      for (const auto& size : sizes) {
        const geometry::Point low{static_cast<geometry::Nanometre>(rng.below(40'000'000)),
                                  static_cast<geometry::Nanometre>(rng.below(40'000'000))};
        at.push_back(layout::clump_points({}, {low, geometry::rotations[rng.below(2)]}, size));
      }
    }
  }
};

void clump_transport(benchmark::State& state) {
  const Six six;
  layout::Transport transport{six.capacities, six.bundles};
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(transport.cost(six.drawn[i++ % six.drawn.size()]));
  state.SetItemsProcessed(state.iterations());
}
void clump_transport_bound(benchmark::State& state) {
  const Six six;
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(layout::transport_bound(six.bundles, six.drawn[i++ % six.drawn.size()]));
  state.SetItemsProcessed(state.iterations());
}

// Dies of 8 mm, 1 mm apart, each joined to its neighbours by four modules of 1 mm.
test::Case grid(int side) {
  test::Case c;
  for (int i = 0; i < side * side; ++i)
    test::add_die(c, "d" + std::to_string(i), test::rect(2 + 9.0 * (i % side), 2 + 9.0 * (i / side), 8, 8));
  c.layout.carrier = c.layout.package = test::rect(0, 0, 4 + 9.0 * side, 4 + 9.0 * side);
  c.problem.carrier.fixed = geometry::Size{c.layout.carrier.high.x, c.layout.carrier.high.y};
  c.problem.gap = mm;
  c.problem.edge = mm;
  const layout::Phy phy{.modules = 4, .width = mm, .depth = mm, .reach = 2 * mm, .wires = 100};
  const auto join = [&](int a, int b) {
    c.problem.links.push_back({.name = "l",
                               .a = static_cast<std::size_t>(a),
                               .b = static_cast<std::size_t>(b),
                               .wires = 400,
                               .phy = phy});
  };
  for (int i = 0; i < side * side; ++i) {
    if (i % side > 0) join(i - 1, i);
    if (i >= side) join(i - side, i);
  }
  return c;
}

void check_rules(benchmark::State& state) {
  auto c = grid(static_cast<int>(state.range(0)));
  if (state.range(0) < 40) {
    c.layout.phys = placement::assign_pins(c.problem, c.layout).phys;
  } else {
    c.problem.links.clear();
  }
  for (auto _ : state) benchmark::DoNotOptimize(layout::violations(c.problem, c.layout).size());
}
void assign_pins(benchmark::State& state) {
  const auto c = grid(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(placement::assign_pins(c.problem, c.layout).crossings);
}

BENCHMARK(clump_transport);
BENCHMARK(clump_transport_bound);
BENCHMARK(check_rules)->Arg(3)->Arg(8)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK(assign_pins)->Arg(3)->Arg(8)->Arg(16)->Unit(benchmark::kMicrosecond);

}  // namespace
