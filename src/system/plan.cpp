#include "system/plan.h"

#include "system/plan_builder.h"

namespace marquetry {

template <Number Real>
std::optional<Plan<Real>> make_plan(const Library& library, const Design& design,
                                    const Lifting<Real>& lifting, Diagnostics& diagnostics) {
  PlanBuilder<Real> builder{library, design, lifting, diagnostics};
  auto& base = builder.plan.base;
  base.dies.resize(design.dies.size());
  base.memories.resize(design.memories.size());
  base.networks.resize(design.links.size());
  base.workloads.resize(design.workloads.size());
  builder.package();
  for (std::size_t i = 0; i < design.dies.size(); ++i) builder.die(i);
  for (std::size_t i = 0; i < design.memories.size(); ++i) builder.memory(i);
  for (std::size_t i = 0; i < design.links.size(); ++i) builder.network(i);
  for (std::size_t i = 0; i < design.workloads.size(); ++i) builder.workload(i);
  if (!diagnostics.ok()) return std::nullopt;
  return std::move(builder.plan);
}

template <Number Real>
System<Real> compose(const Plan<Real>& plan, std::span<const Range> choice) {
  System<Real> system = plan.base;
  for (const auto& setter : plan.setters) setter.apply(system, choice);
  return system;
}

#define INSTANTIATE(Real)                                                                           \
  template std::optional<Plan<Real>> make_plan(const Library&, const Design&, const Lifting<Real>&, \
                                               Diagnostics&);                                       \
  template System<Real> compose(const Plan<Real>&, std::span<const Range>);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
