#include "routing/figures.h"

#include <algorithm>
#include <numeric>

#include "routing/lone_packet.h"

namespace marquetry::routing {
namespace {

using topology::Graph;
using topology::none;

class Sweeps {
 public:
  Sweeps(const Graph& graph, std::span<const double> matrix, const Router& router, std::uint32_t packet_flits,
         Workspace& workspace)
      : graph_{graph},
        matrix_{matrix},
        router_{router},
        flits_{packet_flits},
        packet_{graph, router, packet_flits},
        work_{workspace} {}

  Figures run() {
    find_paths();
    const auto n = graph_.routers;
    work_.loads.assign(graph_.channels.size(), 0);
    work_.flow.resize(n);
    work_.cycles.resize(std::size_t{n} * n);
    work_.by_router.assign(std::size_t{n} + 1, 0);
    work_.nodes.resize(graph_.terminals.size());
    for (const auto& t : graph_.terminals) ++work_.by_router[t.router + 1];
    for (std::uint32_t r = 0; r < n; ++r) work_.by_router[r + 1] += work_.by_router[r];
    for (std::uint32_t node = 0; node < graph_.terminals.size(); ++node)
      work_.nodes[work_.by_router[graph_.terminals[node].router]++] = node;
    for (std::uint32_t r = n; r > 0; --r) work_.by_router[r] = work_.by_router[r - 1];
    work_.by_router[0] = 0;
    for (std::uint32_t to = 0; to < n; ++to) {
      if (work_.by_router[to] == work_.by_router[to + 1]) continue;
      measure(to);
      load(to);
    }
    average();
    out_.bound = channel_bound(graph_, matrix_, work_.loads);
    return out_;
  }

 private:
  void find_paths() {
    const std::size_t n = graph_.routers;
    work_.first.resize(n * n);
    work_.distance.resize(n * n);
    work_.order.resize(n * n);
    work_.reached.resize(n);
    work_.search.set(graph_);
    for (std::uint32_t s = 0; s < n; ++s)
      work_.reached[s] = work_.search.run(s, work_.first.data() + s * n, work_.distance.data() + s * n,
                                          work_.order.data() + s * n);
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = a + 1; b < n; ++b)
        if (work_.distance[a * n + b] != work_.distance[b * n + a]) return order_by_destination();
  }

  // Where ways there and back differ: the routers by their distance to each destination.
  void order_by_destination() {
    const std::size_t n = graph_.routers;
    for (std::size_t to = 0; to < n; ++to) {
      auto* const order = work_.order.data() + to * n;
      std::iota(order, order + n, 0u);
      std::stable_sort(order, order + n, [&](auto a, auto b) {
        return work_.distance[a * n + to] < work_.distance[b * n + to];
      });
      work_.reached[to] = static_cast<std::uint32_t>(
          std::count_if(order, order + n, [&](auto r) { return work_.distance[r * n + to] != none; }));
    }
  }

  // Nearest first: each router by way of the next.
  void measure(std::uint32_t to) {
    const std::size_t n = graph_.routers;
    const auto* const order = work_.order.data() + to * n;
    auto* const cycles = work_.cycles.data() + to * n;
    std::fill_n(cycles, n, none);
    cycles[to] = router_.at(to).cycles();
    for (std::uint32_t i = 1; i < work_.reached[to]; ++i) {
      const auto& c = graph_.channels[work_.first[order[i] * n + to]];
      cycles[order[i]] = router_.at(order[i]).cycles() + c.latency + cycles[c.to];
    }
  }

  // Farthest first: what has come to a router by then is all that ever does.
  void load(std::uint32_t to) {
    const std::size_t n = graph_.routers, nodes = graph_.terminals.size();
    std::fill(work_.flow.begin(), work_.flow.end(), 0);
    for (auto i = work_.by_router[to]; i != work_.by_router[to + 1]; ++i)
      for (std::size_t s = 0; s < nodes; ++s)
        work_.flow[graph_.terminals[s].router] += matrix_[s * nodes + work_.nodes[i]];
    const auto* const order = work_.order.data() + to * n;
    for (auto i = work_.reached[to]; i-- > 1;) {
      const auto channel = work_.first[order[i] * n + to];
      work_.loads[channel] += work_.flow[order[i]];
      work_.flow[graph_.channels[channel].to] += work_.flow[order[i]];
    }
  }

  // Flit by flit, where the tail does not follow at once.
  std::uint32_t slow_cycles(std::uint32_t source, std::uint32_t destination) {
    work_.path.clear();
    const auto to = graph_.terminals[destination].router;
    for (auto at = graph_.terminals[source].router; at != to; at = graph_.channels[work_.path.back()].to)
      work_.path.push_back(work_.first[std::size_t{at} * graph_.routers + to]);
    return packet_.cycles(source, destination, work_.path);
  }

  void average() {
    if (follows_at_once(graph_, router_, flits_))
      average_over([&](std::uint32_t s, std::uint32_t d, std::uint32_t head) {
        return head + graph_.terminals[s].latency + graph_.terminals[d].latency + flits_;
      });
    else
      average_over([&](std::uint32_t s, std::uint32_t d, std::uint32_t) { return slow_cycles(s, d); });
  }

  template <class Cycles>
  void average_over(Cycles cycles_of) {
    const std::size_t n = graph_.routers;
    const auto nodes = static_cast<std::uint32_t>(graph_.terminals.size());
    double sum = 0, weight = 0;
    std::uint32_t most = 0;
    bool connected = true;
    for (std::uint32_t s = 0; s < nodes; ++s) {
      const auto* const row = matrix_.data() + std::size_t{s} * nodes;
      const auto* const heads = work_.cycles.data() + graph_.terminals[s].router;
      for (std::uint32_t d = 0; d < nodes; ++d) {
        if (row[d] <= 0) continue;
        const auto head = heads[graph_.terminals[d].router * n];
        if (head == none) {
          connected = false;
          continue;
        }
        const auto cycles = cycles_of(s, d, head);
        sum += row[d] * cycles;
        weight += row[d];
        most = std::max(most, cycles);
      }
    }
    out_.connected = connected;
    out_.most_cycles = most;
    if (weight > 0) out_.mean_cycles = sum / weight;
  }

  const Graph& graph_;
  std::span<const double> matrix_;
  const Router& router_;
  std::uint32_t flits_{};
  LonePacket packet_;
  Workspace& work_;
  Figures out_{};
};

}  // namespace

Figures figures(const Graph& graph, std::span<const double> matrix, const Router& router,
                std::uint32_t packet_flits, Workspace& workspace) {
  return Sweeps{graph, matrix, router, packet_flits, workspace}.run();
}

}  // namespace marquetry::routing
