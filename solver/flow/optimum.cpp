#include <limits>

#include "flow/demand.h"

namespace marquetry::flow {
namespace {

// Beyond these the simplex method takes longer than the potential does to come within 1 %
// (docs/throughput.md).
constexpr std::size_t most_variables = 7000;

}  // namespace

Optimum optimum(const topology::Graph& graph, std::span<const double> matrix, const Options& options) {
  const auto wanted = demand(graph, matrix, options.minimal);
  if (wanted.busiest == 0) {
    Optimum out;
    out.load = out.bound = std::numeric_limits<double>::infinity();
    out.proved = true;
    out.flow.resize(std::size_t{graph.routers} * graph.channels.size());
    out.length.resize(graph.channels.size() + 2 * graph.terminals.size());
    return out;
  }
  if (wanted.commodities.size() * graph.channels.size() <= most_variables) {
    if (auto exact = by_program(wanted, options)) return std::move(*exact);
  }
  return by_potential(wanted, options);
}

}  // namespace marquetry::flow
