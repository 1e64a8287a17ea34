#include "simulate/message_bound.h"

#include <algorithm>

#include "routing/load.h"

namespace marquetry::simulate {

MessageBound message_bound(const NetworkCase& network, const routing::Routing& routing,
                           const traffic::Messages& messages) {
  const auto& all = messages.messages;
  const std::size_t nodes = network.graph.terminals.size();
  const auto lone = routing::zero_load(network.graph, routing, network.router, 1);

  MessageBound out{.channel = topology::none};
  std::vector<double> flits(nodes * nodes);
  std::vector<std::uint64_t> sent(nodes), taken(nodes), start(all.size());
  std::vector<std::size_t> waits(all.size());
  std::vector<std::vector<std::uint32_t>> then(all.size());
  std::vector<std::uint32_t> free;
  for (std::uint32_t m = 0; m < all.size(); ++m) {
    waits[m] = all[m].after.size();
    for (const auto before : all[m].after) then[before].push_back(m);
    if (waits[m] == 0) free.push_back(m);
    flits[all[m].source * nodes + all[m].destination] += static_cast<double>(all[m].flits);
    out.busiest_node = std::max(
        {out.busiest_node, sent[all[m].source] += all[m].flits, taken[all[m].destination] += all[m].flits});
  }
  for (std::size_t i = 0; i < free.size(); ++i) {
    const auto& m = all[free[i]];
    const auto cycles = lone[m.source * nodes + m.destination];
    const std::uint64_t way = cycles == topology::none ? 0 : cycles;
    const auto arrival = start[free[i]] + m.delay + (m.flits > 0 ? way + m.flits - 1 : 0);
    out.critical_path = std::max(out.critical_path, arrival);
    for (const auto next : then[free[i]]) {
      start[next] = std::max(start[next], arrival);
      if (--waits[next] == 0) free.push_back(next);
    }
  }
  const auto loads = routing::loads(network.graph, routing, flits);
  for (std::uint32_t c = 0; c < loads.size(); ++c) {
    const double cycles = loads[c] / network.graph.channels[c].width;
    if (out.channel != topology::none && cycles <= out.busiest_channel) continue;
    out.busiest_channel = cycles;
    out.channel = c;
  }
  return out;
}

}  // namespace marquetry::simulate
