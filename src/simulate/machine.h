// Everything that changes from cycle to cycle, in flat arrays: buffers, credits, queues of the stages, and
// the wheels on which flits and credits travel. Nothing is allocated for a flit, and a router in which
// nothing waits costs nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulate/allocators.h"
#include "simulate/fabric.h"

namespace marquetry::simulate {

// packet << 2 | tail << 1 | head
using Flit = std::uint32_t;
inline constexpr Flit head_bit = 1, tail_bit = 2;

struct Packet {
  std::uint64_t birth{}, injected{};
  routing::Packet route{};
  std::uint32_t flits{}, message{};
  bool measured{};
};

// What its head needs at every router, beside the packet so that it stays near.
struct Head {
  std::uint32_t destination{};
  std::uint16_t routers{};  // visited
  std::uint16_t ways{};     // of the router it is at, or of the next one where that looks ahead
  Hop hop{};                // the first of them
};

enum class Stage : std::uint16_t { idle, routing, vc_alloc, active };

inline constexpr std::uint16_t no_match = 0xffff;

// A virtual channel of an input port. No bytes: a store of one might change anything, for all that the
// compiler knows.
struct alignas(32) InputVc {
  Stage stage{};
  std::uint16_t ways{}, first{}, last{};
  std::uint16_t port{};   // out, local
  std::uint16_t count{};  // flits in the buffer
  std::uint32_t front{};  // place of the first of them
  std::uint32_t out{};    // once active: the virtual channel that it holds, counted over all output ports
  std::uint16_t vc_match{no_match}, sw_match{no_match};  // what the allocators give it, local
  std::uint16_t sw_stalled{};  // asked for the switch along with a virtual channel that it cannot get
};

// Those that wait for a stage, a ring for each router; the first `stamped` of them are in work.
struct Queue {
  std::uint32_t front{}, size{}, stamped{};
};
struct Queues {
  std::vector<Queue> of{};
  std::vector<std::uint16_t> items{};
  std::uint32_t capacity{};

  Queues(std::uint32_t routers, std::uint32_t most);
};

// One router's.
struct Ring {
  Queue& queue;
  std::uint16_t* items;
  std::uint32_t mask;

  Ring(Queues& all, std::uint32_t router)
      : queue{all.of[router]},
        items{all.items.data() + std::size_t{router} * all.capacity},
        mask{all.capacity - 1} {}
  std::uint16_t at(std::uint32_t k) const { return items[(queue.front + k) & mask]; }
  void push(std::uint16_t item) { items[(queue.front + queue.size++) & mask] = item; }
  std::uint16_t pop() {
    --queue.size;
    --queue.stamped;
    return items[queue.front++ & mask];
  }
};

struct Arrival {
  std::uint32_t port{};
  Flit flit{};
  std::uint16_t vc{};
};
struct Ejection {
  std::uint32_t node{};
  Flit flit{};
  std::uint32_t out_vc{};
};

// Events of the next cycles; `slots` is a power of two.
struct Wheel {
  std::vector<std::vector<Arrival>> arrivals{};
  std::vector<std::vector<Ejection>> ejections{};
  std::vector<std::vector<std::uint32_t>> credits{};
  std::uint64_t mask{};
};

struct Machine {
  const Fabric& fabric;
  routing::Lots lots{};
  std::uint64_t now{};

  // By input virtual channel: port * vcs + vc.
  std::vector<InputVc> input{};
  std::vector<Flit> flits{};  // rings of ring_size
  std::uint32_t ring_size{};
  std::vector<std::uint64_t> route_due{}, vc_due{}, sw_due{};

  // By output port and virtual channel.
  std::vector<std::uint64_t> free_vcs{}, tail_sent{};  // by port, a bit a virtual channel
  std::vector<std::uint32_t> credits{};                // by port * vcs + vc
  std::vector<std::uint64_t> link_free{};              // by port, in 2^-20 cycles
  std::vector<std::uint64_t> sent{};                   // by port, flits

  // Pointers of the allocators.
  std::vector<std::uint16_t> vc_in{}, vc_out{}, sw_in{}, sw_out{}, sw_vc{};

  Queues route_queue, vc_queue, sw_queue;
  Wheel wheel{};
  std::vector<Arrival> arriving{};            // by input port
  std::vector<std::uint64_t> arrival_bits{};  // by router, words of input ports
  std::uint32_t arrival_words{};
  std::vector<std::uint64_t> active{};  // routers with work, a bit each

  std::vector<Packet> packets{};
  std::vector<Head> heads{};  // by packet
  std::vector<std::uint32_t> unused{};
  std::vector<Hop> more_ways{};  // by packet: those after the first; only where a routing offers several
  std::uint64_t moves{};         // flits that left a buffer, ever

  // A packet that no way leads on for: its nodes.
  bool lost{};
  std::uint32_t lost_source{}, lost_destination{};

  // Room to work in.
  Matcher vc_matcher, sw_matcher;
  std::vector<Request> requests{};
  struct Plain {
    std::uint16_t vc{}, port{};
    std::uint64_t wanted{};
  };
  std::vector<Plain> plain{};
  std::vector<std::uint16_t> port_of{}, vc_of{}, sw_of{};  // by local input virtual channel
  routing::Ways ways{};

  explicit Machine(const Fabric& f);

  std::uint32_t new_packet(const Packet& packet);
  void free_packet(std::uint32_t packet) { unused.push_back(packet); }

  // Routes a head that is, or will be, in that input virtual channel.
  void find_way(std::uint32_t packet, std::uint32_t in_port, std::uint32_t vc);

  // Credits and arrivals of this cycle; what is for nodes is left in `ejections()`.
  void begin_cycle();
  std::vector<Ejection>& ejections() { return wheel.ejections[now & wheel.mask]; }
  // Every router with work, in the order of their numbers; then the next cycle.
  void step_routers();

  // The first cycle from `at` in which a flit can go over that port's link. It is busy for 1 / width cycles a
  // flit; fractions are kept, so that the mean is exact.
  std::uint64_t link_is_free(std::uint32_t port) const {
    return (link_free[port] + (std::uint64_t{1} << interval_bits) - 1) >> interval_bits;
  }
  std::uint64_t enter_link(std::uint32_t port, std::uint64_t at) {
    const std::uint64_t begin = link_is_free(port) >= at ? link_free[port] : at << interval_bits;
    link_free[port] = begin + fabric.out[port].interval;
    return (begin + (std::uint64_t{1} << interval_bits) - 1) >> interval_bits;
  }

  void put_flit(std::uint32_t out_port, std::uint32_t vc, Flit flit, std::uint64_t leaves);
  void return_credit(std::uint32_t out_vc, std::uint64_t at) {
    wheel.credits[at & wheel.mask].push_back(out_vc);
  }
  void take(std::uint32_t port, std::uint32_t vc) {
    free_vcs[port] &= ~(std::uint64_t{1} << vc);
    tail_sent[port] &= ~(std::uint64_t{1} << vc);
  }
  // Of a virtual channel that has been taken: the flit takes a credit, a tail gives it free.
  void spend(std::uint32_t out_vc, std::uint32_t port, std::uint32_t vc, Flit flit) {
    --credits[out_vc];
    if ((flit & tail_bit) == 0) return;
    auto& bits = fabric.network->router.wait_for_tail_credit ? tail_sent : free_vcs;
    bits[port] |= std::uint64_t{1} << vc;
  }
};

// One cycle of one router (src/simulate/router.cpp).
void step_router(Machine& machine, std::uint32_t router);

}  // namespace marquetry::simulate
