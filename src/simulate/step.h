// One cycle of an input-queued router, stage by stage as in BookSim2 (booksim/booksim2,
// src/routers/iq_router.cpp): what is queued is evaluated with the state of the cycle's begin, then updated
// in the same order. A stage of D cycles begun at t is done in the update of t + D - 1.
#pragma once

#include <bit>
#include <cstdint>

#include "simulate/machine.h"

namespace marquetry::simulate {

inline std::uint64_t mask_of(std::uint32_t first, std::uint32_t last) {
  return ((std::uint64_t{2} << last) - 1) & ~((std::uint64_t{1} << first) - 1);
}

// The cycle's work of one router; `unit`: no stage takes more than a cycle.
template <bool unit, bool speculates>
class Step {
 public:
  Step(Machine& machine, std::uint32_t router)
      : m_{machine},
        f_{machine.fabric},
        pipeline_{f_.pipeline[router]},
        options_{f_.network->router},
        r_{router},
        in_base_{f_.in_base[router]},
        out_base_{f_.out_base[router]},
        first_vc_{in_base_ * f_.vcs},
        to_route_{machine.route_queue, router},
        to_allocate_{machine.vc_queue, router},
        to_switch_{machine.sw_queue, router} {}

  void run() {
    receive();
    if (!unit) stamp(to_route_, m_.route_due, pipeline_.routing);
    if (to_allocate_.queue.size != 0) evaluate_vcs();
    if (to_switch_.queue.size != 0) evaluate_switch();
    update_routes();
    update_vcs();
    update_switch();
  }

 private:
  Flit front(const InputVc& vc, std::uint32_t g) const {
    return m_.flits[std::size_t{g} * m_.ring_size + (vc.front & (m_.ring_size - 1))];
  }
  const Hop& way(const InputVc& vc, std::uint32_t g, std::uint32_t i) const {
    const std::uint32_t packet = front(vc, g) >> 2;
    return i == 0 ? m_.heads[packet].hop
                  : m_.more_ways[std::size_t{packet} * (m_.ways.way.size() - 1) + i - 1];
  }

  // A head has come to the front.
  void begin_packet(InputVc& vc, std::uint16_t local) {
    if (pipeline_.routing != 0) {
      vc.stage = Stage::routing;
      to_route_.push(local);
    } else {
      ask_for_vc(vc, local);
    }
  }

  void ask_for_vc(InputVc& vc, std::uint16_t local) {
    const Head& head = m_.heads[front(vc, first_vc_ + local) >> 2];
    vc.stage = Stage::vc_alloc;
    vc.ways = head.ways;
    vc.port = head.hop.port;
    vc.first = head.hop.first;
    vc.last = head.hop.last;
    if (speculates && pipeline_.speculative) to_switch_.push(local);
    to_allocate_.push(local);
  }

  void receive() {
    for (std::uint32_t word = 0; word < m_.arrival_words; ++word) {
      std::uint64_t& bits = m_.arrival_bits[std::size_t{r_} * m_.arrival_words + word];
      for (; bits != 0; bits &= bits - 1) {
        const std::uint32_t port = word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
        const Arrival& a = m_.arriving[in_base_ + port];
        const auto local = static_cast<std::uint16_t>(port * f_.vcs + a.vc);
        const std::uint32_t g = first_vc_ + local;
        InputVc& vc = m_.input[g];
        m_.flits[std::size_t{g} * m_.ring_size + ((vc.front + vc.count) & (m_.ring_size - 1))] = a.flit;
        ++vc.count;
        if (vc.stage == Stage::idle)
          begin_packet(vc, local);
        else if (vc.stage == Stage::active && vc.count == 1)
          to_switch_.push(local);
      }
    }
  }

  void stamp(Ring& ring, std::vector<std::uint64_t>& due, std::uint32_t delay) {
    Queue& q = ring.queue;
    for (std::uint32_t k = q.stamped; k < q.size; ++k) due[first_vc_ + ring.at(k)] = m_.now + delay - 1;
    q.stamped = q.size;
  }
  bool is_due(const Ring& ring, const std::vector<std::uint64_t>& due) const {
    const Queue& q = ring.queue;
    return q.stamped != 0 && (unit || due[first_vc_ + ring.at(0)] <= m_.now);
  }

  // By the time that a flit granted now has crossed the switch.
  bool is_link_busy(std::uint32_t port) const {
    return m_.link_is_free(out_base_ + port) >
           m_.now + pipeline_.sw_alloc - 1 + pipeline_.st_prepare + pipeline_.st_final;
  }

  void evaluate_vcs();
  void ask_for_vcs(std::uint16_t local, std::uint32_t port, std::uint64_t wanted);
  void grant_alone(std::uint32_t local, std::uint32_t port, std::uint64_t wanted);
  void contend_for_vcs();
  void evaluate_switch();
  void ask_switch(std::uint16_t local, std::uint32_t port, std::int16_t priority);
  void ask_speculatively(std::uint16_t local, const InputVc& vc);
  void grant_switch();
  void recheck_vcs();
  void recheck_switch();
  void update_routes();
  void update_vcs();
  void update_switch();
  void send(InputVc& vc, std::uint16_t local);

  Pointers vc_pointers() const {
    return {m_.vc_in.data() + first_vc_, m_.vc_out.data() + std::size_t{out_base_} * f_.vcs,
            f_.in_count(r_) * f_.vcs, f_.out_count(r_) * f_.vcs};
  }
  Pointers switch_pointers() const {
    return {m_.sw_in.data() + std::size_t{in_base_} * options_.input_speedup,
            m_.sw_out.data() + std::size_t{out_base_} * options_.output_speedup,
            f_.in_count(r_) * options_.input_speedup, f_.out_count(r_) * options_.output_speedup};
  }

  Machine& m_;
  const Fabric& f_;
  const routing::Pipeline& pipeline_;
  const routing::Router& options_;
  const std::uint32_t r_, in_base_, out_base_, first_vc_;
  Ring to_route_, to_allocate_, to_switch_;
  Seen switch_ins_{}, switch_outs_{};  // of the requests
};

}  // namespace marquetry::simulate
