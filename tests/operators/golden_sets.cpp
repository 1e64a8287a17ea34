#include "operators/golden_sets.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <stdexcept>

#include "operators/matmul.h"
#include "operators/vector.h"

namespace marquetry::test {
namespace {

using operators::Device;

std::optional<double> number(const nlohmann::json& row, const char* key) {
  if (!row.contains(key) || row[key].is_null()) return std::nullopt;
  return row[key].get<double>();
}

// Mean over the rows of what `of(row)` gives, where it gives anything.
template <class Of>
std::optional<double> mean(const OperatorSet& set, const Of& of) {
  double sum = 0;
  int count = 0;
  for (const auto& row : set.rows) {
    const std::optional<double> one = of(row);
    if (!one) continue;
    sum += *one;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

}  // namespace

std::vector<OperatorSet> operator_sets(const PerformanceGolden& golden) {
  std::vector<OperatorSet> sets;
  for (const auto* entry : golden.of(PerformanceSchema::operators)) {
    const auto& data = entry->data;
    OperatorSet set{.name = entry->name,
                    .operation = data["op"],
                    .device = data["device"],
                    .format = data["word_bytes"] == 2 ? operators::Format::fp16 : operators::Format::fp32,
                    .fit = entry->fit};
    for (const auto& row : data["cases"]) {
      set.rows.push_back({.shape = row["shape"].get<std::vector<double>>(),
                          .measured = number(row, "measured_s"),
                          .simulated = number(row, "llmcompass_s")});
    }
    sets.push_back(std::move(set));
  }
  std::ranges::stable_sort(sets, {}, &OperatorSet::name);
  return sets;
}

std::string device_id(const std::string& golden_name) {
  if (golden_name == "TPUv3") return "tpu-v3";
  std::string id = golden_name;
  std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return id;
}

operators::Cost cost_of(const Device& device, const OperatorSet& set, const std::vector<double>& shape) {
  if (set.operation == "matmul") {
    return operators::matmul(
        device, {.m = shape[0], .n = shape[1], .k = shape[2], .format = set.format, .weights = set.format});
  }
  if (set.operation == "gelu") {
    return operators::activation(device, operators::Activation::gelu,
                                 {.count = shape[0], .format = set.format});
  }
  const operators::Rows tensor{.rows = shape[0], .columns = shape[1], .format = set.format};
  if (set.operation == "softmax") return operators::softmax(device, tensor);
  if (set.operation == "layernorm") return operators::layer_norm(device, tensor);
  throw std::runtime_error{set.name + ": no operator is called '" + set.operation + "'"};
}

std::optional<double> error_of(const Device& device, const OperatorSet& set) {
  return mean(set, [&](const OperatorRow& row) -> std::optional<double> {
    if (!row.measured) return std::nullopt;
    return std::abs(cost_of(device, set, row.shape).total / *row.measured - 1);
  });
}

std::optional<double> error_of_simulation(const OperatorSet& set) {
  return mean(set, [](const OperatorRow& row) -> std::optional<double> {
    if (!row.measured || !row.simulated) return std::nullopt;
    return std::abs(*row.simulated / *row.measured - 1);
  });
}

std::optional<double> error_beside_simulation(const Device& device, const OperatorSet& set) {
  auto both = set;
  std::erase_if(both.rows, [](const OperatorRow& row) { return !row.simulated; });
  return error_of(device, both);
}

std::optional<double> distance_from_simulation(const Device& device, const OperatorSet& set) {
  return mean(set, [&](const OperatorRow& row) -> std::optional<double> {
    if (!row.simulated) return std::nullopt;
    return std::abs(cost_of(device, set, row.shape).total / *row.simulated - 1);
  });
}

}  // namespace marquetry::test
