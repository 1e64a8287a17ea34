// The two allocators of virtual channels and of the switch, on lists of requests: iSLIP (McKeown, IEEE/ACM
// Trans. Networking 7, 1999) and separable input first (Dally, Towles, "Principles and Practices of
// Interconnection Networks", 19.3), with BookSim2's pointers (src/allocators). No result depends on the order
// of the requests.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/router.h"

namespace marquetry::simulate {

struct Request {
  std::uint16_t in{}, out{}, label{};
  std::int16_t in_priority{}, out_priority{};
};

// From `from` to `to` on a ring of `size`.
inline std::uint32_t steps(std::uint32_t from, std::uint32_t to, std::uint32_t size) {
  return to >= from ? to - from : to + size - from;
}
inline std::uint16_t next_on_ring(std::uint32_t i, std::uint32_t size) {
  return static_cast<std::uint16_t>(i + 1 == size ? 0 : i + 1);
}

// Which of a few numbers come up once and which more often; numbers that are alike modulo 64 count as the
// same, so that "once" is certain and "more often" is not.
struct Seen {
  std::uint64_t once{}, again{};
  void add(std::uint32_t i) {
    const std::uint64_t bit = std::uint64_t{1} << (i & 63);
    again |= once & bit;
    once |= bit;
  }
  bool has(std::uint32_t i) const { return (once >> (i & 63) & 1) != 0; }
  bool is_alone(std::uint32_t i) const { return (again >> (i & 63) & 1) == 0; }
};

// The pointers of one allocator of one router: where its inputs and its outputs begin to look.
struct Pointers {
  std::uint16_t *in{}, *out{};
  std::uint32_t ins{}, outs{};
};

// Room to work in, for routers of up to that many inputs and outputs; it is clean between two calls. Up to 64
// of each are kept as bits of words, more of them in lists.
class Matcher {
 public:
  Matcher(std::size_t ins, std::size_t outs);

  // The requests that are granted; valid until the next call.
  std::span<const std::uint32_t> match(routing::Allocator kind, std::uint32_t iterations,
                                       std::span<const Request> requests, Pointers pointers);

 private:
  void islip_by_bits(std::uint32_t iterations, std::uint64_t ins, std::uint64_t outs, Pointers pointers);
  void separable_by_bits(std::uint64_t ins, Pointers pointers);
  void by_bits(routing::Allocator kind, std::uint32_t iterations, std::span<const Request> requests,
               Pointers pointers);
  void islip_iteration(std::span<const Request> requests, Pointers pointers, bool moves_pointers);
  void separable(std::span<const Request> requests, Pointers pointers);

  bool fits_words_;
  std::size_t stride_;
  std::vector<std::uint64_t> rows_{}, columns_{};  // who asks for whom, by input and by output
  std::vector<std::uint64_t> granted_to_{},
      chosen_by_{};                          // by input: by which outputs; by output: by which inputs
  std::vector<std::uint32_t> request_at_{};  // by input * stride + output

  struct Best {
    std::uint32_t request{}, distance{};
    std::int32_t priority{};
  };
  static constexpr std::uint32_t nothing = ~std::uint32_t{0};
  std::vector<Best> of_in_{}, of_out_{};
  std::vector<std::uint8_t> in_taken_{}, out_taken_{};
  std::vector<std::uint16_t> ins_{}, outs_{};
  std::vector<std::uint32_t> granted_{};
};

}  // namespace marquetry::simulate
