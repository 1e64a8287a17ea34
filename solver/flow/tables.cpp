#include "flow/tables.h"

#include <algorithm>
#include <utility>

#include "flow/plan.h"
#include "routing/certificate.h"
#include "routing/layers.h"
#include "routing/load.h"
#include "routing/routings.h"

namespace marquetry::flow {
namespace {

struct Candidate {
  routing::Routing routing{};
  double load{};
};

// Parts a plan into layers by pairs, which takes fewer than by destination; nothing where they are too many.
std::optional<Candidate> parted(const Demand& demand, std::span<const double> matrix, const Plan& plan,
                                std::uint32_t vcs) {
  std::string why;
  auto layering = routing::in_layers(*demand.graph, table(*demand.graph, plan, vcs), vcs, why);
  if (!layering) return std::nullopt;
  return Candidate{std::move(layering->routing),
                   1 / greatest_use(demand, plan_loads(*demand.graph, matrix, plan))};
}

// Without ways that carry less than that part of what their router sends.
Plan pruned(Plan plan, double least) {
  for (auto& ways : plan.ways) {
    if (ways.size() < 2) continue;
    const auto main = *std::ranges::max_element(ways, {}, &Share::part);
    std::erase_if(ways, [&](const Share& s) { return s.part < least && s.channel != main.channel; });
    double left = 0;
    for (const auto& s : ways) left += s.part;
    for (auto& s : ways) s.part /= left;
  }
  return plan;
}

// The best of the named routings that are free of deadlock as they stand; of equals the one in fewest layers.
std::optional<Candidate> named(const Demand& demand, std::span<const double> matrix, std::uint32_t vcs) {
  std::optional<Candidate> best;
  for (const auto& row : routing::rows()) {
    std::string why;
    auto made = row.make(*demand.graph, vcs, why);
    if (!made || !made->is_table() || made->key != routing::Key::router) continue;
    const auto loads = routing::loads(*demand.graph, *made, matrix);
    const double load = 1 / greatest_use(demand, loads);
    const bool as_good = best && load > best->load * (1 - 1e-9) && made->layers < best->routing.layers;
    if (best && load <= best->load * (1 + 1e-9) && !as_good) continue;
    const auto certificate = routing::certify(*demand.graph, *made);
    if (certificate.deadlock_free && certificate.lost.empty()) best = Candidate{std::move(*made), load};
  }
  return best;
}

// Where a plan takes too many layers: the best of what is near it.
Candidate bent(const Demand& demand, std::span<const double> matrix, const Plan& plan, const Plan* single,
               std::uint32_t vcs, std::uint32_t& needed) {
  auto laid = plan;
  needed = lay_layers(demand, matrix, laid, vcs);
  Candidate best{table(*demand.graph, laid, vcs),
                 1 / greatest_use(demand, plan_loads(*demand.graph, matrix, laid))};
  const auto offer = [&](std::optional<Candidate> other) {
    if (other && other->load > best.load * (1 + 1e-9)) best = std::move(*other);
  };
  if (single != nullptr) {
    for (const double least : {0.02, 0.1, 0.4}) {
      auto fewer = parted(demand, matrix, pruned(plan, least), vcs);
      const bool fits = fewer.has_value();
      offer(std::move(fewer));
      if (fits) break;
    }
    offer(parted(demand, matrix, *single, vcs));
  }
  offer(named(demand, matrix, vcs));
  return best;
}

}  // namespace

Tables optimised(const topology::Graph& graph, std::span<const double> matrix, std::uint32_t vcs, Split split,
                 const Options& options) {
  Tables out;
  auto brief = options;
  brief.short_ways = true;  // short ways have fewer turns, which need fewer layers
  out.optimum = optimum(graph, matrix, brief);
  const auto wanted = demand(graph, matrix, false);
  const auto single = single_plan(graph, matrix, out.optimum, options);
  const auto plan = split == Split::spread ? spread_plan(graph, out.optimum) : single;
  auto found = parted(wanted, matrix, plan, vcs);
  if (found) out.needed = found->routing.layers;
  if (!found) found = bent(wanted, matrix, plan, split == Split::spread ? &single : nullptr, vcs, out.needed);
  // Layers share out the buffers: ways that need fewer and carry as much are better.
  if (split == Split::single && found->routing.layers > 1) {
    auto whole = named(wanted, matrix, vcs);
    if (whole && whole->routing.layers < found->routing.layers && whole->load >= found->load * (1 - 1e-6))
      found = std::move(whole);
  }
  out.routing = std::move(found->routing);
  out.layers = out.routing.layers;
  out.load = wanted.busiest > 0 ? found->load : out.optimum.load;
  out.left = wanted.busiest > 0 ? std::max(0.0, 1 - out.load / out.optimum.bound) : 0;
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
