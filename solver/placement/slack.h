// The slack pass: of all positions that keep the relations of the blocks, those with the least wire. One
// coordinate at a time it is the dual of a min-cost flow: minimise sum w |x_a + shift - x_b| under difference
// constraints. Solved exactly by shortest augmenting paths from wherever the blocks stand; with few blocks in
// microseconds. Ahuja, Magnanti, Orlin, "Network Flows", 1993, sections 9.7 and 9.10.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/geometry.h"

namespace marquetry::placement {

using geometry::Nanometre;

// Costs weight * |x_a + shift - x_b|. Index n, one past the blocks, is the origin.
struct Pull {
  std::uint32_t a{}, b{};
  double weight{};
  Nanometre shift{};
};
// x_after - x_before >= least.
struct Apart {
  std::uint32_t before{}, after{};
  Nanometre least{};
};

double cost(const std::vector<Pull>& pulls, const std::vector<Nanometre>& x);

class Slack {
 public:
  // Moves x (of n blocks), which must keep all of `aparts`, to where the pulls are least.
  void settle(const std::vector<Pull>& pulls, const std::vector<Apart>& aparts, std::vector<Nanometre>& x);

 private:
  struct Arc {
    std::uint32_t to{}, next{};
    Nanometre length{};  // without the potentials
    double room{};
  };
  void add(std::uint32_t from, std::uint32_t to, Nanometre shift, double ahead, double back);
  bool augment();

  std::vector<Arc> arcs_{};  // 2 k and 2 k + 1: one and its reverse
  std::vector<std::uint32_t> first_{};
  std::vector<double> surplus_{};  // that a block must send on
  std::vector<Nanometre> at_{}, distance_{};
  std::vector<std::uint32_t> reached_by_{};
  std::vector<std::uint8_t> settled_{};
  double tolerance_{};
};

}  // namespace marquetry::placement
