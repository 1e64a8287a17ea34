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
std::uint32_t LonePacket::cycles(std::uint32_t source, std::uint32_t destination,
                                 std::span<const std::uint32_t> channels) {
  const auto stages = channels.size() + 3;
  const auto &from = graph_.terminals[source], &to = graph_.terminals[destination];
  sent_.assign(stages * flits_, 0);
  free_.assign(channels.size() + 1, 0);
  const auto sent = [&](std::size_t stage, std::size_t flit) -> std::uint64_t& {
    return sent_[stage * flits_ + flit];
  };
  for (std::size_t j = 0; j < flits_; ++j) {
    auto& start = sent(0, j);
    if (j > 0) start = sent(0, j - 1) + 1;
    if (j >= router_.buffer) start = std::max(start, sent(1, j - router_.buffer) + from.latency + 1);
    std::uint64_t arrival = start + from.latency + 1;
    for (std::size_t i = 0; i <= channels.size(); ++i) {
      const bool last = i == channels.size();
      const auto& pipeline = router_.at(last ? to.router : graph_.channels[channels[i]].from);
      const std::uint64_t latency = last ? to.latency : graph_.channels[channels[i]].latency;
      const std::uint64_t crossing = pipeline.st_prepare + pipeline.st_final;
      std::uint64_t asks = j == 0 ? arrival + pipeline.routing + allocation(pipeline) - pipeline.sw_alloc
                                  : std::max(sent(i + 1, j - 1) + 1, arrival);
      const auto may_ask = [&] {
        if (j >= router_.buffer && asks < sent(i + 2, j - router_.buffer) + latency + 1 + pipeline.credit)
          return false;
        const auto there = asks + pipeline.sw_alloc - 1 + crossing;
        return free_[i] <= there << fraction;
      };
      while (!may_ask()) asks += pipeline.sw_alloc;
      sent(i + 1, j) = asks + pipeline.sw_alloc - 1;
      const auto leaves = sent(i + 1, j) + crossing;
      const double width = last ? 1 : graph_.channels[channels[i]].width;
      const bool keeps_fraction = free_[i] > (leaves - 1) << fraction;
      free_[i] = (keeps_fraction ? free_[i] : leaves << fraction) +
                 static_cast<std::uint64_t>(std::ldexp(1 / width, fraction));
      arrival = leaves + latency + 1;
    }
    sent(stages - 1, j) = arrival;
  }
  return static_cast<std::uint32_t>(sent(stages - 1, flits_ - 1));
}

}  // namespace marquetry::routing
