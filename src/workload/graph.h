// A workload as a list of layers, each a list of operators; and what it takes, operator by operator.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "workload/operation.h"

namespace marquetry::workload {

// Layers that are alike are written once.
struct Layer {
  std::string name{};
  double count{1};
  std::vector<Operation> operations{};
};

// One pass, as each die of a group of `members` that share it runs it.
struct Graph {
  std::vector<Layer> layers{};
  double members{1};
  double items{};   // tokens, images, ... that come out of a pass, of the whole group
  double needed{};  // bytes that each die holds: weights and caches
};

struct OperationCost {
  operators::Cost once{};
  double count{1};  // a pass
  double seconds() const { return count * once.total; }
};

struct GraphCost {
  std::vector<std::vector<OperationCost>> layers{};            // by layer and operation
  operators::Cost sum{};                                       // of a pass
  std::array<double, kind_names.size()> kinds{};               // s a pass
  std::array<double, operators::bound_names.size()> bounds{};  // s a pass in operators that it binds
};

// Of one layer, once.
double layer_seconds(const Machine& machine, const Layer& layer);

GraphCost cost(const Machine& machine, const Graph& graph);

}  // namespace marquetry::workload
