// A packet alone in the network, flit by flit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/router.h"
#include "topology/graph.h"

namespace marquetry::routing {

// Whether flits follow the head cycle by cycle on every way, so that the tail is P - 1 cycles behind it: all
// channels as wide as a flit, a switch allocated in a cycle, buffers as deep as the packet is long or as the
// round trip of a credit (router's stages and both ways over the wire).
bool follows_at_once(const topology::Graph& graph, const Router& router, std::uint32_t packet_flits);

class LonePacket {
 public:
  LonePacket(const topology::Graph& graph, const Router& router, std::uint32_t packet_flits)
      : graph_{graph}, router_{router}, flits_{packet_flits} {}

  // Cycles from birth to the tail's arrival over these channels.
  std::uint32_t cycles(std::uint32_t source, std::uint32_t destination,
                       std::span<const std::uint32_t> channels);

 private:
  struct Link {
    const Pipeline* pipeline{};
    std::uint64_t latency{};
    double width{};
  };
  // Through a router of the way; returns when the flit is read at the other end.
  std::uint64_t pass(std::size_t router, std::size_t flit, std::uint64_t arrival, const Link& link);
  std::uint64_t& sent(std::size_t stage, std::size_t flit) { return sent_[stage * flits_ + flit]; }

  const topology::Graph& graph_;
  const Router& router_;
  std::uint32_t flits_{};
  std::vector<std::uint64_t> sent_{};  // by stage (the node, then routers, then the node) and flit
  std::vector<std::uint64_t> free_{};  // by router on the way: when its link is, in 2^-20 cycles
};

}  // namespace marquetry::routing
