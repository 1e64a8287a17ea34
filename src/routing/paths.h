// Shortest paths from every router, as BookSim2 finds them on arbitrary graphs.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/graph.h"

namespace marquetry::routing {

// One Dijkstra a source by the channels' latencies: among equal distances the router with the lowest number
// is done first, and a path is replaced by a shorter one only. So the last router before a destination is the
// one nearest to the source, the lowest among those (booksim/booksim2, src/networks/anynet.cpp).
class PathSearch {
 public:
  // Keeps what it has allocated for the next graph.
  void set(const topology::Graph& graph);

  // Of one source, by destination: the channel that it takes (`none`: itself, or no way), cycles on the wires
  // (`none`: no way), and the routers that it reaches in the order in which they are done. Returns how many.
  std::uint32_t run(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                    std::uint32_t* order);

 private:
  struct Edge {
    std::uint32_t to{}, latency{}, channel{};
  };
  using Mask = std::uint64_t;  // of routers
  std::uint32_t by_levels(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                          std::uint32_t* order);
  std::uint32_t by_ring(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                        std::uint32_t* order);
  std::uint32_t by_heap(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                        std::uint32_t* order);

  std::uint32_t routers_{}, words_{}, least_{}, most_{};  // least_ and most_: latency
  std::vector<std::uint32_t> begin_{};
  std::vector<Edge> edges_{};  // by router, then by port
  std::vector<Mask> next_{};   // by router * words: its neighbours
  std::vector<Mask> mask_{};
  std::vector<std::uint64_t> open_{};
};

// By source * routers + destination.
struct Paths {
  std::vector<std::uint32_t> first{}, distance{};  // as above
};
Paths shortest_paths(const topology::Graph& graph);

}  // namespace marquetry::routing
