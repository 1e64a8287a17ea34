// Figures of networks of 64 dies under uniform traffic: paths, latency without load and bound on throughput.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "routing/certificate.h"
#include "routing/figures.h"
#include "routing/routings.h"
#include "topology/generators.h"
#include "traffic/traffic.h"

using namespace marquetry;

namespace {

constexpr std::uint32_t dies = 64;

topology::Graph network(const char* name) {
  std::string why;
  const auto* row = topology::find_generator(name);
  auto graph = row == nullptr ? std::nullopt : row->build({.routers = dies}, why);
  if (!graph) throw std::runtime_error{std::string{name} + ": " + why};
  return std::move(*graph);
}

std::vector<double> uniform(const topology::Graph& graph) {
  return traffic::matrix(
      {.nodes = static_cast<std::uint32_t>(graph.terminals.size()), .includes_self = true});
}

void quick_figures(benchmark::State& state, const char* name) {
  const auto graph = network(name);
  const auto matrix = uniform(graph);
  const routing::Router router;
  routing::Workspace workspace;
  for (auto _ : state) benchmark::DoNotOptimize(routing::figures(graph, matrix, router, 1, workspace));
}
BENCHMARK_CAPTURE(quick_figures, mesh, "mesh")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(quick_figures, kite, "kite-medium")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(quick_figures, hex_mesh, "hexa-mesh")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(quick_figures, torus, "torus")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(quick_figures, flattened_butterfly, "flattened-butterfly")->Unit(benchmark::kMicrosecond);

// The same through a table, as for any other routing.
void figures_by_table(benchmark::State& state, const char* name, const char* row) {
  const auto graph = network(name);
  const auto matrix = uniform(graph);
  const routing::Router router;
  std::string why;
  for (auto _ : state) {
    const auto table = routing::find(row)->make(graph, 4, why);
    const auto loads = routing::loads(graph, *table, matrix);
    benchmark::DoNotOptimize(routing::zero_load(graph, *table, router, 1));
    benchmark::DoNotOptimize(routing::channel_bound(graph, matrix, loads));
  }
}
BENCHMARK_CAPTURE(figures_by_table, mesh_shortest, "mesh", "shortest")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(figures_by_table, mesh_dimension_order, "mesh", "dimension-order")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(figures_by_table, torus_dimension_order, "torus", "dimension-order")
    ->Unit(benchmark::kMicrosecond);

void certificate(benchmark::State& state, const char* name, const char* row) {
  const auto graph = network(name);
  std::string why;
  const auto routing = routing::find(row)->make(graph, 4, why);
  for (auto _ : state) benchmark::DoNotOptimize(routing::certify(graph, *routing));
}
BENCHMARK_CAPTURE(certificate, mesh_shortest, "mesh", "shortest")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(certificate, torus_dimension_order, "torus", "dimension-order")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(certificate, torus_minimal_adaptive, "torus", "minimal-adaptive")
    ->Unit(benchmark::kMicrosecond);

void made(benchmark::State& state, const char* row) {
  const auto graph = network("torus");
  std::string why;
  for (auto _ : state) benchmark::DoNotOptimize(routing::find(row)->make(graph, 4, why));
}
BENCHMARK_CAPTURE(made, up_down, "up-down")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(made, turn_prohibition, "turn-prohibition")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(made, shortest_balanced, "shortest-balanced")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(made, shortest_layered, "shortest-layered")->Unit(benchmark::kMillisecond);

}  // namespace
