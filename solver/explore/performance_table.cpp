#include "explore/performance_table.h"

#include <fmt/format.h>

#include <cmath>

#include "explore/reference.h"

namespace marquetry::explore {
namespace {

std::string gigabytes(const Data<>& data) {
  const double size = data / unit::GB;
  return fmt::format("{:.{}f} GB", size, size < 10 ? 1 : 0);
}

// Capacity comes first; then whatever else leaves no time for the pass.
void judge(const Runner& runner, Cell& cell) {
  const auto& p = cell.figures;
  const double share = p.needed / (p.packages * p.usable);
  if (!(p.usable.si() > 0)) {
    cell.why = "its memory is not known";
  } else if (share > 1 + 1e-9) {
    cell.why = fmt::format("{}, of one package {} can be used", gigabytes(p.needed), gigabytes(p.usable));
    cell.remedy = fmt::format("{:.2f} times the memory{}", std::ceil(100 * share) / 100,
                              runner.machine.joins_packages ? "" : ", or links to others (none are public)");
  } else if (!(p.value > 0) || !std::isfinite(p.value)) {
    cell.why = "no unit of it is known to compute in this format, or a wider one";
    cell.remedy = "take another precision";
  } else {
    cell.fits = true;
  }
}

}  // namespace

std::optional<Runner> runner_of(const Product& product, const EfficiencyParameters<double>& efficiency) {
  Runner out{
      .name = product.id, .is_product = true, .machine = product_machine(product), .efficiency = efficiency};
  double peak = 0;
  for (const auto& rate : out.machine.peaks) peak = std::max(peak, rate.si());
  if (!(peak > 0) || !(out.machine.memory.si() > 0) || !(out.machine.capacity.si() > 0)) return std::nullopt;
  return out;
}

Runner runner_of(std::string name, const System<double>& system, const Evaluation<double>& evaluation) {
  return {.name = std::move(name), .machine = evaluation.machine, .efficiency = system.efficiency};
}

std::vector<std::vector<Cell>> performance_table(const std::vector<Runner>& runners,
                                                 const std::vector<Workload<double>>& workloads) {
  std::vector<std::vector<Cell>> out;
  out.reserve(runners.size());
  for (const auto& runner : runners) {
    auto& row = out.emplace_back();
    row.reserve(workloads.size());
    for (const auto& workload : workloads) {
      auto& cell = row.emplace_back();
      cell.figures = performance::roofline(workload, runner.machine, runner.efficiency);
      judge(runner, cell);
    }
  }
  return out;
}

}  // namespace marquetry::explore
