#include "report/network_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "routing/routings.h"

namespace marquetry::report {
namespace {

LatencySpread latency_of(const simulate::NetworkCase& network, const routing::Routing& routing,
                         const std::vector<double>& matrix) {
  const auto cycles = routing::zero_load(network.graph, routing, network.router, network.packet);
  LatencySpread out{.least = topology::none};
  double weight = 0;
  for (std::size_t pair = 0; pair < matrix.size(); ++pair) {
    if (matrix[pair] <= 0 || cycles[pair] == topology::none) continue;
    out.least = std::min(out.least, cycles[pair]);
    out.greatest = std::max(out.greatest, cycles[pair]);
    out.mean += matrix[pair] * cycles[pair];
    weight += matrix[pair];
  }
  if (weight <= 0) return {};
  out.mean /= weight;
  return out;
}

// Beyond these sizes each failure takes too long.
constexpr std::size_t most_failed = 256, most_failed_nodes = 1024, most_certified = 64;

synthesis::Resilience resilience_of(const simulate::NetworkCase& network, const routing::Routing& routing,
                                    const std::vector<double>& matrix, const NetworkEffort& effort) {
  synthesis::ResilienceOptions options{
      .routing = "", .vcs = network.router.vcs, .threads = effort.threads, .stop = effort.stop};
  // Loads by size, so that it is the same on any machine.
  if (routing::find(routing.name) != nullptr && network.graph.terminals.size() <= most_certified)
    options.routing = routing.name;
  return synthesis::resilience(network.graph, matrix, network.router, options);
}

}  // namespace

std::optional<double> NetworkReport::left() const {
  if (!optimum || optimum->load <= 0) return std::nullopt;
  return std::max(0.0, 1 - bound.load / optimum->load);
}

double NetworkReport::use(std::uint32_t channel) const {
  return loads[channel] * bound.load / network.graph.channels[channel].width;
}

flow::Optimum network_optimum(const simulate::NetworkCase& network, const std::vector<double>& matrix,
                              const NetworkEffort& effort) {
  return flow::optimum(
      network.graph, matrix,
      {.seconds = effort.seconds, .short_ways = true, .seed = effort.seed, .stop = effort.stop});
}

NetworkReport network_report(const simulate::NetworkCase& network, const routing::Routing& routing,
                             const std::vector<double>& matrix, std::optional<flow::Optimum> optimum,
                             const NetworkEffort& effort) {
  NetworkReport report{network, routing};
  report.optimum = std::move(optimum);
  report.figures = topology::figures(network.graph);
  report.loads = routing::loads(network.graph, routing, matrix);
  report.bound = routing::channel_bound(network.graph, matrix, report.loads);
  report.prediction = contention::predict(network.graph, routing, network.router, network.packet, matrix, {});
  // What a routing carries is carried by the best one.
  if (report.optimum && report.optimum->load < report.bound.load) report.optimum->load = report.bound.load;
  report.certificate = routing::certify(network.graph, routing);
  report.latency = latency_of(network, routing, matrix);
  if (network.graph.routers <= most_failed && network.graph.terminals.size() <= most_failed_nodes)
    report.resilience = resilience_of(network, routing, matrix, effort);
  return report;
}

std::string channel_name(const topology::Graph& graph, std::uint32_t channel) {
  const auto& c = graph.channels[channel];
  return fmt::format("{} to {}", topology::router_name(graph, c.from), topology::router_name(graph, c.to));
}

std::string bound_name(const NetworkReport& report) {
  const auto& graph = report.network.graph;
  const auto& bound = report.bound;
  if (bound.channel < graph.channels.size()) return channel_name(graph, bound.channel);
  const auto node = bound.channel - graph.channels.size();
  return fmt::format("what node {} {}", node, bound.by_ejection ? "takes" : "sends");
}

std::vector<std::uint32_t> fullest(const NetworkReport& report) {
  std::vector<std::uint32_t> order(report.loads.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, std::greater{}, [&](std::uint32_t channel) { return report.use(channel); });
  return order;
}

}  // namespace marquetry::report
