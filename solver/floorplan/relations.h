// Which way each pair of blocks is kept apart, side by side or one above the other, and the chains that
// follow. The pairs are of places; which block takes a place may change too. Only pairs that lie near each
// other are kept: the others stay apart through those between them, and where they do not, they are added. So
// memory grows with the blocks, not with their square.
#pragma once

#include <array>

#include "floorplan/loose.h"

namespace marquetry::floorplan {

enum class Direction : std::uint8_t { x, y };
constexpr Direction across(Direction d) { return d == Direction::x ? Direction::y : Direction::x; }

// position(to) >= position(from) + distance, of the low corners.
struct Edge {
  std::uint32_t from{}, to{};
  Nanometre distance{};
};

// One coordinate of all blocks.
struct Axis {
  std::vector<std::uint32_t> order{}, rank{};  // by centre in the loose plan; chains follow it
  std::vector<Nanometre> length{};             // with the gap
  std::vector<std::optional<Nanometre>> fixed{};
  Nanometre end{};                         // of the region
  std::vector<Nanometre> least{}, most{};  // the low corner may take, by the chains; crossed: too long
};

class Relations {
 public:
  // Each pair that way in which it is further apart in the plan.
  Relations(const Problem& problem, const LoosePlan& plan, Size region);

  // Makes chains that are too long for the region shorter: turns pairs to the other direction, turns blocks,
  // swaps blocks. Whether all fit at last.
  bool repair(Rng rng);
  // Adds the pairs that stand too near; whether there were any.
  bool add_missing(const Floorplan& floorplan);

  const Axis& axis(Direction d) const { return axes_[static_cast<std::size_t>(d)]; }
  std::vector<Edge> edges(Direction d) const;
  std::size_t size() const { return block_at_.size(); }
  std::uint32_t block_at(std::size_t place) const { return block_at_[place]; }
  Rotation rotation(std::size_t place) const { return rotation_[place]; }
  const std::vector<Size>& sizes() const { return sizes_; }  // of blocks, unturned

 private:
  struct Pair {
    std::uint32_t a{}, b{};
    Nanometre extra{};  // of its own gap over that of the problem
    Direction direction{};
    std::uint8_t flips{};
  };
  Axis& axis(Direction d) { return axes_[static_cast<std::size_t>(d)]; }
  void add(std::uint32_t a, std::uint32_t b, const LooseBlock& at_a, const LooseBlock& at_b);
  void reach(Direction d);
  std::vector<std::uint32_t> chain(Direction d, std::uint32_t through) const;
  std::optional<std::uint32_t> link(Direction d, std::uint32_t block, bool backwards) const;
  Nanometre slack(const Pair& pair, Direction d) const;
  double excess() const;  // of chains over the region, summed over places
  std::optional<std::uint32_t> worst(Direction& d) const;
  bool turn_pair(Rng& rng);
  bool try_change(Rng& rng, double& excess);
  void measure(std::uint32_t place);
  void turn_block(std::uint32_t place);
  void swap_blocks(std::uint32_t a, std::uint32_t b);
  bool may_swap(std::uint32_t place) const;
  void reach_all();
  bool may_go_on() const { return work_ < most_work; }
  Nanometre most_extra() const;

  static constexpr std::uint64_t most_work = 100'000'000;  // pairs looked at, some tenths of a second

  const Problem& problem_;
  std::uint64_t work_{};
  std::array<Axis, 2> axes_{};
  std::vector<Size> sizes_{};
  std::vector<std::uint32_t> block_at_{};
  std::vector<Rotation> rotation_{};
  std::vector<Pair> pairs_{};
  std::vector<std::vector<std::uint32_t>> pairs_of_{};
  std::vector<std::vector<std::pair<std::uint32_t, Nanometre>>> extras_{};
};

}  // namespace marquetry::floorplan
