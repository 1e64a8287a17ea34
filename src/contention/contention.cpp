#include "contention/contention.h"

#include <algorithm>
#include <limits>

#include "contention/model.h"

namespace marquetry::contention {
namespace {

using topology::Graph;

double bound(const Graph& graph, const Streams& streams, std::span<const double> matrix) {
  std::vector<double> loads(graph.channels.size());
  for (const auto& stream : streams.streams) {
    if (stream.out < loads.size()) loads[stream.out] += stream.rate;
  }
  return routing::channel_bound(graph, matrix, loads).load;
}

// Mean over the traffic of the least cycles of each pair.
double zero_load(const Graph& graph, const routing::Routing& routing, const routing::Router& router,
                 std::uint32_t packet_flits, std::span<const double> matrix) {
  const auto cycles = routing::zero_load(graph, routing, router, packet_flits);
  double sum = 0, sent = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    if (matrix[i] <= 0 || cycles[i] == topology::none) continue;
    sum += matrix[i] * cycles[i];
    sent += matrix[i];
  }
  return sent > 0 ? sum / sent : 0;
}

// The load at which the mean latency is three times that of the shortest ways without load. Beyond the bound
// it may well lie: where few of the flows are held up, the mean over all grows slowly.
double saturation(Model& model, double bound, double base, double limit) {
  const auto spare = [&](double load) { return limit / (base + model.wait(load)) - 1; };
  double low = 0, high = std::min(1.1 * bound, 1.0), above = limit / base - 1, below = spare(high);
  if (below >= 0 && high < 1) {
    low = high;
    above = below;
    high = std::min(3 * bound, 1.0);
    below = spare(high);
  }
  if (below >= 0) return high;
  while (high - low > 4e-3 * high) {
    const double middle = (low + high) / 2, value = spare(middle);
    (value >= 0 ? low : high) = middle;
    (value >= 0 ? above : below) = value;
  }
  return low + (high - low) * above / (above - below);
}

}  // namespace

Prediction predict(const Graph& graph, const routing::Routing& routing, const routing::Router& router,
                   std::uint32_t packet_flits, std::span<const double> matrix,
                   std::span<const double> loads) {
  const auto streams = contention::streams(graph, routing, router, matrix);
  Prediction out;
  out.bound = bound(graph, streams, matrix);
  out.zero_load = zero_load(graph, routing, router, packet_flits, matrix);
  if (streams.sent <= 0) {
    out.saturation = out.bound;
    out.latency.assign(loads.size(), 0);
    return out;
  }
  Model model{graph, router, packet_flits, streams};
  const double base = std::max(out.zero_load, model.base());
  out.saturation = saturation(model, out.bound, base, 3 * out.zero_load);
  for (const double load : loads) {
    out.latency.push_back(load < out.saturation ? base + model.wait(load)
                                                : std::numeric_limits<double>::infinity());
  }
  return out;
}

}  // namespace marquetry::contention
