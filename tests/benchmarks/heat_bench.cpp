// Heat in a shared plate: what a placer pays for a moved die, for a pair of dies, and for all of a package.
#include <benchmark/benchmark.h>

#include "thermal/spread.h"

namespace marquetry {
namespace {

constexpr geometry::Nanometre mm = 1'000'000;
const layout::Plate sink{
    .width = 0.2, .height = 0.2, .thickness = 0.0079, .conductivity = 400, .transfer = 2800};
const geometry::Rect carrier{{0, 0}, {50 * mm, 50 * mm}};

geometry::Rect die(geometry::Nanometre i) {
  const geometry::Point low{(i % 4) * 12 * mm, (i / 4) * 15 * mm};
  return {low, {low.x + 8 * mm, low.y + 12 * mm}};
}

void heat_moved_die(benchmark::State& state) {
  const thermal::Spreader spreader{sink, carrier, 8 * mm};
  thermal::Footing footing;
  geometry::Nanometre i = 0;
  for (auto _ : state) {
    spreader.put(footing, geometry::moved(die(5), {++i % mm, 0}));
    benchmark::DoNotOptimize(footing.own);
  }
}
BENCHMARK(heat_moved_die);

void heat_pair(benchmark::State& state) {
  const thermal::Spreader spreader{sink, carrier, 8 * mm};
  const auto a = spreader.footing(die(1)), b = spreader.footing(die(6));
  for (auto _ : state) benchmark::DoNotOptimize(spreader.response(a, b));
}
BENCHMARK(heat_pair);

void heat_package(benchmark::State& state) {
  std::vector<thermal::Source> dies;
  for (geometry::Nanometre i = 0; i < 8; ++i) dies.push_back({die(i), 50, 1e-5});
  for (auto _ : state) benchmark::DoNotOptimize(thermal::spread(sink, carrier, 45, dies).peak);
}
BENCHMARK(heat_package);

}  // namespace
}  // namespace marquetry
