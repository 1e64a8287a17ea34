// Loose floorplans: positions in which blocks may still overlap. A move changes a block or two and costs only
// their nets and neighbours, so that a search makes a hundred times as many of them as one that packs every
// time. Overlap is priced, not forbidden (Sechen, Sangiovanni-Vincentelli, "TimberWolf", IEEE JSSC 20(2),
// 1985); tight.h makes the outcome legal.
#pragma once

#include <chrono>

#include "base/rng.h"
#include "floorplan/problem.h"

namespace marquetry::floorplan {

// A block with the problem's gap added to its width and height: blocks that touch keep the gap. Nanometres.
struct LooseBlock {
  double x{}, y{};           // centre
  double width{}, height{};  // as turned
  Rotation rotation{};
};
using LoosePlan = std::vector<LooseBlock>;

struct LooseBox {
  double left{}, bottom{}, right{}, top{};
};
inline LooseBox box(const LooseBlock& b) {
  return {b.x - b.width / 2, b.y - b.height / 2, b.x + b.width / 2, b.y + b.height / 2};
}

// The size a block has in a plan, unturned, in whole nanometres; of a soft block no less than its area.
Size unturned(const Block& block, const LooseBlock& loose, Nanometre gap);
LooseBlock loose(const Placement& placement, Size size, Nanometre gap);
LoosePlan loose(const Problem& problem, const Floorplan& floorplan);

// At random over the region, [0, width] x [0, height]; fixed blocks where they are.
LoosePlan scattered(const Problem& problem, Size region, Rng rng);

double overlap(const LoosePlan& plan);  // of all pairs, in square nanometres

// How an annealing runs. Temperatures in units of what it costs to pull a block away from all its nets by its
// own side; overlap is priced in units of that cost an area of a block.
struct LooseCooling {
  std::uint64_t moves{};  // 0: as many as fit until `end`
  std::chrono::steady_clock::time_point end{std::chrono::steady_clock::time_point::max()};
  const std::atomic<bool>* stop{};
  std::atomic<std::uint64_t>* done{};
  double hot{1}, cold{0.01};
  double price{20};       // of overlap, at the cold end
  double leniency{0.15};  // the price at the hot end, as a share of that
  double reach{1};        // of moves at the hot end, as a share of the region
};
struct Loosened {
  LoosePlan plan{};
  std::uint64_t moves{};
};
Loosened anneal_loose(const Problem& problem, Size region, LoosePlan plan, const LooseCooling& cooling,
                      Rng rng);

}  // namespace marquetry::floorplan
