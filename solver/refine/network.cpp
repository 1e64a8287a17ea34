#include "refine/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "performance/roofline.h"
#include "topology/generators.h"

namespace marquetry::refine {
namespace {

constexpr Rate<> unknown_clock = unit::GHz;  // of dies that state none

Rate<> fastest_clock(const System<double>& system) {
  Rate<> fastest{};
  for (const auto& die : system.dies) fastest = std::max(fastest, die.clock);
  return fastest.si() > 0 ? fastest : unknown_clock;
}

std::uint32_t index_of(const std::vector<std::size_t>& dies, std::size_t die) {
  return static_cast<std::uint32_t>(std::ranges::lower_bound(dies, die) - dies.begin());
}

topology::Point centre(const layout::Layout& layout, std::size_t die) {
  const auto rect = layout::outline(layout, die);
  const double nm = unit::nm / unit::mm;
  return {static_cast<double>(rect.low.x + rect.high.x) / 2 * nm,
          static_cast<double>(rect.low.y + rect.high.y) / 2 * nm};
}

topology::Graph graph_of(const placement::PackageProblem& package, const layout::Layout& layout,
                         const PackageNetwork& made) {
  topology::Graph graph{.name = package.problem.name,
                        .routers = static_cast<std::uint32_t>(made.dies.size())};
  for (const auto die : made.dies) {
    graph.names.push_back(package.problem.dies[die].name);
    graph.places.push_back(centre(layout, die));
    topology::add_terminal(graph, static_cast<std::uint32_t>(graph.names.size() - 1));
  }
  // What is sent first has gone a cycle later, over a narrower link after as many as it takes for a flit.
  for (const auto& link : made.links) {
    const double width = link.payload / made.clock / made.flit;
    const double cycles = link.latency * made.clock + 1 / width;
    topology::add_link(graph, index_of(made.dies, link.a), index_of(made.dies, link.b),
                       static_cast<std::uint32_t>(std::max(1.0, std::ceil(cycles - 1e-9))),
                       std::min(width, 1.0), link.longest / unit::mm);
  }
  return graph;
}

std::vector<topology::Point> pitches(const Prepared& prepared, const Choice& choice,
                                     const System<double>& system, const PackageNetwork& made) {
  const std::size_t n = made.links.front().of;
  const auto& network = system.networks[n];
  const auto is_other = [&](const PlacedLink& link) { return link.is_memory || link.of != n; };
  if (std::ranges::any_of(made.links, is_other) || network.to != network.from) return {};
  const auto& name = chosen(*prepared.design, choice, prepared.design->links[n].topology);
  const auto* generator = topology::find_generator(name);
  if (generator == nullptr) return {};
  std::string why;
  const auto plan = generator->build({.routers = static_cast<std::uint32_t>(made.dies.size())}, why);
  return plan && plan->routers == made.dies.size() ? plan->places : std::vector<topology::Point>{};
}

// By router: what sends and what stores.
struct Roles {
  std::vector<bool> computes{}, stores{};
  std::size_t senders{}, memories{};
};

Roles roles(const System<double>& system, const placement::PackageProblem& package,
            const std::vector<std::size_t>& dies) {
  const auto mark = [&](auto sends) {
    Roles out;
    for (const auto die : dies) {
      const auto& part = package.parts[die];
      out.stores.push_back(part.is_memory);
      out.computes.push_back(!part.is_memory && sends(part.type));
      out.memories += std::size_t{part.is_memory};
      out.senders += std::size_t{out.computes.back()};
    }
    return out;
  };
  auto out = mark([&](std::size_t type) { return performance::computing(system.dies[type]) > 0; });
  return out.senders > 0 ? out : mark([](std::size_t) { return true; });  // no die says that it computes
}

traffic::Traffic traffic_between(const Roles& roles, Flow flow) {
  const std::size_t nodes = roles.computes.size();
  const bool to_memory =
      flow == Flow::memory || (flow == Flow::usual && roles.senders < 2 && roles.memories > 0);
  const bool all = !to_memory && roles.senders == nodes;
  traffic::Traffic out{.name = to_memory ? "memory"
                               : all     ? "uniform"
                                         : "dies",
                       .kind = all ? traffic::Kind::uniform : traffic::Kind::matrix,
                       .nodes = static_cast<std::uint32_t>(nodes)};
  if (all) return out;
  const double each = to_memory ? 1 / static_cast<double>(roles.memories)
                                : 1 / std::max(1.0, static_cast<double>(roles.senders) - 1);
  out.weights.assign(nodes * nodes, 0);
  for (std::size_t s = 0; s < nodes; ++s) {
    if (!roles.computes[s]) continue;
    for (std::size_t d = 0; d < nodes; ++d) {
      if (d == s || !(to_memory ? roles.stores[d] : roles.computes[d])) continue;
      out.weights[s * nodes + d] = each;
      if (to_memory) out.weights[d * nodes + s] = each;
    }
  }
  return out;
}

// Flits a virtual channel that keep the link that needs most of them busy: all virtual channels of a port
// together hold what comes in from a flit's leaving until its place is free again. Slot reuse of BookSim2's
// router: 1 + switch + link + routing + allocation + link + credit.
std::uint32_t buffers(const topology::Graph& graph, const routing::Router& router) {
  double most = router.buffer;
  for (const auto& c : graph.channels) {
    const auto& pipeline = router.at(c.to);
    const double round_trip = 1.0 + pipeline.cycles() + 2.0 * c.latency + pipeline.credit;
    most = std::max(most, std::ceil(round_trip * c.width / router.vcs - 1e-9));
  }
  return static_cast<std::uint32_t>(most);
}

void add_notes(const System<double>& system, const PackageNetwork& made, simulate::NetworkCase& network) {
  network.notes.push_back(
      fmt::format("a cycle is {:.3g} ns; a flit is {:.4g} B, what the widest link carries in one",
                  1 / (made.clock / unit::GHz), made.flit / unit::B));
  network.notes.push_back(fmt::format("{} virtual channels of {} flits: no link waits for credits",
                                      network.router.vcs, network.router.buffer));
  for (const auto& n : system.networks) {
    if (!n.to)
      network.notes.push_back(fmt::format("network '{}' leaves the package: a port, not a link", n.id));
  }
  for (const auto& m : system.memories) {
    network.notes.push_back(
        m.memory.on_package == 0 ? fmt::format("memory '{}' is on the board: not in the network", m.id)
        : m.on_host > 0
            ? fmt::format("memory '{}' stands on its host: not in the network", m.id)
            : fmt::format(
                  "memory '{}': each direction has the whole bandwidth of a stack; its own time is not in",
                  m.id));
  }
}

}  // namespace

std::optional<PackageNetwork> package_network(const Prepared& prepared, const Choice& choice,
                                              const System<double>& system,
                                              const Evaluation<double>& analytic,
                                              const placement::PackageProblem& package,
                                              const layout::Layout& layout, const NetworkOptions& options,
                                              std::string& why) {
  PackageNetwork out;
  out.links = placed_links(prepared, choice, system, analytic, package, layout);
  out.clock = options.clock.value_or(fastest_clock(system));
  Bandwidth<> widest{};
  for (const auto& link : out.links) {
    widest = std::max(widest, link.payload);
    out.dies.insert(out.dies.end(), {link.a, link.b});
  }
  std::ranges::sort(out.dies);
  out.dies.erase(std::unique(out.dies.begin(), out.dies.end()), out.dies.end());
  if (out.links.empty()) {
    why = "nothing is linked within the package";
    return std::nullopt;
  }
  for (const auto& link : out.links) {
    if (link.payload.si() > 0) continue;
    why = fmt::format("between '{}' and '{}' there is no room for a single lane",
                      package.problem.dies[link.a].name, package.problem.dies[link.b].name);
    return std::nullopt;
  }
  out.flit = widest / out.clock;
  out.pitches = pitches(prepared, choice, system, out);
  auto& network = out.network;
  network.name = package.problem.name;
  network.graph = graph_of(package, layout, out);
  if (const auto faults = topology::faults(network.graph); !faults.empty()) {
    why = faults.front().message;
    return std::nullopt;
  }
  const auto all = roles(system, package, out.dies);
  if (options.flow == Flow::memory && all.memories == 0) {
    why = "there is no memory on the package";
    return std::nullopt;
  }
  if (options.flow == Flow::dies && all.senders < 2) {
    why = "there is one computing die";
    return std::nullopt;
  }
  network.traffic = traffic_between(all, options.flow);
  network.routing = options.routing;
  network.router = options.router;
  network.router.buffer = buffers(network.graph, options.router);
  network.packet = static_cast<std::uint32_t>(std::max(1.0, std::ceil(options.packet / out.flit - 1e-9)));
  network.cycle_ns = 1 / (out.clock / unit::GHz);
  network.flit_bits = out.flit / unit::bit;
  add_notes(system, out, network);
  return out;
}

}  // namespace marquetry::refine
