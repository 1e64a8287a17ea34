#include "flow/tables.h"

#include <algorithm>
#include <utility>

#include "flow/plan.h"

namespace marquetry::flow {

Tables optimised(const topology::Graph& graph, std::span<const double> matrix, std::uint32_t vcs, Split split,
                 const Options& options) {
  Tables out;
  auto brief = options;
  brief.short_ways = true;  // short ways have fewer turns, which need fewer layers
  out.optimum = optimum(graph, matrix, brief);
  auto plan = split == Split::spread ? spread_plan(graph, out.optimum)
                                     : single_plan(graph, matrix, out.optimum, options);
  const auto wanted = demand(graph, matrix, false);
  out.needed = lay_layers(wanted, matrix, plan, vcs);
  out.layers = plan.layers;
  const double use = greatest_use(wanted, plan_loads(graph, matrix, plan));
  out.load = use > 0 ? 1 / use : out.optimum.load;
  out.left = use > 0 ? std::max(0.0, 1 - out.load / out.optimum.bound) : 0;
  out.routing = table(graph, plan, vcs);
  out.routing.name = split == Split::spread ? "optimised-spread" : "optimised";
  return out;
}

routing::Routing spread_tables(const topology::Graph& graph, const Optimum& optimum, std::uint32_t vcs) {
  auto out = table(graph, spread_plan(graph, optimum), vcs);
  out.name = "optimised-spread";
  return out;
}

routing::Routing single_tables(const topology::Graph& graph, std::span<const double> matrix,
                               const Optimum& optimum, std::uint32_t vcs, const Options& options) {
  auto out = table(graph, single_plan(graph, matrix, optimum, options), vcs);
  out.name = "optimised";
  return out;
}

}  // namespace marquetry::flow
