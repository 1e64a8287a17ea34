// The simulator's speed in router-cycles a second: meshes of 16, 64 and 256 nodes, uniform traffic, packets
// of one flit, as BookSim2 has been measured.
#include <benchmark/benchmark.h>

#include "routing/routings.h"
#include "simulate/simulate.h"
#include "topology/generators.h"

namespace {

using namespace marquetry;

// Arguments: routers in a row, offered load in percent, whether routes are looked up ahead.
void simulated_mesh(benchmark::State& state) {
  const auto k = static_cast<std::uint32_t>(state.range(0));
  std::string why;
  simulate::NetworkCase network;
  network.graph = *topology::find_generator("mesh")->build({.k = k, .n = 2}, why);
  network.traffic.nodes = k * k;
  network.traffic.includes_self = true;
  if (state.range(2) != 0) {
    network.router.pipeline.routing = 0;
    network.router.buffer = 16;
    network.router.vc_allocator = network.router.sw_allocator = routing::Allocator::separable_input_first;
  }
  const auto routing = routing::find("dimension-order")->make(network.graph, network.router.vcs, why);
  simulate::Options options;
  options.model = simulate::Model::booksim2;
  options.measures_throughput = true;  // the same number of cycles at every load
  options.rate = static_cast<double>(state.range(1)) / 100;
  double router_cycles = 0, hops = 0;
  for (auto _ : state) {
    const auto r = simulate::simulate(network, *routing, options);
    router_cycles += static_cast<double>(r.cycles) * k * k;
    hops += r.accepted * r.hops * static_cast<double>(r.cycles) * k * k;
  }
  state.counters["router_cycles"] = benchmark::Counter(router_cycles, benchmark::Counter::kIsRate);
  state.counters["flit_hops"] = benchmark::Counter(hops, benchmark::Counter::kIsRate);
}
BENCHMARK(simulated_mesh)
    ->ArgNames({"k", "percent", "ahead"})
    ->ArgsProduct({{4, 8, 16}, {10, 30}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

// A ring all-reduce of 64 nodes, 64 flits a step: messages that wait for each other.
void simulated_all_reduce(benchmark::State& state) {
  std::string why;
  simulate::NetworkCase network;
  network.graph = *topology::find_generator("mesh")->build({.k = 8, .n = 2}, why);
  network.packet = 4;
  const auto routing = routing::find("dimension-order")->make(network.graph, network.router.vcs, why);
  traffic::Messages all;
  for (std::uint32_t step = 0; step < 2 * 63; ++step)
    for (std::uint32_t n = 0; n < 64; ++n) {
      all.messages.push_back({n, (n + 1) % 64, 64, 0, {}});
      if (step > 0) all.messages.back().after = {(step - 1) * 64 + (n + 63) % 64};
    }
  std::uint64_t cycles = 0;
  for (auto _ : state) cycles = simulate::simulate(network, *routing, all, {}).cycles;
  state.counters["cycles"] = static_cast<double>(cycles);
}
BENCHMARK(simulated_all_reduce)->Unit(benchmark::kMillisecond);

}  // namespace
