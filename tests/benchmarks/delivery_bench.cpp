// A supply net of a package of 64 x 64 cells: board, package, carrier on both ends of its vias, two dies.
#include <benchmark/benchmark.h>

#include "delivery/bumps.h"

namespace marquetry {
namespace {

using delivery::Box;

delivery::Net package_net() {
  const Box package{0, 0, 0.055, 0.055}, carrier{0.01, 0.01, 0.035, 0.035}, left{0.012, 0.012, 0.015, 0.03},
      right{0.028, 0.012, 0.015, 0.03};
  delivery::Net net{.name = "core", .voltage = 0.75, .efficiency = 0.9, .is_sensed = true};
  auto& path = net.supply;
  path.layers = {{"board", {{"board", package, 9e-5}}},
                 {"package", {{"package", package, 1.3e-3}}},
                 {"below", {{"below", carrier, 0.019}}},
                 {"carrier", {{"carrier", carrier, 0.019}}},
                 {"dies", {{"left", left, 0.01}, {"right", right, 0.01}}}};
  const auto joints = [&](std::size_t below, const Box& rect, double count, double resistance, double limit) {
    path.joints.push_back({.name = "joints",
                           .below = below,
                           .patches = {{rect, 1}},
                           .count = count,
                           .resistance = resistance,
                           .limit = limit});
  };
  joints(0, package, 750, 0.001, 1.5);
  joints(1, carrier, 13'000, 0.01, 0.15);
  joints(2, carrier, 48'000, 0.047, 0.1);
  joints(3, left, 60'000, 0.035, 0.05);
  path.joints.back().region = 0;
  joints(3, right, 60'000, 0.035, 0.05);
  path.joints.back().region = 1;
  path.feeds = {{"regulators", 0, package, 5e-5}};
  net.loads = {{.die = "left", .layer = 4, .region = 0, .rect = left, .current = 250},
               {.die = "right", .layer = 4, .region = 1, .rect = right, .current = 150}};
  return net;
}
const delivery::Plane plane{64, 64, 0.055, 0.055};

void delivery_drop(benchmark::State& state) {
  const auto net = package_net();
  for (auto _ : state) benchmark::DoNotOptimize(flow(plane, net, {}, {.sensitivities = false}).loss);
}
BENCHMARK(delivery_drop)->Unit(benchmark::kMillisecond);

void delivery_drop_proved_with_adjoint(benchmark::State& state) {
  const auto net = package_net();
  for (auto _ : state) benchmark::DoNotOptimize(flow(plane, net, {}).loss);
}
BENCHMARK(delivery_drop_proved_with_adjoint)->Unit(benchmark::kMillisecond);

void delivery_least_bumps(benchmark::State& state) {
  const auto net = package_net();
  for (auto _ : state) benchmark::DoNotOptimize(least_count(plane, net, {}, 3).count);
}
BENCHMARK(delivery_least_bumps)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marquetry
