// Saturation and a latency curve without simulating: networks of 64 dies under uniform traffic.
#include <benchmark/benchmark.h>

#include <stdexcept>

#include "contention/contention.h"
#include "routing/routings.h"
#include "topology/generators.h"
#include "traffic/traffic.h"

using namespace marquetry;

namespace {

void predict_64(benchmark::State& state, const char* name, const char* routing_name) {
  std::string why;
  const auto graph = topology::find_generator(name)->build({.routers = 64}, why);
  if (!graph) throw std::runtime_error{why};
  const auto nodes = static_cast<std::uint32_t>(graph->terminals.size());
  const auto matrix = traffic::matrix({.nodes = nodes, .includes_self = true});
  const routing::Router router;
  const auto routing = routing::find(routing_name)->make(*graph, router.vcs, why);
  if (!routing) throw std::runtime_error{why};
  const std::vector<double> loads{0.1, 0.2, 0.3};
  for (auto _ : state)
    benchmark::DoNotOptimize(contention::predict(*graph, *routing, router, 1, matrix, loads));
}
BENCHMARK_CAPTURE(predict_64, mesh, "mesh", "dimension-order")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(predict_64, kite, "kite-medium", "shortest")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(predict_64, hex_mesh, "hexa-mesh", "shortest")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(predict_64, torus, "torus", "dimension-order")->Unit(benchmark::kMicrosecond);

}  // namespace
