#include "simulate/terminals.h"

#include <algorithm>
#include <bit>

namespace marquetry::simulate {

Terminals::Terminals(Machine& machine, std::uint32_t packet_flits, bool restricts_first_vc)
    : machine_{machine},
      packet_flits_{packet_flits},
      restricts_first_vc_{restricts_first_vc},
      sources_(machine.fabric.nodes),
      pending_((machine.fabric.nodes + 63) / 64),
      queued_(machine.fabric.nodes) {}

void Terminals::step(Draws& draws) {
  machine_.begin_cycle();
  const std::uint64_t ejected = machine_.ejections().size();
  if (phase == Phase::warming || phase == Phase::running) counts.accepted += ejected;
  if (phase != Phase::emptying) generate(draws);
  inject();
  if (ejected != 0) retire(nullptr);
  machine_.step_routers();
}

void Terminals::receive(std::vector<Part>& arrived) {
  machine_.begin_cycle();
  counts.accepted += machine_.ejections().size();
  retire(&arrived);
}

void Terminals::send() {
  inject();
  machine_.step_routers();
}

void Terminals::make_pending(std::uint32_t node, std::uint32_t packet) {
  const Packet& p = machine_.packets[packet];
  sources_[node].packet = packet;
  sources_[node].sent = 0;
  sources_[node].vc = -1;
  pending_[node / 64] |= std::uint64_t{1} << (node % 64);
  in_flight_ += p.flits;
  births_ += p.birth * p.flits;
}

void Terminals::enqueue(std::uint32_t node, std::uint32_t destination, std::uint64_t flits,
                        std::uint32_t message) {
  queued_[node].push_back({message, destination, flits});
  if ((pending_[node / 64] >> (node % 64) & 1) == 0) next_of_queue(node);
}

// The next packet of a node's messages, if there is one: they go one after the other.
void Terminals::next_of_queue(std::uint32_t node) {
  std::vector<Queued>& queue = queued_[node];
  std::size_t& next = sources_[node].next;
  if (next == queue.size()) return;
  Queued& first = queue[next];
  Packet p;
  p.birth = machine_.now;
  p.route = {node, first.destination, first.destination, 0};
  p.flits = static_cast<std::uint32_t>(std::min<std::uint64_t>(first.flits, packet_flits_));
  p.message = first.message;
  first.flits -= p.flits;
  make_pending(node, machine_.new_packet(p));
  if (first.flits == 0 && ++next == queue.size()) {
    queue.clear();
    next = 0;
  }
}

void Terminals::generate(Draws& draws) {
  for (std::uint32_t node = 0; node < sources_.size(); ++node) {
    if ((pending_[node / 64] >> (node % 64) & 1) != 0) continue;
    Source& source = sources_[node];
    while (source.clock <= machine_.now) {
      const std::uint64_t birth = source.clock++;
      if (!draws.is_born(node)) continue;
      Packet p;
      const std::uint32_t to = draws.destination(node);
      p.birth = birth;
      p.route = {node, to, to, 0};
      p.flits = packet_flits_;
      p.measured = phase == Phase::running || (phase == Phase::draining && birth < drain_began);
      if (p.measured) ++measured_;
      make_pending(node, machine_.new_packet(p));
      break;
    }
    if (phase == Phase::draining && source.clock > drain_began && !source.is_drained) {
      source.is_drained = true;
      ++drained_;
    }
  }
}

void Terminals::inject() {
  for (std::uint32_t word = 0; word < pending_.size(); ++word)
    for (std::uint64_t bits = pending_[word]; bits != 0; bits &= bits - 1)
      inject_from(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
}

// Round robin after the last one used; BookSim2 offers a node's first packet the virtual channel 0 alone.
std::int32_t Terminals::first_free_vc(std::uint32_t node) const {
  const Fabric& f = machine_.fabric;
  const std::uint32_t port = f.injection(node);
  const std::int32_t last = sources_[node].last_vc;
  const bool is_first = last < 0;
  const std::uint32_t tries = is_first && restricts_first_vc_ ? 1 : f.vcs;
  std::uint32_t vc = is_first ? 0 : static_cast<std::uint32_t>(last) + 1;
  for (std::uint32_t i = 0; i < tries; ++i, ++vc) {
    if (vc == f.vcs) vc = 0;
    if ((machine_.free_vcs[port] >> vc & 1) != 0 && machine_.credits[port * f.vcs + vc] != 0)
      return static_cast<std::int32_t>(vc);
  }
  return -1;
}

void Terminals::inject_from(std::uint32_t node) {
  const Fabric& f = machine_.fabric;
  Source& source = sources_[node];
  const std::uint32_t port = f.injection(node);
  Packet& packet = machine_.packets[source.packet];
  const bool is_head = source.sent == 0;
  if (is_head) {
    source.vc = first_free_vc(node);
    if (source.vc < 0) return;
  }
  const auto vc = static_cast<std::uint32_t>(source.vc);
  const std::uint32_t out_vc = port * f.vcs + vc;
  if (machine_.credits[out_vc] == 0) return;
  if (is_head) {
    const std::uint32_t in = f.out[port].to_in;
    if (f.pipeline[f.in[in].router].routing == 0) machine_.find_way(source.packet, in, vc);
    machine_.take(port, vc);
    source.last_vc = source.vc;
    packet.injected = machine_.now;
  }
  const bool is_tail = ++source.sent == packet.flits;
  const Flit flit = source.packet << 2 | (is_tail ? tail_bit : 0) | (is_head ? head_bit : 0);
  machine_.spend(out_vc, port, vc, flit);
  machine_.put_flit(port, vc, flit, machine_.now);
  ++machine_.moves;
  if (!is_tail) return;
  pending_[node / 64] &= ~(std::uint64_t{1} << (node % 64));
  next_of_queue(node);
}

void Terminals::record(const Packet& packet, std::uint32_t routers) {
  const std::uint64_t latency = machine_.now - packet.birth;
  ++counts.packets;
  counts.latency += latency;
  counts.network_latency += machine_.now - packet.injected;
  counts.routers += routers;
  if (!packet.measured) return;
  constexpr std::uint64_t longest = 1 << 20;
  const std::uint64_t bin = std::min(latency, longest);
  if (bin >= histogram.size()) histogram.resize(std::bit_ceil(bin + 1));
  ++histogram[bin];
  const std::uint64_t b = packet.birth < measuring_began ? 0 : (packet.birth - measuring_began) / batch;
  if (b >= batch_sum.size()) {
    batch_sum.resize(b + 1);
    batch_count.resize(b + 1);
  }
  batch_sum[b] += latency;
  ++batch_count[b];
}

void Terminals::retire(std::vector<Part>* arrived) {
  const Fabric& f = machine_.fabric;
  for (const Ejection& e : machine_.ejections()) {
    const std::uint32_t router = f.network->graph.terminals[e.node].router;
    machine_.return_credit(
        e.out_vc, machine_.now + f.network->graph.terminals[e.node].latency + 1 + f.pipeline[router].credit);
    const Packet& packet = machine_.packets[e.flit >> 2];
    --in_flight_;
    births_ -= packet.birth;
    if ((e.flit & tail_bit) == 0) continue;
    if (packet.route.destination != e.node) {
      machine_.lost = true;
      machine_.lost_source = packet.route.source;
      machine_.lost_destination = packet.route.destination;
    }
    if (packet.measured) --measured_;
    if (phase == Phase::warming || packet.measured) record(packet, machine_.heads[e.flit >> 2].routers);
    if (arrived != nullptr) arrived->push_back({packet.message, packet.flits});
    machine_.free_packet(e.flit >> 2);
  }
}

}  // namespace marquetry::simulate
