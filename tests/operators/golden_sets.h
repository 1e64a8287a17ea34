// The golden operator sets as rows, and what the library's devices take for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "operators/cost.h"
#include "operators/device.h"
#include "support/performance_golden.h"

namespace marquetry::test {

struct OperatorRow {
  std::vector<double> shape{};
  std::optional<double> measured{};   // s
  std::optional<double> simulated{};  // s, by the published tool
};

struct OperatorSet {
  std::string name{}, operation{}, device{};
  operators::Format format{};
  bool fit{};
  std::vector<OperatorRow> rows{};
};

// All sets of all indices, by name; sets of the same operation and device that are in several folders stay
// apart.
std::vector<OperatorSet> operator_sets(const PerformanceGolden& golden);

// "A100", "MI210", "TPUv3": ids of the library.
std::string device_id(const std::string& golden_name);

operators::Cost cost_of(const operators::Device& device, const OperatorSet& set,
                        const std::vector<double>& shape);

// Mean of |a / b - 1| over the rows that have both; nothing where none has.
std::optional<double> error_of(const operators::Device& device, const OperatorSet& set);
std::optional<double> error_of_simulation(const OperatorSet& set);
// Ours on the rows that were measured and simulated.
std::optional<double> error_beside_simulation(const operators::Device& device, const OperatorSet& set);
std::optional<double> distance_from_simulation(const operators::Device& device, const OperatorSet& set);

}  // namespace marquetry::test
