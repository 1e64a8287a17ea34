// The routers of the plain network.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "routing/routing.h"
#include "simulate/case.h"
#include "simulate/plain_allocator.h"

namespace marquetry::test {

using routing::Way;
using Time = std::int64_t;

struct Letter {
  std::size_t message{};
  routing::Packet route{};
  std::vector<Way> ahead{};  // looked up for the router that it goes to
};
struct PlainFlit {
  std::shared_ptr<Letter> letter{};
  bool head{}, tail{};
  int vc{};
};
struct Wire {  // a channel and the way back of its credits
  Time latency{1};
  std::deque<std::pair<Time, PlainFlit>> flits{};
  std::deque<std::pair<Time, int>> credits{};
};
struct Slots {  // what the sender knows of the buffers at the other end of a wire
  std::vector<int> used{}, holder{};
  std::vector<bool> tail_gone{};
  int depth{};
  bool waits{};
  Slots(const routing::Router& r)
      : used(r.vcs),
        holder(r.vcs, -1),
        tail_gone(r.vcs),
        depth(static_cast<int>(r.buffer)),
        waits(r.wait_for_tail_credit) {}
  bool is_free(int v) const { return holder[static_cast<std::size_t>(v)] < 0; }
  bool is_full(int v) const { return used[static_cast<std::size_t>(v)] >= depth; }
  void take(int v, int by) {
    holder[static_cast<std::size_t>(v)] = by;
    tail_gone[static_cast<std::size_t>(v)] = false;
  }
  void leave(const PlainFlit& f) {
    const auto v = static_cast<std::size_t>(f.vc);
    ++used[v];
    if (!f.tail) return;
    tail_gone[v] = true;
    if (!waits) holder[v] = -1;
  }
  void credit(int vc) {
    const auto v = static_cast<std::size_t>(vc);
    if (--used[v] == 0 && waits && tail_gone[v]) holder[v] = -1;
  }
};

enum class At { idle, routing, allocating, active };
struct Buffer {
  std::deque<PlainFlit> flits{};
  At at{At::idle};
  std::vector<Way> ways{};
  int port{}, vc{};
};
struct Waiting {
  Time due{-1};
  int in{}, vc{}, result{-1};
};

class PlainNetwork;

class PlainRouter {
 public:
  PlainRouter(PlainNetwork& net, std::uint32_t number, int ins, int outs);
  void read(Time now);
  void cycle(Time now);
  std::vector<Way> way_on(const Letter& letter, int in, int vc) const;
  std::vector<Wire*> in_wire{}, out_wire{};

 private:
  void queue_input(Time now);
  void start(int in, int vc);
  void allocate_vcs(Time now);
  void allocate_switch(Time now);
  void ask_switch(int in, int vc, int out, int priority);
  void update(Time now);
  void send(const Waiting& w, Time now);

  PlainNetwork& net_;
  std::uint32_t number_;
  const routing::Router& r_;
  const routing::Pipeline& p_;
  int vcs_, speed_in_, speed_out_;
  std::vector<std::vector<Buffer>> buffer_{};
  std::vector<Slots> slots_{};
  PlainAllocator vc_allocator_, switch_allocator_;
  std::deque<Waiting> routing_{}, vc_{}, switch_{};
  std::map<int, PlainFlit> read_{};
  std::deque<std::pair<Time, std::pair<int, int>>> credits_{};
  std::deque<std::tuple<Time, PlainFlit, int>> crossing_{};
  std::vector<std::deque<PlainFlit>> leaving_{};
  std::vector<int> turn_{};
};

class PlainNetwork {
 public:
  PlainNetwork(const simulate::NetworkCase& network, const routing::Routing& routing);
  const simulate::NetworkCase& network;
  const routing::Routing& routing;
  topology::Ports ports{};
  std::vector<std::unique_ptr<PlainRouter>> routers{};

  std::vector<Wire> wires{}, into{}, out_of{};  // of channels, into the network and out of it
};

}  // namespace marquetry::test
