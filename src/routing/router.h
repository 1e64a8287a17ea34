// What a router is made of: the stages of its pipeline, virtual channels, buffers and allocators, in
// BookSim2's terms (booksim/booksim2, src/routers/iq_router.cpp).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace marquetry::routing {

// Cycles of each stage.
struct Pipeline {
  std::uint32_t routing{1};  // 0: the route is looked up one hop ahead
  std::uint32_t vc_alloc{1}, sw_alloc{1}, st_prepare{0}, st_final{1}, credit{0};
  bool speculative{};  // the switch is asked for along with the virtual channel

  // From a head in the buffer to its leaving, without anything in its way.
  std::uint32_t cycles() const {
    return routing + (speculative ? std::max(vc_alloc, sw_alloc) : vc_alloc + sw_alloc) + st_prepare +
           st_final;
  }
};

enum class Allocator : std::uint8_t { islip, separable_input_first };

struct Router {
  Pipeline pipeline{};
  std::vector<Pipeline> of_router{};  // by router, where they differ; else empty
  std::uint32_t vcs{4}, buffer{8};    // a port; flits a virtual channel
  Allocator vc_allocator{}, sw_allocator{};
  std::uint32_t iterations{1};
  bool wait_for_tail_credit{};
  std::uint32_t input_speedup{1}, output_speedup{1};

  const Pipeline& at(std::uint32_t router) const { return of_router.empty() ? pipeline : of_router[router]; }
};

}  // namespace marquetry::routing
