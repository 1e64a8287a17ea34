#include "refine/routed.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "performance/roofline.h"
#include "refine/collective.h"
#include "refine/cut.h"
#include "routing/routings.h"

namespace marquetry::refine {
namespace {

// Above that many routers the ways that look at all roots and turns are left out: they take longer than the
// rest of the rung.
constexpr std::uint32_t most_routers_of_all = 48;

Way taken(const simulate::NetworkCase& network, std::span<const double> matrix, routing::Routing routing) {
  Way out{.routing = std::move(routing)};
  const auto& graph = network.graph;
  out.certificate = routing::certify(graph, out.routing);
  out.loads = routing::loads(graph, out.routing, matrix);
  out.carried = carried(graph, out.loads);
  out.zero_load = routing::zero_load(graph, out.routing, network.router, network.packet);
  double weight = 0, sum = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    weight += matrix[i];
    sum += matrix[i] * out.zero_load[i];
  }
  out.mean = weight > 0 ? sum / weight : 0;
  return out;
}

bool better(const Way& a, const Way& b) {
  if (a.certificate.deadlock_free != b.certificate.deadlock_free) return a.certificate.deadlock_free;
  if (a.carried > b.carried * (1 + 1e-9)) return true;
  return a.carried > b.carried * (1 - 1e-9) && a.mean < b.mean * (1 - 1e-9);
}

// What the links of senders let in and those of receivers let out, of the traffic at an offered load of 1.
double let_in(const topology::Graph& graph, std::span<const double> matrix) {
  const std::size_t nodes = graph.terminals.size();
  std::vector<double> out(nodes), in(nodes);
  std::vector<std::uint32_t> members;
  for (std::uint32_t n = 0; n < nodes; ++n) {
    bool is_one = false;
    for (std::size_t other = 0; other < nodes && !is_one; ++other)
      is_one = matrix[n * nodes + other] > 0 || matrix[other * nodes + n] > 0;
    if (is_one) members.push_back(n);
  }
  const auto gone = dead_ends(graph, members);
  for (const auto& c : graph.channels) {
    if (gone[c.from] != 0 || gone[c.to] != 0) continue;
    out[c.from] += c.width;
    in[c.to] += c.width;
  }
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t n = 0; n < nodes; ++n) {
    double sent = 0, received = 0;
    for (std::size_t other = 0; other < nodes; ++other) {
      if (other == n) continue;
      sent += matrix[n * nodes + other];
      received += matrix[other * nodes + n];
    }
    if (sent > 0) least = std::min(least, out[n] / sent);
    if (received > 0) least = std::min(least, in[n] / received);
  }
  return least;
}

struct Maker {
  const System<double>& system;
  const placement::PackageProblem& package;
  const PackageNetwork& made;
  const Way& way;

  const topology::Graph& graph() const { return made.network.graph; }
  Time<> time(double cycles) const { return cycles / made.clock; }

