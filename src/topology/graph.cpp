#include "topology/graph.h"

#include <algorithm>
#include <set>
#include <utility>

namespace marquetry::topology {
namespace {

struct FreePorts {
  std::uint32_t out{}, in{};
};

FreePorts free_ports(const Graph& graph, std::uint32_t router) {
  FreePorts free;
  for (const auto& c : graph.channels) {
    if (c.from == router) free.out = std::max(free.out, c.out_port + 1);
    if (c.to == router) free.in = std::max(free.in, c.in_port + 1);
  }
  for (const auto& t : graph.terminals) {
    if (t.router != router) continue;
    free.out = std::max(free.out, t.out_port + 1);
    free.in = std::max(free.in, t.in_port + 1);
  }
  return free;
}

// Routers that a packet at `start` can come to; backwards: from which one can come to `start`.
std::vector<bool> reached(const Graph& graph, std::uint32_t start, bool backwards) {
  std::vector<std::vector<std::uint32_t>> next(graph.routers);
  for (const auto& c : graph.channels) next[backwards ? c.to : c.from].push_back(backwards ? c.from : c.to);
  std::vector<bool> seen(graph.routers);
  std::vector<std::uint32_t> open{start};
  seen[start] = true;
  while (!open.empty()) {
    const auto here = open.back();
    open.pop_back();
    for (const auto to : next[here]) {
      if (!seen[to]) {
        seen[to] = true;
        open.push_back(to);
      }
    }
  }
  return seen;
}

class Checker {
 public:
  explicit Checker(const Graph& graph) : graph_{graph} {}

  std::vector<Fault> run() {
    if (graph_.terminals.empty()) add("the network has no nodes", "give each die at least one");
    for (const auto& c : graph_.channels) check(c);
    for (std::size_t t = 0; t < graph_.terminals.size(); ++t) {
      const auto& terminal = graph_.terminals[t];
      const auto name = "node " + std::to_string(t);
      if (terminal.router >= graph_.routers) {
        add(name + " is at a router that is not there");
        continue;
      }
      if (terminal.latency == 0) add(name + " has channels of no latency", "the least is 1 cycle");
      take(terminal.router, terminal.out_port, outputs_, name);
      take(terminal.router, terminal.in_port, inputs_, name);
    }
    if (faults_.empty()) check_reach();
    return std::move(faults_);
  }

 private:
  using Used = std::set<std::pair<std::uint32_t, std::uint32_t>>;

  void add(std::string message, std::string hint = {}) {
    faults_.push_back({std::move(message), std::move(hint)});
  }

  void take(std::uint32_t router, std::uint32_t port, Used& used, const std::string& name) {
    if (!used.emplace(router, port).second)
      add(name + " is at a port of router " + router_name(graph_, router) + " that is taken");
  }

  void check(const Channel& c) {
    if (c.from >= graph_.routers || c.to >= graph_.routers) {
      add("link " + std::to_string(c.link) + " goes to a router that is not there");
      return;
    }
    const auto name =
        "the link from router " + router_name(graph_, c.from) + " to " + router_name(graph_, c.to);
    if (c.from == c.to) add(name + " ends where it starts", "drop it: a router needs no link to itself");
    if (!(c.width > 0)) add(name + " has no width", "give it at least one lane, or drop it");
    if (c.width > 1) add(name + " is wider than a flit", "a flit is what the widest link carries in a cycle");
    if (c.latency == 0) add(name + " has no latency", "the least is 1 cycle");
    take(c.from, c.out_port, outputs_, name);
    take(c.to, c.in_port, inputs_, name);
  }

  // All nodes reach all where the first reaches all and all reach the first.
  void check_reach() {
    for (const bool backwards : {false, true}) {
      const auto seen = reached(graph_, graph_.terminals[0].router, backwards);
      for (std::size_t t = 0; t < graph_.terminals.size(); ++t) {
        if (seen[graph_.terminals[t].router]) continue;
        return backwards ? cannot_reach(t, 0) : cannot_reach(0, t);
      }
    }
  }
  void cannot_reach(std::size_t from, std::size_t to) {
    const auto shown = [this](std::size_t t) {
      return "node " + std::to_string(t) + " (router " + router_name(graph_, graph_.terminals[t].router) +
             ")";
    };
    add(shown(to) + " cannot be reached from " + shown(from),
        "the network is in several pieces: join them by a link");
  }

  const Graph& graph_;
  std::vector<Fault> faults_{};
  Used outputs_{}, inputs_{};
};

}  // namespace

Ports ports(const Graph& graph) {
  Ports out;
  for (const auto& c : graph.channels) out.ports = std::max({out.ports, c.out_port + 1, c.in_port + 1});
  for (const auto& t : graph.terminals) out.ports = std::max({out.ports, t.out_port + 1, t.in_port + 1});
  out.out.assign(std::size_t{graph.routers} * out.ports, none);
  out.in = out.out;
  std::uint32_t number = 0;
  for (const auto& c : graph.channels) {
    out.out[std::size_t{c.from} * out.ports + c.out_port] = number;
    out.in[std::size_t{c.to} * out.ports + c.in_port] = number;
    ++number;
  }
  for (const auto& t : graph.terminals) {
    out.out[std::size_t{t.router} * out.ports + t.out_port] = number;
    out.in[std::size_t{t.router} * out.ports + t.in_port] = number;
    ++number;
  }
  return out;
}

std::uint32_t add_link(Graph& graph, std::uint32_t a, std::uint32_t b, std::uint32_t latency, double width,
                       double length) {
  std::uint32_t link = 0;
  for (const auto& c : graph.channels) link = std::max(link, c.link + 1);
  const auto at_a = free_ports(graph, a), at_b = free_ports(graph, b);
  graph.channels.push_back({a, b, at_a.out, at_b.in, latency, width, link, length});
  graph.channels.push_back({b, a, at_b.out, at_a.in, latency, width, link, length});
  return link;
}

std::uint32_t add_terminal(Graph& graph, std::uint32_t router, std::uint32_t latency) {
  const auto free = free_ports(graph, router);
  graph.terminals.push_back({router, free.out, free.in, latency});
  return static_cast<std::uint32_t>(graph.terminals.size() - 1);
}

std::vector<Fault> faults(const Graph& graph) { return Checker{graph}.run(); }

std::string router_name(const Graph& graph, std::uint32_t router) {
  return router < graph.names.size() ? graph.names[router] : std::to_string(router);
}

}  // namespace marquetry::topology
