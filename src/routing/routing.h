// How packets find their way: tables, or functions that may draw lots. A routing is plain data over one
// graph; the simulator, the load sums and the deadlock certificate all read it through `ways`.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "topology/graph.h"

namespace marquetry::routing {

// One way on: an output port of the router and the virtual channels that may be taken there.
struct Way {
  std::uint32_t port{};
  std::uint32_t first_vc{}, last_vc{};
  std::uint32_t priority{};  // higher ones are asked for first by allocators that look at it
  double weight{1};          // of tables with several ways: in which share each is taken
};

// What a packet carries for its routing.
struct Packet {
  std::uint32_t source{}, destination{};  // nodes
  std::uint32_t via{};                    // a node between, of routings that have one
  std::uint32_t phase{};                  // 0 at the source; the routing's own business
};

// Where its head is: in a virtual channel of an input port.
struct Arrival {
  std::uint32_t router{};
  std::uint32_t port{};  // input; of the node's own at the first router
  std::uint32_t vc{};
  bool at_source{};  // it came from its node, not over a channel
};

// Lots: `below(context, n)` is one of 0..n-1, each as likely; one of one is a draw too, as it is in BookSim2.
// The simulator draws at random; whoever must know all that can happen answers with each number in turn.
struct Lots {
  std::uint32_t (*below)(void* context, std::uint32_t n){};
  void* context{};
  std::uint32_t operator()(std::uint32_t n) const { return below(context, n); }
};

// Ways on, few and without allocation.
struct Ways {
  std::array<Way, 16> way{};
  std::uint32_t count{};
  void add(const Way& w) {
    assert(count < way.size());
    way[count++] = w;
  }
  const Way* begin() const { return way.data(); }
  const Way* end() const { return way.data() + count; }
};

struct Routing;

// Before the first hop: may draw a node between or a phase.
using Start = void (*)(const topology::Graph& graph, const Routing& routing, const Lots& lots,
                       Packet& packet);
// At each router once, the last one included (whose way is the node's port). Several ways: any of them, as
// the allocators have it (adaptive). It may look at the packet's source only where the packet is at it.
using Next = void (*)(const topology::Graph& graph, const Routing& routing, const Arrival& at,
                      const Lots& lots, Packet& packet, Ways& ways);

// How likely a packet from source to destination goes by way of that node.
using Chance = double (*)(const topology::Graph& graph, const Routing& routing, std::uint32_t source,
                          std::uint32_t destination, std::uint32_t via);

// By what a table is asked besides the destination.
enum class Key : std::uint8_t {
  router,  // row = router
  input    // row = the channel over which the packet came; channels + node for one from its node
};

struct Routing {
  std::string name{};
  std::uint32_t vcs{1};  // of each port

  // A table: ways of row r to node d are ways[begin[r * nodes + d]] .. ways[begin[r * nodes + d + 1]]. One:
  // that way; several: one of them by lot, by their weights.
  Key key{};
  std::vector<std::uint32_t> begin{};
  std::vector<Way> ways{};

  // Layers of virtual channels that packets keep to, so that no dependency leads from one into another: the
  // packet from s to d is in layer[s * nodes + d] and may take the virtual channels of that part of all
  // `vcs`, whatever its way says. Empty: one layer.
  std::uint32_t layers{1};
  std::vector<std::uint8_t> layer{};

  // Or functions; then begin is empty. `start` may be null.
  Start start{};
  Next next{};
  std::vector<std::uint32_t> data{};  // what they look things up in

  // Set where each packet goes by way of a node between and its two legs can be followed apart. At the source
  // `next` draws Packet::via and sets phase 0. The first leg leads to via's router, never twice to a router,
  // and looks at the destination only at the destination's own router, where the packet may take more virtual
  // channels of the same port. At via's router all but the destination is forgotten. One priority.
  Chance chance{};

  bool is_table() const { return !begin.empty(); }
};

// Of one layer; the last one has what is left over.
struct VcRange {
  std::uint32_t first{}, last{};
};
constexpr VcRange vcs_of_layer(std::uint32_t layer, std::uint32_t layers, std::uint32_t vcs) {
  const std::uint32_t each = vcs / layers;
  return {layer * each, layer + 1 == layers ? vcs - 1 : (layer + 1) * each - 1};
}

}  // namespace marquetry::routing
