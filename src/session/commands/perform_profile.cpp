// One machine and one workload operator by operator: whose kernels it has, and how many packages share it.
#include <fmt/format.h>

#include <algorithm>

#include "library/operator_device.h"
#include "performance/operator_graph.h"
#include "performance/operator_machine.h"
#include "session/commands/perform_input.h"

namespace marquetry {
namespace {

// A product's own; of any other machine those of the generic device.
const DeviceRow* kernels_of(const PerformSubject& subject, const Library& library) {
  if (subject.product != nullptr) {
    const auto own = std::ranges::find(library.devices, subject.product->id, &DeviceRow::product);
    if (own != library.devices.end()) return &*own;
  }
  const auto* generic = find(library.devices, "generic");
  return generic != nullptr ? generic : &library.devices.front();
}

std::optional<workload::Machine> machine_of(const PerformSubject& subject, const Library& library,
                                            const DeviceRow& row) {
  const auto kernels = operator_device(row);
  if (subject.product == nullptr) {
    const auto& evaluation = *subject.evaluation;
    return performance::operator_machine(*subject.system, library, evaluation.die_peaks, evaluation.network,
                                         evaluation.machine, kernels);
  }
  if (row.product == subject.product->id) {
    return workload::Machine{.name = row.id, .die = kernels, .outside = kernels.peers};
  }
  return performance::operator_machine(*subject.product, subject.runner.machine, kernels);
}

}  // namespace

std::optional<report::Profile> profile_of(const PerformSubject& subject, const PerformWorkload& run,
                                          const Library& library, Diagnostics& diagnostics) {
  const auto* kernels = kernels_of(subject, library);
  const auto machine = machine_of(subject, library, *kernels);
  if (!machine) {
    diagnostics.error({.file = "--operators"},
                      fmt::format("'{}': no units that compute are known of it", subject.runner.name),
                      "a product needs its units and clock, a design a die with modules that compute");
    return std::nullopt;
  }
  report::Profile out{.runner = subject.runner.name, .workload = run.run, .device = kernels->name};
  out.pass = explore::performance_table({subject.runner}, {run.workload})[0][0];
  out.packages = std::max(out.pass.figures.packages, 1.0);
  out.graph = performance::operator_graph(*run.model, run.workload, machine->dies, out.packages);
  out.cost = workload::cost(*machine, out.graph);
  return out;
}

}  // namespace marquetry
