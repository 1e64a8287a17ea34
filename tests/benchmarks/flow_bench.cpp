// The optimum over all routings: as a linear program, by the potential, and tables made from it.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "flow/demand.h"
#include "flow/tables.h"
#include "topology/generators.h"
#include "traffic/traffic.h"

using namespace marquetry;

namespace {

struct Network {
  topology::Graph graph{};
  std::vector<double> matrix{};
};

Network network(const char* name, std::uint32_t routers) {
  std::string why;
  const auto graph = topology::find_generator(name)->build({.routers = routers}, why);
  if (!graph) throw std::runtime_error{why};
  const auto nodes = static_cast<std::uint32_t>(graph->terminals.size());
  return {*graph, traffic::matrix({.nodes = nodes, .includes_self = true})};
}

void optimum_by_program(benchmark::State& state, const char* name) {
  const auto [graph, matrix] = network(name, static_cast<std::uint32_t>(state.range(0)));
  const auto wanted = flow::demand(graph, matrix, false);
  for (auto _ : state) benchmark::DoNotOptimize(flow::by_program(wanted, {}));
}
BENCHMARK_CAPTURE(optimum_by_program, mesh, "mesh")->Arg(16)->Arg(36)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(optimum_by_program, hex_mesh, "hexa-mesh")->Arg(19)->Arg(37)->Unit(benchmark::kMillisecond);

void optimum_by_potential(benchmark::State& state, const char* name) {
  const auto [graph, matrix] = network(name, static_cast<std::uint32_t>(state.range(0)));
  const auto wanted = flow::demand(graph, matrix, false);
  for (auto _ : state) benchmark::DoNotOptimize(flow::by_potential(wanted, {.gap = 0.02}));
}
BENCHMARK_CAPTURE(optimum_by_potential, mesh, "mesh")->Arg(36)->Arg(64)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(optimum_by_potential, hex_mesh, "hexa-mesh")->Arg(61)->Unit(benchmark::kMillisecond);

void optimised_tables(benchmark::State& state, flow::Split split) {
  const auto [graph, matrix] = network("hexa-mesh", static_cast<std::uint32_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(flow::optimised(graph, matrix, 4, split));
}
BENCHMARK_CAPTURE(optimised_tables, single, flow::Split::single)
    ->Arg(19)
    ->Arg(37)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(optimised_tables, spread, flow::Split::spread)->Arg(37)->Unit(benchmark::kMillisecond);

}  // namespace
