#include "routing/paths.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace marquetry::routing {
namespace {

using topology::none;

// Channels by the router that they leave, then by port.
struct Outgoing {
  std::vector<std::uint32_t> begin{}, channel{};

  explicit Outgoing(const topology::Graph& graph) : begin(graph.routers + 1), channel(graph.channels.size()) {
    std::iota(channel.begin(), channel.end(), 0u);
    std::sort(channel.begin(), channel.end(), [&](auto a, auto b) {
      const auto &x = graph.channels[a], &y = graph.channels[b];
      return x.from != y.from ? x.from < y.from : x.out_port < y.out_port;
    });
    for (const auto& c : graph.channels) ++begin[c.from + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
  }
};

}  // namespace

Paths shortest_paths(const topology::Graph& graph) {
  const std::size_t n = graph.routers;
  const Outgoing outgoing{graph};
  Paths out{std::vector(n * n, none), std::vector(n * n, none), {}};
  out.order.reserve(n * n);
  std::vector<std::uint64_t> open;  // distance, router; those that were bettered stay in it
  for (std::uint32_t source = 0; source < n; ++source) {
    auto* const distance = out.distance.data() + source * n;
    auto* const first = out.first.data() + source * n;
    distance[source] = 0;
    open.assign(1, source);
    while (!open.empty()) {
      std::pop_heap(open.begin(), open.end(), std::greater{});
      const auto here = static_cast<std::uint32_t>(open.back());
      const auto passed = static_cast<std::uint32_t>(open.back() >> 32);
      open.pop_back();
      if (passed != distance[here]) continue;
      out.order.push_back(here);
      for (auto i = outgoing.begin[here]; i != outgoing.begin[here + 1]; ++i) {
        const auto& c = graph.channels[outgoing.channel[i]];
        const auto there = passed + c.latency;
        if (there >= distance[c.to]) continue;
        distance[c.to] = there;
        first[c.to] = here == source ? outgoing.channel[i] : first[here];
        open.push_back(std::uint64_t{there} << 32 | c.to);
        std::push_heap(open.begin(), open.end(), std::greater{});
      }
    }
    out.order.resize((source + 1) * n, none);
  }
  return out;
}

}  // namespace marquetry::routing
