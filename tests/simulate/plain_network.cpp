#include "simulate/plain_network.h"

#include "simulate/plain_router.h"

namespace marquetry::test {

PlainNetwork::PlainNetwork(const simulate::NetworkCase& n, const routing::Routing& r)
    : network{n}, routing{r}, ports{topology::ports(n.graph)} {
  const auto& graph = n.graph;
  const auto all = static_cast<int>(ports.ports);
  for (std::uint32_t i = 0; i < graph.routers; ++i)
    routers.push_back(std::make_unique<PlainRouter>(*this, i, all, all));
  wires.resize(graph.channels.size());
  into.resize(graph.terminals.size());
  out_of.resize(graph.terminals.size());
  for (std::size_t c = 0; c < wires.size(); ++c) {
    wires[c].latency = static_cast<Time>(graph.channels[c].latency);
    routers[graph.channels[c].from]->out_wire[graph.channels[c].out_port] = &wires[c];
    routers[graph.channels[c].to]->in_wire[graph.channels[c].in_port] = &wires[c];
  }
  for (std::size_t t = 0; t < into.size(); ++t) {
    const topology::Terminal& node = graph.terminals[t];
    into[t].latency = out_of[t].latency = static_cast<Time>(node.latency);
    routers[node.router]->in_wire[node.in_port] = &into[t];
    routers[node.router]->out_wire[node.out_port] = &out_of[t];
  }
}

std::vector<std::uint64_t> plain_arrivals(const simulate::NetworkCase& network,
                                          const routing::Routing& routing, const traffic::Messages& messages,
                                          std::uint64_t end) {
  PlainNetwork plain{network, routing};
  auto &into = plain.into, &out_of = plain.out_of;
  auto& routers = plain.routers;
  std::vector<std::uint64_t> arrival(messages.messages.size(), ~std::uint64_t{0});
  std::map<std::uint64_t, std::vector<std::size_t>> begins;
  for (std::size_t m = 0; m < messages.messages.size(); ++m) begins[messages.messages[m].delay].push_back(m);
  const std::size_t nodes = into.size();
  std::vector<std::deque<PlainFlit>> waiting(nodes);
  std::vector<Slots> slots(nodes, Slots{network.router});
  std::vector<int> last(nodes, -1), current(nodes, -1);
  const int vcs = static_cast<int>(network.router.vcs);
  for (std::uint64_t cycle = 0; cycle < end; ++cycle) {
    const auto now = static_cast<Time>(cycle);
    for (std::size_t n = 0; n < nodes; ++n) {
      auto& flits = out_of[n].flits;
      if (!flits.empty() && flits.front().first == now) {
        const PlainFlit f = flits.front().second;
        flits.pop_front();
        out_of[n].credits.push_back({now + out_of[n].latency + 1, f.vc});
        if (f.tail) arrival[f.letter->message] = cycle;
      }
      auto& credits = into[n].credits;
      for (; !credits.empty() && credits.front().first == now; credits.pop_front())
        slots[n].credit(credits.front().second);
    }
    for (auto& router : routers) router->read(now);
    for (const std::size_t m : begins[cycle]) {
      const traffic::Message& message = messages.messages[m];
      auto letter = std::make_shared<Letter>();
      letter->message = m;
      letter->route = {message.source, message.destination, message.destination, 0};
      for (std::uint64_t i = 0; i < message.flits; ++i)
        waiting[message.source].push_back({letter, i == 0, i + 1 == message.flits, -1});
    }
    for (std::size_t n = 0; n < nodes; ++n) {
      if (waiting[n].empty()) continue;
      PlainFlit f = waiting[n].front();
      if (f.head) {
        current[n] = -1;
        for (int i = 1; i <= vcs && current[n] < 0; ++i)
          if (const int v = (last[n] + i) % vcs; slots[n].is_free(v) && !slots[n].is_full(v)) current[n] = v;
        if (current[n] < 0) continue;
      } else if (slots[n].is_full(current[n])) {
        continue;
      }
      f.vc = current[n];
      if (f.head) {
        slots[n].take(f.vc, 0);
        last[n] = f.vc;
        const topology::Terminal& node = network.graph.terminals[n];
        if (network.router.at(node.router).routing == 0)
          f.letter->ahead = routers[node.router]->way_on(*f.letter, static_cast<int>(node.in_port), f.vc);
      }
      slots[n].leave(f);
      into[n].flits.push_back({now + into[n].latency + 1, f});
      waiting[n].pop_front();
    }
    for (auto& router : routers) router->cycle(now);
  }
  return arrival;
}

}  // namespace marquetry::test
