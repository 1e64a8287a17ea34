#include "workload/graph.h"

namespace marquetry::workload {

double layer_seconds(const Machine& machine, const Layer& layer) {
  double seconds = 0;
  for (const auto& operation : layer.operations) {
    seconds += operation.count * cost(machine, operation).total;
  }
  return seconds;
}

GraphCost cost(const Machine& machine, const Graph& graph) {
  GraphCost out;
  auto& sum = out.sum;
  for (const auto& layer : graph.layers) {
    auto& costs = out.layers.emplace_back();
    for (const auto& operation : layer.operations) {
      const OperationCost one{cost(machine, operation), layer.count * operation.count};
      sum.compute += one.count * one.once.compute;
      sum.memory += one.count * one.once.memory;
      sum.cache += one.count * one.once.cache;
      sum.network += one.count * one.once.network;
      sum.overhead += one.count * one.once.overhead;
      sum.total += one.seconds();
      sum.flop += one.count * one.once.flop;
      sum.bytes += one.count * one.once.bytes;
      out.kinds[static_cast<std::size_t>(kind_of(operation))] += one.seconds();
      out.bounds[static_cast<std::size_t>(one.once.bound)] += one.seconds();
      costs.push_back(one);
    }
  }
  sum.bound = operators::largest_part(sum);
  return out;
}

}  // namespace marquetry::workload
