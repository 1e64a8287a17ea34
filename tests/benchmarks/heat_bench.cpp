// Heat in the placer's loop: what it pays for a moved die, for all of a package and for an exact check, by
// the response of a section and by a shared plate.
#include <benchmark/benchmark.h>

#include <cmath>

#include "thermal/heat.h"
#include "thermal/heated_dies.h"
#include "thermal/placed.h"
#include "thermal/random_dies.h"
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

// Square dies of 4 mm on a raster of the interposer.
struct Raster {
  std::vector<thermal::Foot> feet{};
  std::vector<double> powers{};
};
Raster raster(std::size_t dies) {
  Raster out;
  const auto side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(dies))));
  const double step = 0.05 / static_cast<double>(side);
  for (std::size_t d = 0; d < dies; ++d) {
    out.feet.push_back({.x = (static_cast<double>(d % side) + 0.5) * step,
                        .y = (static_cast<double>(d / side) + 0.5) * step,
                        .width = 4e-3,
                        .height = 4e-3});
    out.powers.push_back(10 + static_cast<double>(d));
  }
  return out;
}

thermal::HeatedDies on_section(const Raster& dies) {
  thermal::HeatedDies heated{std::make_shared<const thermal::Response>(test::interposer_section(), 0.05, 0.05,
                                                                       1, std::span{dies.feet}.first(1)),
                             dies.powers};
  for (std::size_t d = 0; d < dies.feet.size(); ++d) heated.move(d, dies.feet[d]);
  return heated;
}

void heat_section_made(benchmark::State& state) {
  const auto dies = raster(8);
  for (auto _ : state) benchmark::DoNotOptimize(on_section(dies).hottest());
}
BENCHMARK(heat_section_made)->Unit(benchmark::kMillisecond);

void heat_section_moved_die(benchmark::State& state) {
  const auto dies = raster(static_cast<std::size_t>(state.range(0)));
  auto heated = on_section(dies);
  std::size_t k = 0;
  for (auto _ : state) {
    const std::size_t d = ++k % dies.feet.size();
    auto foot = dies.feet[d];
    foot.x += 1e-5 * static_cast<double>(k % 100);
    heated.move(d, foot);
    benchmark::DoNotOptimize(heated.hottest());
  }
}
BENCHMARK(heat_section_moved_die)->Arg(6)->Arg(16)->Arg(64);

void heat_section_all_moved(benchmark::State& state) {
  const auto dies = raster(static_cast<std::size_t>(state.range(0)));
  auto heated = on_section(dies);
  std::size_t k = 0;
  for (auto _ : state) {
    ++k;
    for (std::size_t d = 0; d < dies.feet.size(); ++d) {
      auto foot = dies.feet[d];
      foot.x += 1e-5 * static_cast<double>(k % 100);
      heated.move(d, foot);
    }
    benchmark::DoNotOptimize(heated.hottest());
  }
}
BENCHMARK(heat_section_all_moved)->Arg(6)->Arg(16);

// What a best layout costs to be checked: 64 x 64 cells, 8 layers, from nothing, proved within 5e-3 K.
void heat_section_checked(benchmark::State& state) {
  Rng rng{3};
  const auto problem = test::hot_dies(rng);
  std::vector<geometry::Rect> rects;
  while (rects.empty()) rects = test::random_places(problem, rng);
  for (auto _ : state) {
    const auto stack = thermal::placed_stack(problem, rects, test::interposer, test::interposer);
    benchmark::DoNotOptimize(thermal::steady(stack, {}).peak);
  }
}
BENCHMARK(heat_section_checked)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marquetry
