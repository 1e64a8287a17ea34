#include "simulate/machine.h"

#include <bit>

namespace marquetry::simulate {

Queues::Queues(std::uint32_t routers, std::uint32_t most) : of(routers), capacity{std::bit_ceil(most)} {
  items.resize(std::size_t{routers} * capacity);
}

Machine::Machine(const Fabric& f)
    : fabric{f},
      route_queue(f.routers, f.most_ports * f.vcs),
      vc_queue(f.routers, f.most_ports * f.vcs),
      sw_queue(f.routers, f.most_ports * f.vcs),
      vc_matcher(f.most_ports * f.vcs, f.most_ports * f.vcs),
      sw_matcher(f.most_ports * f.network->router.input_speedup,
                 f.most_ports * f.network->router.output_speedup) {
  const routing::Router& router = f.network->router;
  const std::size_t ins = f.in.size(), outs = f.out.size(), vcs = f.vcs;
  input.resize(ins * vcs);
  ring_size = std::bit_ceil(f.buffer);
  flits.resize(ins * vcs * ring_size);
  if (!f.unit_delays) {
    route_due.resize(ins * vcs);
    vc_due.resize(ins * vcs);
    sw_due.resize(ins * vcs);
  }
  free_vcs.assign(outs, vcs == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << vcs) - 1);
  tail_sent.resize(outs);
  credits.assign(outs * vcs, f.buffer);
  link_free.resize(outs);
  sent.resize(outs);
  vc_in.resize(ins * vcs);
  vc_out.resize(outs * vcs);
  sw_in.resize(ins * router.input_speedup);
  sw_out.resize(outs * router.output_speedup);
  for (std::size_t i = 0; i < sw_in.size(); ++i)
    sw_vc.push_back(static_cast<std::uint16_t>(i % router.input_speedup));

  const std::uint64_t slots = std::bit_ceil(std::uint64_t{f.farthest} + 2);
  wheel.mask = slots - 1;
  wheel.arrivals.resize(slots);
  wheel.ejections.resize(slots);
  wheel.credits.resize(slots);
  arriving.resize(ins);
  arrival_words = (f.most_ports + 63) / 64;
  arrival_bits.resize(std::size_t{f.routers} * arrival_words);
  active.resize((f.routers + 63) / 64);

  for (std::uint32_t v = 0; v < f.most_ports * f.vcs; ++v) {
    port_of.push_back(static_cast<std::uint16_t>(v / f.vcs));
    vc_of.push_back(static_cast<std::uint16_t>(v % f.vcs));
    sw_of.push_back(
        static_cast<std::uint16_t>(port_of[v] * router.input_speedup + vc_of[v] % router.input_speedup));
  }
}

std::uint32_t Machine::new_packet(const Packet& packet) {
  const Head head{packet.route.destination, 0, 0, {}};
  if (unused.empty()) {
    packets.push_back(packet);
    heads.push_back(head);
    if (!fabric.single_ways) more_ways.resize(packets.size() * (ways.way.size() - 1));
    return static_cast<std::uint32_t>(packets.size() - 1);
  }
  const std::uint32_t index = unused.back();
  unused.pop_back();
  packets[index] = packet;
  heads[index] = head;
  return index;
}

void Machine::put_flit(std::uint32_t out_port, std::uint32_t vc, Flit flit, std::uint64_t leaves) {
  const OutPort& out = fabric.out[out_port];
  ++sent[out_port];
  const std::uint64_t at = (leaves + out.lag) & wheel.mask;
  if (out.to_in == no_port)
    wheel.ejections[at].push_back({out.node, flit, out_port * fabric.vcs + vc});
  else
    wheel.arrivals[at].push_back({out.to_in, flit, static_cast<std::uint16_t>(vc)});
}

void Machine::begin_cycle() {
  auto& returned = wheel.credits[now & wheel.mask];
  if (fabric.network->router.wait_for_tail_credit) {
    for (const std::uint32_t out_vc : returned) {
      const std::uint32_t port = out_vc / fabric.vcs;
      const std::uint64_t bit = std::uint64_t{1} << (out_vc % fabric.vcs);
      if (++credits[out_vc] == fabric.buffer && (tail_sent[port] & bit) != 0) {
        tail_sent[port] &= ~bit;
        free_vcs[port] |= bit;
      }
    }
  } else {
    for (const std::uint32_t out_vc : returned) ++credits[out_vc];
  }
  returned.clear();
  auto& arrived = wheel.arrivals[now & wheel.mask];
  for (const Arrival& a : arrived) {
    const std::uint32_t router = fabric.in[a.port].router;
    const std::uint32_t local = a.port - fabric.in_base[router];
    arriving[a.port] = a;
    arrival_bits[std::size_t{router} * arrival_words + local / 64] |= std::uint64_t{1} << (local % 64);
    active[router / 64] |= std::uint64_t{1} << (router % 64);
  }
  arrived.clear();
}

void Machine::step_routers() {
  for (std::uint32_t word = 0; word < active.size(); ++word)
    for (std::uint64_t bits = active[word]; bits != 0; bits &= bits - 1) {
      const auto router = word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
      step_router(*this, router);
      if (route_queue.of[router].size + vc_queue.of[router].size + sw_queue.of[router].size == 0)
        active[word] &= ~(std::uint64_t{1} << (router % 64));
    }
  ejections().clear();
  ++now;
}

}  // namespace marquetry::simulate
