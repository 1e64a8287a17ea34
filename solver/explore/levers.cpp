#include "explore/levers.h"

#include <fmt/format.h>

#include <algorithm>

namespace marquetry::explore {
namespace {

constexpr double most_settings = 65536;  // of the levers of one workload

bool is_open(const std::optional<VariableId>& variable, const Design& design) {
  return variable && design.variables[*variable].domain.size() > 1;
}

void check_fixed(const auto& open, const Design& design, std::string_view what, Diagnostics& diagnostics) {
  if (!is_open(open.variable, design)) return;
  const auto& variable = design.variables[*open.variable];
  diagnostics.error(
      open.where, fmt::format("a reference cannot be measured while {} is left to '{}'", what, variable.name),
      fmt::format("fix it, for example --set {}={}", variable.name, variable.domain.front().text));
}

void check_fixed_if(const std::optional<OpenNumber>& open, const Design& design, std::string_view what,
                    Diagnostics& diagnostics) {
  if (open) check_fixed(*open, design, what, diagnostics);
}

}  // namespace

std::vector<VariableId> levers_of(const Design& design, const DesignWorkload& w) {
  std::vector<VariableId> out;
  const auto add = [&](const auto& open) {
    if (is_open(open.variable, design)) out.push_back(*open.variable);
  };
  const auto add_if = [&](const auto& open) {
    if (open) add(*open);
  };
  add(w.precision), add(w.sparsity), add_if(w.cache_precision), add(w.cache_share), add(w.batch);
  add_if(w.active_experts), add_if(w.microbatches), add(w.interleave), add(w.recompute);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void check_levers(const Design& design, Diagnostics& diagnostics) {
  check_fixed(design.efficiency, design, "'efficiency'", diagnostics);
  for (const auto& w : design.workloads) {
    const auto of = [&](std::string_view what) { return fmt::format("the {} of '{}'", what, w.id); };
    check_fixed(w.model, design, of("model"), diagnostics);
    check_fixed(w.context, design, of("context"), diagnostics);
    check_fixed(w.output, design, of("output"), diagnostics);
    check_fixed_if(w.packages, design, of("number of packages"), diagnostics);
    check_fixed_if(w.tensor, design, of("tensor ways"), diagnostics);
    check_fixed_if(w.pipeline, design, of("pipeline ways"), diagnostics);
    check_fixed_if(w.data, design, of("data ways"), diagnostics);
    check_fixed_if(w.expert, design, of("expert ways"), diagnostics);
    double settings = 1;
    for (const auto v : levers_of(design, w)) {
      settings *= static_cast<double>(design.variables[v].domain.size());
    }
    if (settings <= most_settings) continue;
    diagnostics.error(
        w.where,
        fmt::format("{:.3g} settings of the levers of '{}' are too many to try for a product", settings,
                    w.id),
        fmt::format("at most {:.0f}: fix one of them, or give it a larger step", most_settings));
  }
}

}  // namespace marquetry::explore