  // Routers of dies of that type; of all dies without one.
  std::vector<std::uint32_t> routers_of(std::optional<std::size_t> type) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t r = 0; r < made.dies.size(); ++r) {
      const auto& part = package.parts[made.dies[r]];
      if (!part.is_memory && (!type || part.type == *type)) out.push_back(r);
    }
    return out;
  }

  double farthest(std::span<const std::uint32_t> from, std::span<const std::uint32_t> to) const {
    std::uint32_t most = 0;
    for (const auto a : from) {
      for (const auto b : to) {
        if (a == b) continue;
        most = std::max({most, way.zero_load[a * graph().terminals.size() + b],
                         way.zero_load[b * graph().terminals.size() + a]});
      }
    }
    return most;
  }

  // The way that the collectives of all workloads take less time on; without any the one that carries more.
  Schedule collective(std::span<const std::uint32_t> members,
                      std::span<const std::uint32_t> lone_flit) const {
    const auto around = ring(graph(), way.routing, members, lone_flit).schedule;
    const auto at_once = direct(graph(), way.routing, members, lone_flit);
    const auto n = static_cast<double>(members.size());
    const auto takes = [&](const Schedule& s) {
      const Bandwidth<> bandwidth = s.bandwidth * made.flit * made.clock * system.efficiency.network;
      Time<> sum = (s.bandwidth > 0 ? 1e-15 / s.bandwidth : 1.0) * unit::s;  // tells equals apart
      for (const auto& workload : system.workloads) {
        const auto d = performance::demand(workload);
        if (d.is_split) sum += d.all_reduces * (2 * (n - 1) * (d.all_reduce / n / bandwidth + time(s.step)));
      }
      return sum;
    };
    return takes(at_once) < takes(around) ? at_once : around;
  }

  RoutedNetwork network(std::size_t n, std::span<const std::uint32_t> lone_flit) const {
    RoutedNetwork out;
    const auto& network = system.networks[n];
    if (!network.to) return out;
    const auto from = routers_of(network.from);
    out.longest = time(farthest(from, routers_of(network.to)));
    for (std::size_t c = 0; c < graph().channels.size(); ++c) {
      const auto& link = made.links[graph().channels[c].link];
      if (!link.is_memory && link.of == n)
        out.busiest = std::max(out.busiest, way.loads[c] * way.carried / graph().channels[c].width);
    }
    if (from.size() < 2 || in_stack(system, network)) return out;
    const auto schedule = collective(from, lone_flit);
    out.collective = schedule.bandwidth * made.flit * made.clock;
    out.step = time(schedule.step);
    out.way = schedule.way;
    return out;
  }
};

}  // namespace

std::optional<Way> best_way(const simulate::NetworkCase& network, std::span<const std::string_view> names,
                            const std::vector<topology::Point>& pitches) {
  topology::Graph grid = network.graph;
  if (!pitches.empty()) grid.places = pitches;
  const auto matrix = traffic::matrix(network.traffic);
  std::optional<Way> best;
  for (const auto name : names) {
    const auto* row = routing::find(name);
    const bool takes_long = name == "turn-prohibition" || name == "up-down";
    if (row == nullptr || (takes_long && best && best->certificate.deadlock_free &&
                           network.graph.routers > most_routers_of_all))
      continue;
    std::string why;
    auto made = row->make(grid, network.router.vcs, why);
    if (!made) continue;
    auto way = taken(network, matrix, std::move(*made));
    if (!way.certificate.lost.empty()) continue;
    if (!best || better(way, *best)) best = std::move(way);
  }
  return best;
}

Routed routed(const System<double>& system, const placement::PackageProblem& package,
              const PackageNetwork& made, const Way& way) {
  const Maker maker{system, package, made, way};
  const auto& graph = made.network.graph;
  const auto matrix = traffic::matrix(made.network.traffic);
  Routed out{.routing = way.routing.name,
             .traffic = made.network.traffic.name,
             .deadlock_free = way.certificate.deadlock_free,
             .certificate = routing::text(graph, way.certificate)};
  const auto dies = maker.routers_of({});
  out.longest = maker.time(maker.farthest(dies, dies));
  out.mean = maker.time(way.mean);
  std::vector<std::uint32_t> computing;
  for (const auto r : dies) {
    if (performance::computing(system.dies[package.parts[made.dies[r]].type]) > 0) computing.push_back(r);
  }
  if (const auto& halved = computing.empty() ? dies : computing; halved.size() > 1) {
    const auto cut = narrowest_halving(graph, halved);
    out.bisection = cut.width * made.flit * made.clock;
    out.is_exact = cut.is_exact;
  }
  const double asked = let_in(graph, matrix);
  out.throughput_fraction = std::min(1.0, way.carried / asked);
  for (std::size_t c = 0; c < graph.channels.size() && out.narrowest.empty(); ++c) {
    if (way.loads[c] > 0 && graph.channels[c].width / way.loads[c] <= way.carried * (1 + 1e-12))
      out.narrowest =
          fmt::format("{} -> {}", graph.names[graph.channels[c].from], graph.names[graph.channels[c].to]);
  }
  const auto lone_flit = routing::zero_load(graph, way.routing, made.network.router, 1);
  for (std::size_t n = 0; n < system.networks.size(); ++n)
    out.networks.push_back(maker.network(n, lone_flit));
  return out;
}

}  // namespace marquetry::refine
