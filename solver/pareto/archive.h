// The points that no other point is better than, of those seen so far. Generic: a point is its costs (all to
// be small) and a number that tells it from others and breaks ties.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace marquetry::solver {

inline constexpr std::size_t most_objectives = 8;

struct Point {
  std::array<double, most_objectives> costs{};  // unused ones are 0
  std::uint64_t id{};
};

// Whether a is nowhere worse than b, and better somewhere or, where all is equal, of the lower id.
bool dominates(const Point& a, const Point& b, std::size_t objectives);

// Unbounded. What it holds at the end does not depend on the order in which points came.
//
// Points lie in blocks, each with the best of its costs, so that most blocks are passed over unread; the
// block that last dominated a newcomer is tried first, since neighbours of a search are dominated by the same
// points.
class Archive {
 public:
  explicit Archive(std::size_t objectives) : objectives_{objectives} {}

  bool dominated(const Point& point);
  // Adds the point unless it is dominated, and drops what it dominates. Whether it was added.
  bool insert(const Point& point);
  void merge(const Archive& other);

  std::vector<Point> points() const;  // by id
  std::size_t size() const;
  bool empty() const { return blocks_.empty(); }

 private:
  struct Block {
    Point best{};  // the least of each cost: a bound of the block
    std::vector<Point> points{};
  };
  bool block_dominates(Block& block, const Point& point) const;
  void drop_dominated(const Point& point);

  std::size_t objectives_;
  std::size_t recent_{};
  std::vector<Block> blocks_{};
};

}  // namespace marquetry::solver
