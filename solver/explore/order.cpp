#include "explore/order.h"

#include <algorithm>

namespace marquetry::explore {
namespace {

bool has(const std::vector<VariableId>& list, VariableId v) {
  return std::ranges::find(list, v) != list.end();
}

std::vector<std::vector<VariableId>> variables_of_dies(const Prepared& prepared) {
  std::vector<std::vector<VariableId>> out(prepared.design->dies.size());
  for (std::size_t d = 0; d < out.size(); ++d) {
    for (VariableId v = 0; v < prepared.design->variables.size(); ++v) {
      const bool shapes = std::ranges::any_of(prepared.plan.setters, [&](const auto& setter) {
        return (setter.dies >> d & 1) != 0 && has(setter.variables, v);
      });
      if (shapes) out[d].push_back(v);
    }
  }
  return out;
}

}  // namespace

Order order_of(const Prepared& prepared) {
  Order order;
  order.die_variables = variables_of_dies(prepared);
  std::vector<VariableId> sequence;
  const auto append = [&sequence](VariableId v) {
    if (!has(sequence, v)) sequence.push_back(v);
  };
  for (const auto& variables : order.die_variables) std::ranges::for_each(variables, append);
  for (VariableId v = 0; v < prepared.design->variables.size(); ++v) append(v);

  std::vector<std::size_t> level_of(sequence.size());
  for (std::size_t l = 0; l < sequence.size(); ++l) {
    level_of[sequence[l]] = l;
    order.levels.push_back(
        {.variable = sequence[l], .size = prepared.design->variables[sequence[l]].domain.size()});
  }
  const auto last_of = [&](const std::vector<VariableId>& variables) {
    std::size_t last = 0;
    for (const auto v : variables) last = std::max(last, level_of[v]);
    return last;
  };
  for (const auto& setter : prepared.plan.setters) {
    order.levels[last_of(setter.variables)].setters.push_back(&setter);
  }
  order.settled_at.resize(order.die_variables.size());
  for (std::size_t d = 0; d < order.die_variables.size(); ++d) {
    if (order.die_variables[d].empty()) {
      order.fixed_dies.push_back(d);
    } else {
      order.settled_at[d] = last_of(order.die_variables[d]);
      order.levels[order.settled_at[d]].dies.push_back(d);
    }
  }
  return order;
}

}  // namespace marquetry::explore
