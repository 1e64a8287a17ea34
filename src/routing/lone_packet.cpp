#include "routing/lone_packet.h"

#include <algorithm>
#include <cmath>

namespace marquetry::routing {
namespace {

constexpr int fraction = 20;  // bits, as the simulator keeps them

std::uint32_t allocation(const Pipeline& p) {
  return p.speculative ? std::max(p.vc_alloc, p.sw_alloc) : p.vc_alloc + p.sw_alloc;
}

}  // namespace

bool follows_at_once(const topology::Graph& graph, const Router& router, std::uint32_t packet_flits) {
  if (packet_flits <= 1) return true;
  std::uint32_t slowest = 0, wire = 1;
  for (std::uint32_t r = 0; r < graph.routers; ++r) {
    const auto& p = router.at(r);
    if (p.sw_alloc != 1) return false;
    slowest = std::max(slowest, p.cycles() + p.credit);
  }
  for (const auto& c : graph.channels) {
    if (c.width < 1) return false;
    wire = std::max(wire, c.latency);
  }
  for (const auto& t : graph.terminals) wire = std::max(wire, t.latency);
  return packet_flits <= router.buffer || router.buffer >= slowest + 2 * wire + 1;
}

// A flit may ask for the switch once it is in the buffer, the one before it has left, a slot is free at the
// other end of the link, and the link will be free; where it may not, it asks again sw_alloc cycles later. A
// slot that is left at t may be filled by what asks at t + L + 1 + the delay of credits.
std::uint64_t LonePacket::pass(std::size_t router, std::size_t flit, std::uint64_t arrival,
                               const Link& link) {
  const auto& p = *link.pipeline;
  const std::uint64_t crossing = p.st_prepare + p.st_final;
  std::uint64_t slot = 0;
  if (flit >= router_.buffer) slot = sent(router + 2, flit - router_.buffer) + link.latency + 1 + p.credit;
  auto& busy = free_[router];
  std::uint64_t asks = flit == 0 ? arrival + p.routing + allocation(p) - p.sw_alloc
                                 : std::max(sent(router + 1, flit - 1) + 1, arrival);
  while (asks < slot || busy > (asks + p.sw_alloc - 1 + crossing) << fraction) asks += p.sw_alloc;
  sent(router + 1, flit) = asks + p.sw_alloc - 1;
  const auto leaves = sent(router + 1, flit) + crossing;
  const bool keeps_fraction = busy > (leaves - 1) << fraction;
  busy = (keeps_fraction ? busy : leaves << fraction) +
         static_cast<std::uint64_t>(std::ldexp(1 / link.width, fraction));
  return leaves + link.latency + 1;
}

std::uint32_t LonePacket::cycles(std::uint32_t source, std::uint32_t destination,
                                 std::span<const std::uint32_t> channels) {
  const auto &from = graph_.terminals[source], &to = graph_.terminals[destination];
  sent_.assign((channels.size() + 3) * flits_, 0);
  free_.assign(channels.size() + 1, 0);
  for (std::size_t j = 0; j < flits_; ++j) {
    auto& start = sent(0, j);
    if (j > 0) start = sent(0, j - 1) + 1;
    if (j >= router_.buffer) start = std::max(start, sent(1, j - router_.buffer) + from.latency + 1);
    std::uint64_t arrival = start + from.latency + 1;
    for (std::size_t i = 0; i < channels.size(); ++i) {
      const auto& c = graph_.channels[channels[i]];
      arrival = pass(i, j, arrival, {&router_.at(c.from), c.latency, c.width});
    }
    arrival = pass(channels.size(), j, arrival, {&router_.at(to.router), to.latency, 1});
    sent(channels.size() + 2, j) = arrival;
  }
  return static_cast<std::uint32_t>(sent(channels.size() + 2, flits_ - 1));
}

}  // namespace marquetry::routing
