// Step's allocation of the switch.
#pragma once

#include "simulate/step.h"

namespace marquetry::simulate {

// Of the virtual channels of an input that want the same output one asks: the higher priority, else the first
// at or after the input's pointer.
template <bool unit, bool speculates>
void Step<unit, speculates>::ask_switch(std::uint16_t local, std::uint32_t port, std::int16_t priority) {
  const std::uint16_t in = m_.sw_of[local];
  const std::uint32_t speedup = options_.output_speedup;
  const std::uint32_t out = port * speedup + (speedup == 1 ? 0 : m_.port_of[local] % speedup);
  const Request request{in, static_cast<std::uint16_t>(out), m_.vc_of[local], priority, priority};
  if (switch_ins_.has(in))
    for (Request& other : m_.requests) {
      if (other.in != in || other.out != out) continue;
      const std::uint32_t pointer = m_.sw_vc[std::size_t{in_base_} * options_.input_speedup + in];
      if (priority > other.in_priority ||
          (priority == other.in_priority &&
           steps(pointer, request.label, f_.vcs) < steps(pointer, other.label, f_.vcs)))
        other = request;
      return;
    }
  switch_ins_.add(in);
  switch_outs_.add(out);
  m_.requests.push_back(request);
}

// Asks along with the virtual channel: at every port of its ways where one is free and has a credit.
template <bool unit, bool speculates>
void Step<unit, speculates>::ask_speculatively(std::uint16_t local, const InputVc& vc) {
  const std::uint32_t g = first_vc_ + local;
  const auto ask = [&](std::uint32_t port, std::uint32_t first, std::uint32_t last) {
    std::uint64_t bits = m_.free_vcs[out_base_ + port] & mask_of(first, last);
    const std::size_t base = std::size_t{out_base_ + port} * f_.vcs;
    while (bits != 0 && m_.credits[base + static_cast<std::uint32_t>(std::countr_zero(bits))] == 0)
      bits &= bits - 1;
    if (bits == 0 || (f_.narrow && is_link_busy(port)))
      m_.input[g].sw_stalled = 1;
    else
      ask_switch(local, port, -1);
  };
  if (vc.ways == 1) return ask(vc.port, vc.first, vc.last);
  for (std::uint32_t i = 0; i < vc.ways; ++i) {
    const Hop& hop = way(vc, g, i);
    ask(hop.port, hop.first, hop.last);
  }
}

template <bool unit, bool speculates>
void Step<unit, speculates>::evaluate_switch() {
  Queue& q = to_switch_.queue;
  m_.requests.clear();
  for (std::uint32_t k = q.stamped; k < q.size; ++k) {
    const std::uint16_t local = to_switch_.at(k);
    const std::uint32_t g = first_vc_ + local;
    const InputVc& vc = m_.input[g];
    m_.input[g].sw_match = no_match;
    if (speculates) m_.input[g].sw_stalled = 0;
    if (speculates && vc.stage == Stage::vc_alloc) {
      ask_speculatively(local, vc);
      continue;
    }
    if (m_.credits[vc.out] == 0) continue;
    if (f_.narrow && is_link_busy(vc.port)) continue;
    ask_switch(local, vc.port, 0);
  }
  if (!m_.requests.empty()) grant_switch();
  if (unit) {
    q.stamped = q.size;
  } else {
    stamp(to_switch_, m_.sw_due, pipeline_.sw_alloc);
  }
  if ((speculates && pipeline_.speculative) || (!unit && pipeline_.sw_alloc > 1)) recheck_switch();
}

template <bool unit, bool speculates>
void Step<unit, speculates>::grant_switch() {
  const Pointers pointers = switch_pointers();
  const auto grant = [&](const Request& won) {
    const std::uint32_t port = options_.input_speedup == 1 ? won.in : won.in / options_.input_speedup;
    const std::uint32_t g = first_vc_ + port * f_.vcs + won.label;
    if (!speculates || m_.input[g].sw_stalled == 0) {
      m_.input[g].sw_match = won.out;
      std::uint32_t next = won.label + options_.input_speedup;
      if (next >= f_.vcs) next -= f_.vcs;
      m_.sw_vc[std::size_t{in_base_} * options_.input_speedup + won.in] = static_cast<std::uint16_t>(next);
    }
  };
  // Where nobody else wants the same input or output, both allocators grant and move their pointers alike.
  std::size_t left = 0;
  for (const Request& request : m_.requests) {
    if (!switch_ins_.is_alone(request.in) || !switch_outs_.is_alone(request.out)) {
      m_.requests[left++] = request;
      continue;
    }
    pointers.out[request.out] = next_on_ring(request.in, pointers.ins);
    pointers.in[request.in] = next_on_ring(request.out, pointers.outs);
    grant(request);
  }
  if (left == 0) return;
  m_.requests.resize(left);
  for (const std::uint32_t k :
       m_.sw_matcher.match(options_.sw_allocator, options_.iterations, m_.requests, pointers))
    grant(m_.requests[k]);
}

// Grants that are due are dropped where there is no credit any more, or where the virtual channel that was
// asked for along with the switch has not been got.
template <bool unit, bool speculates>
void Step<unit, speculates>::recheck_switch() {
  const Queue& q = to_switch_.queue;
  for (std::uint32_t k = 0; k < q.stamped; ++k) {
    const std::uint32_t g = first_vc_ + to_switch_.at(k);
    if (!unit && m_.now < m_.sw_due[g]) break;
    if (m_.input[g].sw_match == no_match) continue;
    const InputVc& vc = m_.input[g];
    std::size_t wanted = vc.out;
    if (vc.stage == Stage::active && vc.port != m_.input[g].sw_match / options_.output_speedup) {
      m_.input[g].sw_match =
          no_match;  // asked for along with a virtual channel that has been got at another port
      continue;
    }
    if (vc.stage == Stage::vc_alloc) {
      // Only what this very cycle has allocated counts.
      const std::uint16_t out =
          unit || m_.vc_due[g] == m_.now + pipeline_.vc_alloc - 1 ? m_.input[g].vc_match : no_match;
      if (out == no_match || m_.port_of[out] != m_.input[g].sw_match / options_.output_speedup) {
        m_.input[g].sw_match = no_match;
        continue;
      }
      wanted = std::size_t{out_base_} * f_.vcs + out;
    }
    if (m_.credits[wanted] == 0) m_.input[g].sw_match = no_match;
  }
}

}  // namespace marquetry::simulate
