// A case laid out flat for the simulator: ports of all routers one after the other, delays added up, routes
// as words of a table. Made once, read by every cycle.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "routing/routing.h"
#include "simulate/case.h"

namespace marquetry::simulate {

inline constexpr std::uint32_t no_port = ~std::uint32_t{0};

// One way out of a router, packed: the port and the virtual channels that may be taken.
struct Hop {
  std::uint16_t port{}, first{}, last{}, priority{};
};
inline constexpr std::uint16_t nowhere = 0xffff;  // as port: there is no way

// An output port: of a router, or of a node (its injection), which come after those of the routers.
struct OutPort {
  std::uint32_t to_in{no_port};  // the input port that it feeds; none: a node takes the flits
  std::uint32_t node{no_port};   // of ejection and injection
  std::uint32_t index{no_port};  // as topology::Ports count: a channel, or channels + node
  std::uint32_t lag{};           // cycles from leaving the crossbar to being read at the other end
  std::uint64_t interval{};      // cycles between flits, in 2^-20 cycles
};

struct InPort {
  std::uint32_t router{};
  std::uint32_t from_out{no_port};  // none: nothing arrives
  std::uint32_t credit_lag{};       // cycles from a freed slot to the credit's use at the other end
  std::uint32_t row{};              // of a table asked by input
  bool at_source{};
};

inline constexpr int interval_bits = 20;

struct Fabric {
  const NetworkCase* network{};
  const routing::Routing* routing{};
  std::uint32_t routers{}, nodes{}, vcs{}, buffer{}, most_ports{};
  std::vector<std::uint32_t> in_base{}, out_base{};  // by router, with the end
  std::vector<InPort> in{};
  std::vector<OutPort> out{};                 // those of nodes begin at out_base[routers]
  std::vector<routing::Pipeline> pipeline{};  // by router
  std::uint32_t most_routers{};               // no way that ends visits as many
  std::uint32_t farthest{};                   // the longest lag of all: how far ahead events are made
  bool unit_delays{};                         // every stage takes a cycle at most
  bool narrow{};                              // some link takes more than a cycle a flit

  // Tables with one way a row are asked here, others of the routing itself.
  bool single_ways{};
  std::vector<Hop> hops{};  // [row * nodes + destination]

  std::uint32_t in_count(std::uint32_t r) const { return in_base[r + 1] - in_base[r]; }
  std::uint32_t out_count(std::uint32_t r) const { return out_base[r + 1] - out_base[r]; }
  std::uint32_t injection(std::uint32_t node) const { return out_base[routers] + node; }
};

Fabric make_fabric(const NetworkCase& network, const routing::Routing& routing);

}  // namespace marquetry::simulate
