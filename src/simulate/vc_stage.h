// Step's allocation of virtual channels.
#pragma once

#include "simulate/step.h"

namespace marquetry::simulate {

// Heads ask for every free virtual channel of their ranges.
template <bool unit, bool speculates>
void Step<unit, speculates>::evaluate_vcs() {
  Queue& q = to_allocate_.queue;
  m_.plain.clear();
  m_.requests.clear();
  Seen ports;
  bool has_several = false;
  for (std::uint32_t k = q.stamped; k < q.size; ++k) {
    const std::uint16_t local = to_allocate_.at(k);
    const InputVc& vc = m_.input[first_vc_ + local];
    m_.input[first_vc_ + local].vc_match = no_match;
    has_several = has_several || vc.ways > 1;
    const std::uint64_t wanted = m_.free_vcs[out_base_ + vc.port] & mask_of(vc.first, vc.last);
    if (wanted == 0 && vc.ways == 1) continue;
    m_.plain.push_back({local, vc.port, wanted});
    ports.add(vc.port);
  }
  for (const auto& p : m_.plain)
    if (!has_several && ports.is_alone(p.port))
      grant_alone(p.vc, p.port, p.wanted);
    else
      ask_for_vcs(p.vc, p.port, p.wanted);
  if (!m_.requests.empty()) contend_for_vcs();
  if (unit) {
    q.stamped = q.size;
  } else {
    stamp(to_allocate_, m_.vc_due, pipeline_.vc_alloc);
    if (pipeline_.vc_alloc > 1) recheck_vcs();
  }
}

template <bool unit, bool speculates>
void Step<unit, speculates>::ask_for_vcs(std::uint16_t local, std::uint32_t port, std::uint64_t wanted) {
  const auto ask = [&](std::uint32_t at, std::uint64_t bits, std::uint32_t priority) {
    for (; bits != 0; bits &= bits - 1) {
      const std::uint32_t out = at * f_.vcs + static_cast<std::uint32_t>(std::countr_zero(bits));
      m_.requests.push_back(
          {local, static_cast<std::uint16_t>(out), 0, static_cast<std::int16_t>(priority), 0});
    }
  };
  const std::uint32_t g = first_vc_ + local;
  const InputVc& vc = m_.input[g];
  if (vc.ways == 1) return ask(port, wanted, 0);
  for (std::uint32_t i = 0; i < vc.ways; ++i) {
    const Hop& hop = way(vc, g, i);
    ask(hop.port, m_.free_vcs[out_base_ + hop.port] & mask_of(hop.first, hop.last), hop.priority);
  }
}

// Nobody else asks for that port: the first free virtual channel at or after the pointer.
template <bool unit, bool speculates>
void Step<unit, speculates>::grant_alone(std::uint32_t local, std::uint32_t port, std::uint64_t wanted) {
  const std::uint32_t base = port * f_.vcs, pointer = m_.vc_in[first_vc_ + local];
  std::uint64_t later = wanted;
  if (pointer > base && pointer < base + f_.vcs) later = wanted & (~std::uint64_t{0} << (pointer - base));
  const std::uint32_t out = base + static_cast<std::uint32_t>(std::countr_zero(later != 0 ? later : wanted));
  m_.input[first_vc_ + local].vc_match = static_cast<std::uint16_t>(out);
  m_.vc_in[first_vc_ + local] = next_on_ring(out, f_.out_count(r_) * f_.vcs);
  m_.vc_out[std::size_t{out_base_} * f_.vcs + out] = next_on_ring(local, f_.in_count(r_) * f_.vcs);
}

template <bool unit, bool speculates>
void Step<unit, speculates>::contend_for_vcs() {
  for (const std::uint32_t k :
       m_.vc_matcher.match(options_.vc_allocator, options_.iterations, m_.requests, vc_pointers()))
    m_.input[first_vc_ + m_.requests[k].in].vc_match = m_.requests[k].out;
}

// A grant of an earlier cycle is dropped where somebody else has taken the virtual channel meanwhile.
template <bool unit, bool speculates>
void Step<unit, speculates>::recheck_vcs() {
  const Queue& q = to_allocate_.queue;
  for (std::uint32_t k = 0; k < q.stamped; ++k) {
    const std::uint32_t g = first_vc_ + to_allocate_.at(k);
    if (m_.now < m_.vc_due[g]) break;
    const std::uint16_t out = m_.input[g].vc_match;
    if (out == no_match) continue;
    if ((m_.free_vcs[out_base_ + m_.port_of[out]] >> m_.vc_of[out] & 1) == 0) m_.input[g].vc_match = no_match;
  }
}

}  // namespace marquetry::simulate
