// Whether rectangles fit into a box, decided.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "floorplan/problem.h"

namespace marquetry::floorplan::exact {

struct Rectangle {
  Nanometre width{}, height{};
  bool upright{true}, turned{true};  // the ways it may stand
};

// What lengths the rectangles of a set fill side by side, for the small sets that are left near the end. Made
// once for many boxes.
class Rows {
 public:
  explicit Rows(std::vector<Rectangle> rectangles);
  const std::vector<Rectangle>& rectangles() const { return rectangles_; }  // largest first
  const std::vector<std::size_t>& order() const { return order_; }          // where each stood
  // The most of `room` that a row of rectangles from the set `left` (a bit each) fills.
  Nanometre most(std::uint32_t left, Nanometre room) const;

 private:
  std::vector<Rectangle> rectangles_{};
  std::vector<std::size_t> order_{};
  std::vector<std::vector<Nanometre>> sums_{};  // by set, rising; empty: not made
};

struct Spot {
  Nanometre x{}, y{};
  bool turned{};
};

struct Packing {
  enum class End { packed, impossible, stopped } end{};
  std::vector<Spot> spots{};  // by rectangle, where they fit
  std::uint64_t steps{};
};

// `go_on` is asked now and then with the steps so far. Practical up to a dozen rectangles that fill the box
// to within some per cent.
Packing pack(const Rows& rows, Size box, const std::function<bool(std::uint64_t)>& go_on);

}  // namespace marquetry::floorplan::exact
