// Networks of a few routers for the tests of the simulator.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "routing/routings.h"
#include "simulate/simulate.h"
#include "topology/generators.h"

namespace marquetry::test {

struct SmallNetwork {
  simulate::NetworkCase network{};
  routing::Routing routing{};
};

inline SmallNetwork routed(topology::Graph graph, const std::string& name, std::uint32_t vcs = 4) {
  SmallNetwork out;
  out.network.graph = std::move(graph);
  out.network.router.vcs = vcs;
  out.network.traffic.nodes = static_cast<std::uint32_t>(out.network.graph.terminals.size());
  std::string why;
  if (auto made = routing::find(name)->make(out.network.graph, vcs, why)) out.routing = std::move(*made);
  return out;
}

inline SmallNetwork mesh(std::uint32_t k) {
  std::string why;
  return routed(*topology::find_generator("mesh")->build({.k = k, .n = 2}, why), "dimension-order");
}

// Routers in a row, or in a ring, a node each.
inline topology::Graph row_of(std::uint32_t routers, double width = 1, bool closes = false) {
  topology::Graph graph;
  graph.routers = routers;
  for (std::uint32_t r = 0; r < routers; ++r) topology::add_terminal(graph, r);
  for (std::uint32_t r = 0; r + 1 < routers; ++r) topology::add_link(graph, r, r + 1, 1, width);
  if (closes) topology::add_link(graph, routers - 1, 0, 1, width);
  return graph;
}

// Everybody goes the same way round.
inline routing::Routing clockwise(const topology::Graph& ring, std::uint32_t vcs) {
  routing::Routing out;
  out.name = "clockwise";
  out.vcs = vcs;
  out.begin.push_back(0);
  for (std::uint32_t r = 0; r < ring.routers; ++r)
    for (std::uint32_t d = 0; d < ring.routers; ++d) {
      std::uint32_t port = ring.terminals[r].out_port;
      for (const topology::Channel& c : ring.channels)
        if (d != r && c.from == r && c.to == (r + 1) % ring.routers) port = c.out_port;
      out.ways.push_back({port, 0, vcs - 1, 0, 1});
      out.begin.push_back(static_cast<std::uint32_t>(out.ways.size()));
    }
  return out;
}

inline traffic::Traffic permutation(std::vector<std::uint32_t> target) {
  traffic::Traffic out;
  out.kind = traffic::Kind::permutation;
  out.nodes = static_cast<std::uint32_t>(target.size());
  out.target = std::move(target);
  return out;
}

inline simulate::Options at_load(double rate, simulate::Model model = simulate::Model::standard) {
  simulate::Options out;
  out.rate = rate;
  out.model = model;
  return out;
}

}  // namespace marquetry::test
