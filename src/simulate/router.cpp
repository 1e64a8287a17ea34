// The ends of a router's stages: routes found, virtual channels taken, flits sent.
#include <algorithm>

#include "simulate/step.h"
#include "simulate/switch_stage.h"
#include "simulate/vc_stage.h"

namespace marquetry::simulate {

template <bool unit, bool speculates>
void Step<unit, speculates>::update_routes() {
  if (unit) to_route_.queue.stamped = to_route_.queue.size;
  while (is_due(to_route_, m_.route_due)) {
    const std::uint16_t local = to_route_.pop();
    const std::uint32_t g = first_vc_ + local;
    InputVc& vc = m_.input[g];
    m_.find_way(front(vc, g) >> 2, in_base_ + m_.port_of[local], m_.vc_of[local]);
    ask_for_vc(vc, local);
  }
}

template <bool unit, bool speculates>
void Step<unit, speculates>::update_vcs() {
  while (is_due(to_allocate_, m_.vc_due)) {
    const std::uint16_t local = to_allocate_.pop();
    const std::uint32_t g = first_vc_ + local;
    const std::uint16_t out = m_.input[g].vc_match;
    if (out == no_match) {
      to_allocate_.push(local);
      continue;
    }
    InputVc& vc = m_.input[g];
    vc.stage = Stage::active;
    vc.port = m_.port_of[out];
    vc.out = out_base_ * f_.vcs + out;
    m_.take(out_base_ + vc.port, m_.vc_of[out]);
    if (!speculates || !pipeline_.speculative) to_switch_.push(local);
  }
}

template <bool unit, bool speculates>
void Step<unit, speculates>::update_switch() {
  while (is_due(to_switch_, m_.sw_due)) {
    const std::uint16_t local = to_switch_.pop();
    const std::uint32_t g = first_vc_ + local;
    if (m_.input[g].sw_match == no_match)
      to_switch_.push(local);
    else
      send(m_.input[g], local);
  }
}

// A flit leaves its buffer for the crossbar; a credit for its place goes back.
template <bool unit, bool speculates>
void Step<unit, speculates>::send(InputVc& vc, std::uint16_t local) {
  const std::uint32_t g = first_vc_ + local;
  const Flit flit = front(vc, g);
  ++vc.front;
  --vc.count;
  ++m_.moves;
  const std::uint32_t port = out_base_ + vc.port, out_vc = vc.out - port * f_.vcs;
  const OutPort& out = f_.out[port];
  m_.spend(vc.out, port, out_vc, flit);
  std::uint64_t leaves = m_.now + pipeline_.st_prepare + pipeline_.st_final;
  if (options_.output_speedup > 1 || f_.narrow) leaves = m_.enter_link(port, leaves);
  m_.put_flit(port, out_vc, flit, leaves);
  const InPort& in = f_.in[in_base_ + m_.port_of[local]];
  m_.return_credit(in.from_out * f_.vcs + m_.vc_of[local], m_.now + in.credit_lag);
  if ((flit & head_bit) != 0) {
    ++m_.heads[flit >> 2].routers;
    if (out.to_in != no_port && f_.pipeline[f_.in[out.to_in].router].routing == 0)
      m_.find_way(flit >> 2, out.to_in, out_vc);
  }
  if ((flit & tail_bit) != 0) {
    vc.stage = Stage::idle;
    if (vc.count != 0) begin_packet(vc, local);
  } else if (vc.count != 0) {
    to_switch_.push(local);
  }
}

[[gnu::flatten]] void step_router(Machine& machine, std::uint32_t router) {
  if (!machine.fabric.unit_delays)
    Step<false, true>(machine, router).run();
  else if (machine.fabric.pipeline[router].speculative)
    Step<true, true>(machine, router).run();
  else
    Step<true, false>(machine, router).run();
}

}  // namespace marquetry::simulate
