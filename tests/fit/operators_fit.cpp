#include "fit/operators_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "fit/simplex.h"

namespace marquetry::test {
namespace {

using operators::Class;
using operators::Device;
using operators::Kernels;

constexpr std::array vector_classes{Class::softmax, Class::norm,   Class::activation,
                                    Class::gather,  Class::stream, Class::transform};

Kernels& of(Device& device, Class operators) { return device.kernels[static_cast<std::size_t>(operators)]; }

void set_for_vectors(Device& device, double Kernels::*share, double value) {
  for (const auto one : vector_classes) of(device, one).*share = value;
}

// How a constant is put into a device, where the search begins, and how large it may be.
struct Open {
  const char* key;
  void (*put)(Device& device, double value);
  double start, most;
  bool seconds;
};

struct Plan {
  const char* operation;
  std::vector<Open> open;
};

const std::vector<Plan>& plans() {
  static const std::vector<Plan> all{
      {"gelu",
       {{"activation_launch", [](Device& d, double v) { of(d, Class::activation).launch = v; }, 30e-6, 1,
         true},
        {"activation_hidden", [](Device& d, double v) { of(d, Class::activation).hidden = v; }, 3e-6, 1,
         true},
        {"vector_memory", [](Device& d, double v) { set_for_vectors(d, &Kernels::memory, v); }, 0.7, 1,
         false}}},
      {"softmax",
       {{"softmax_launch", [](Device& d, double v) { of(d, Class::softmax).launch = v; }, 15e-6, 1, true},
        {"softmax_pass", [](Device& d, double v) { of(d, Class::softmax).pass = v; }, 2e-6, 1, true},
        {"vector_compute", [](Device& d, double v) { set_for_vectors(d, &Kernels::compute, v); }, 0.7, 1,
         false}}},
      {"layernorm",
       {{"norm_launch", [](Device& d, double v) { of(d, Class::norm).launch = v; }, 30e-6, 1, true},
        {"norm_hidden", [](Device& d, double v) { of(d, Class::norm).hidden = v; }, 3e-6, 1, true},
        {"norm_row", [](Device& d, double v) { of(d, Class::norm).row = v; }, 0.5e-6, 1, true}}},
      {"matmul",
       {{"matmul_launch", [](Device& d, double v) { of(d, Class::matmul).launch = v; }, 25e-6, 1, true},
        {"matmul_compute", [](Device& d, double v) { of(d, Class::matmul).compute = v; }, 0.8, 1, false},
        {"matmul_memory", [](Device& d, double v) { of(d, Class::matmul).memory = v; }, 0.7, 1, false}}}};
  return all;
}

// The measured rows of all sets of that operation that may be fitted on.
OperatorSet rows_to_fit(const std::vector<OperatorSet>& sets, const std::string& operation) {
  OperatorSet all;
  for (const auto& set : sets) {
    if (!set.fit || set.operation != operation) continue;
    const auto rows = std::move(all.rows);
    all = set;
    all.rows = rows;
    std::ranges::copy_if(set.rows, std::back_inserter(all.rows),
                         [](const auto& row) { return row.measured.has_value(); });
  }
  return all;
}

std::vector<double> fitted(const Plan& plan, const Device& device, const OperatorSet& set,
                           std::vector<double> start) {
  const auto cost = [&](const std::vector<double>& values) {
    Device tried = device;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] > plan.open[i].most) return 1e3 * values[i] / plan.open[i].most;
      plan.open[i].put(tried, values[i]);
    }
    double sum = 0;
    for (const auto& row : set.rows)
      sum += std::pow(std::abs(std::log(cost_of(tried, set, row.shape).total / *row.measured)), 1.5);
    return sum;
  };
  return minimum(cost, start);
}

void put(const Plan& plan, const std::vector<double>& values, Device& device) {
  for (std::size_t i = 0; i < values.size(); ++i) plan.open[i].put(device, values[i]);
}

double hold_out_error(const Plan& plan, const Device& device, const OperatorSet& set,
                      const std::vector<double>& best) {
  double sum = 0;
  for (std::size_t left_out = 0; left_out < set.rows.size(); ++left_out) {
    auto others = set;
    others.rows.erase(others.rows.begin() + static_cast<std::ptrdiff_t>(left_out));
    Device refitted = device;
    put(plan, fitted(plan, device, others, best), refitted);
    const auto& row = set.rows[left_out];
    sum += std::abs(cost_of(refitted, set, row.shape).total / *row.measured - 1);
  }
  return sum / static_cast<double>(set.rows.size());
}

}  // namespace

std::string fit_source(const OperatorFit& fit) {
  std::array<char, 16> error{};
  std::snprintf(error.data(), error.size(), "%.1f %%", 100 * fit.error);
  return "fit to " + std::to_string(fit.rows) + " measured " + fit.operation + " rows on " + fit.device +
         " (LLMCompass, artifact): mean error " + error.data();
}

std::vector<OperatorFit> fit_operators(Device& device, const std::vector<OperatorSet>& sets,
                                       HoldOut hold_out) {
  std::vector<OperatorFit> fits;
  for (const auto& plan : plans()) {
    const auto set = rows_to_fit(sets, plan.operation);
    if (set.rows.size() <= plan.open.size()) continue;
    std::vector<double> start;
    for (const auto& one : plan.open) start.push_back(one.start);
    const auto best = fitted(plan, device, set, start);
    OperatorFit fit{
        .set = set.name, .operation = set.operation, .device = set.device, .rows = set.rows.size()};
    if (hold_out == HoldOut::each_row) fit.hold_out = hold_out_error(plan, device, set, best);
    put(plan, best, device);
    for (std::size_t i = 0; i < best.size(); ++i)
      fit.constants.push_back({plan.open[i].key, best[i], plan.open[i].seconds});
    fit.error = *error_of(device, set);
    fits.push_back(std::move(fit));
  }
  return fits;
}

}  // namespace marquetry::test
