// The allocators against plainly written ones, over random requests and many rounds: sizes below and above a
// word of bits, equal and different priorities.
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "simulate/allocators.h"
#include "simulate/plain_allocator.h"

using namespace marquetry;

TEST_CASE("allocators grant what plainly written ones grant, and move their pointers alike") {
  Rng rng{3};
  for (std::uint64_t i = 0; i < 120; ++i) {
    Rng draw = rng.fork(i);
    const auto below = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    const bool is_wide = i % 4 == 0;  // more than 64
    const int ins = (is_wide ? 65 : 2) + below(20), outs = (is_wide ? 60 : 2) + below(20);
    const auto kind = static_cast<routing::Allocator>(draw.below(2));
    const auto iterations = static_cast<std::uint32_t>(1 + below(3));
    const int priorities = below(2) == 0 ? 1 : 3;
    test::PlainAllocator plain{kind, iterations, ins, outs};
    simulate::Matcher matcher(static_cast<std::size_t>(ins), static_cast<std::size_t>(outs));
    std::vector<std::uint16_t> in(static_cast<std::size_t>(ins)), out(static_cast<std::size_t>(outs));
    const simulate::Pointers pointers{in.data(), out.data(), static_cast<std::uint32_t>(ins),
                                      static_cast<std::uint32_t>(outs)};
    for (int round = 0; round < 20; ++round) {
      plain.asked.clear();
      for (int k = 1 + below(3 * static_cast<std::uint64_t>(ins)); k > 0; --k)
        plain.asked[{below(static_cast<std::uint64_t>(ins)), below(static_cast<std::uint64_t>(outs))}] = {
            0, below(static_cast<std::uint64_t>(priorities)), below(static_cast<std::uint64_t>(priorities))};
      std::vector<simulate::Request> requests;
      for (const auto& [who, ask] : plain.asked)
        requests.push_back({static_cast<std::uint16_t>(who.first), static_cast<std::uint16_t>(who.second), 0,
                            static_cast<std::int16_t>(ask.in_priority),
                            static_cast<std::int16_t>(ask.out_priority)});
      plain.run();
      std::map<int, int> ours;
      for (const auto k : matcher.match(kind, iterations, requests, pointers))
        ours[requests[k].in] = requests[k].out;
      REQUIRE(ours == plain.matched);
    }
  }
}
