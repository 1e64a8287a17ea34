#include "synthesis/resilience.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/parallel.h"
#include "flow/flow.h"
#include "routing/certificate.h"
#include "routing/load.h"
#include "routing/routings.h"

namespace marquetry::synthesis {
namespace {

using Clock = std::chrono::steady_clock;
using topology::none;

std::string name_of(const topology::Graph& graph, const Loss& loss) {
  if (loss.router != none) return "die " + topology::router_name(graph, loss.router);
  for (const auto& c : graph.channels) {
    if (c.link != loss.link) continue;
    return "link " + std::to_string(loss.link) + " (" + topology::router_name(graph, c.from) + " - " +
           topology::router_name(graph, c.to) + ")";
  }
  return "nothing";
}

// By the row, and over all routings: what is asked for.
void route_anew(const topology::Graph& graph, std::span<const double> matrix,
                const ResilienceOptions& options, double seconds, Outcome& out) {
  if (out.rerouted.in_pieces) return;
  const auto left = damaged(graph, matrix, out.loss);
  if (left.graph.terminals.size() < 2) return;
  if (options.optimum) {
    const auto best =
        flow::optimum(left.graph, left.matrix, {.seconds = seconds, .gap = 1e-3, .stop = options.stop});
    out.optimum = best.load;
    out.bound = best.bound;
  }
  const auto* row = routing::find(options.routing);
  if (row == nullptr) return;
  std::string why;
  const auto routing = row->make(left.graph, options.vcs, why);
  if (!routing) return;
  out.is_certified = true;
  out.deadlock_free = routing::certify(left.graph, *routing).deadlock_free;
  out.routed =
      routing::channel_bound(left.graph, left.matrix, routing::loads(left.graph, *routing, left.matrix)).load;
}

Summary summary(const std::vector<Outcome>& outcomes) {
  Summary out{.worst = infinity};
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const double load = outcomes[i].rerouted.load;
    out.deadlocks += outcomes[i].is_certified && !outcomes[i].deadlock_free ? 1U : 0U;
    if (!std::isfinite(load)) continue;  // nobody is left who sends
    sum += load;
    ++count;
    if (load < out.worst) out.worst = load, out.which = i;
  }
  if (count == 0) return {};
  out.mean = sum / static_cast<double>(count);
  return out;
}

}  // namespace

Damaged damaged(const topology::Graph& graph, std::span<const double> matrix, const Loss& loss) {
  Damaged out{.graph = graph};
  auto& left = out.graph;
  left.shape = {};  // routings that go by coordinates have lost them
  std::erase_if(left.channels, [&](const topology::Channel& c) {
    return c.link == loss.link || c.from == loss.router || c.to == loss.router;
  });
  std::erase_if(left.terminals, [&](const topology::Terminal& t) { return t.router == loss.router; });
  const auto nodes = graph.terminals.size();
  for (std::size_t s = 0; s < nodes; ++s) {
    for (std::size_t d = 0; d < nodes; ++d) {
      if (graph.terminals[s].router != loss.router && graph.terminals[d].router != loss.router)
        out.matrix.push_back(matrix[s * nodes + d]);
    }
  }
  if (loss.router == none) return out;
  --left.routers;
  const auto at = static_cast<std::ptrdiff_t>(loss.router);
  if (!left.places.empty()) left.places.erase(left.places.begin() + at);
  if (left.names.empty()) {
    for (std::uint32_t r = 0; r < graph.routers; ++r) left.names.push_back(std::to_string(r));
  }
  left.names.erase(left.names.begin() + at);
  for (auto& c : left.channels) {
    c.from -= c.from > loss.router ? 1U : 0U;
    c.to -= c.to > loss.router ? 1U : 0U;
  }
  for (auto& t : left.terminals) t.router -= t.router > loss.router ? 1U : 0U;
  return out;
}

Resilience resilience(const topology::Graph& graph, std::span<const double> matrix,
                      const routing::Router& router, const ResilienceOptions& options) {
  Rerouter rerouter{graph, matrix, router};
  Resilience out;
  const auto outcome = [&](const Loss& loss) {
    return Outcome{.loss = loss, .name = name_of(graph, loss), .rerouted = rerouter.without(loss)};
  };
  out.intact = outcome({});
  std::uint32_t links = 0;
  for (const auto& c : graph.channels) links = std::max(links, c.link + 1);
  for (std::uint32_t l = 0; l < links; ++l) {
    out.links.push_back(outcome({.link = l}));
    if (out.links.back().rerouted.in_pieces) out.bridges.push_back(l);
  }
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    out.dies.push_back(outcome({.router = r}));
    if (out.dies.back().rerouted.in_pieces) out.articulation.push_back(r);
  }
  if (options.optimum || !options.routing.empty()) {
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                        std::chrono::duration<double>(options.seconds));
    std::vector<Outcome*> all{&out.intact};
    for (auto* group : {&out.links, &out.dies}) {
      for (auto& o : *group) all.push_back(&o);
    }
    const auto done = parallel::map(all.size(), options.threads, [&](std::size_t i) {
      const std::chrono::duration<double> left = end - Clock::now();
      if (left.count() <= 0 || (options.stop != nullptr && options.stop->load())) return false;
      route_anew(graph, matrix, options, left.count(), *all[i]);
      return true;
    });
    out.complete = std::ranges::all_of(done, [](bool d) { return d; });
  }
  out.of_links = summary(out.links);
  out.of_dies = summary(out.dies);
  return out;
}

}  // namespace marquetry::synthesis
