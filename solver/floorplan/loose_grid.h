// Boxes in the cells of a grid, for the overlap of one box with all others.
#pragma once

#include <algorithm>
#include <cstddef>

#include "floorplan/loose.h"

namespace marquetry::floorplan {

inline double common(const LooseBox& a, const LooseBox& b) {
  const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double height = std::min(a.top, b.top) - std::max(a.bottom, b.bottom);
  return width <= 0 || height <= 0 ? 0 : width * height;
}

class LooseGrid {
 public:
  LooseGrid(Size region, double cell)
      : columns_{count(region.width, cell)},
        rows_{count(region.height, cell)},
        per_x_{columns_ / static_cast<double>(std::max<Nanometre>(region.width, 1))},
        per_y_{rows_ / static_cast<double>(std::max<Nanometre>(region.height, 1))},
        cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

  const std::vector<std::uint32_t>& at(double x, double y) const { return cells_[cell(column(x), row(y))]; }

  void add(std::uint32_t block, const LooseBox& box) {
    each(box, [&](std::vector<std::uint32_t>& cell) { cell.push_back(block); });
  }
  void remove(std::uint32_t block, const LooseBox& box) {
    each(box, [&](std::vector<std::uint32_t>& cell) {
      *std::find(cell.begin(), cell.end(), block) = cell.back();
      cell.pop_back();
    });
  }

  // Of `box` with all others but a and b. A pair that shares several cells counts in the lowest one.
  double overlap(const LooseBox& box, const std::vector<LooseBox>& boxes, std::uint32_t a,
                 std::uint32_t b) const {
    const int left = column(box.left), right = column(box.right);
    const int bottom = row(box.bottom), top = row(box.top);
    double sum = 0;
    for (int y = bottom; y <= top; ++y) {
      for (int x = left; x <= right; ++x) {
        for (const auto other : cells_[cell(x, y)]) {
          const LooseBox& its = boxes[other];
          const double low_x = std::max(its.left, box.left), low_y = std::max(its.bottom, box.bottom);
          const double width = std::min(its.right, box.right) - low_x;
          const double height = std::min(its.top, box.top) - low_y;
          if (width <= 0 || height <= 0 || other == a || other == b) continue;
          if (column(low_x) == x && row(low_y) == y) sum += width * height;
        }
      }
    }
    return sum;
  }

 private:
  static int count(Nanometre length, double cell) {
    return static_cast<int>(std::clamp(static_cast<double>(length) / cell, 1.0, 256.0));
  }
  int column(double x) const { return static_cast<int>(std::clamp(x * per_x_, 0.0, columns_ - 1.0)); }
  int row(double y) const { return static_cast<int>(std::clamp(y * per_y_, 0.0, rows_ - 1.0)); }
  std::size_t cell(int x, int y) const { return static_cast<std::size_t>(y * columns_ + x); }
  template <class F>
  void each(const LooseBox& box, F f) {
    const int right = column(box.right), top = row(box.top);
    for (int y = row(box.bottom); y <= top; ++y) {
      for (int x = column(box.left); x <= right; ++x) f(cells_[cell(x, y)]);
    }
  }

  int columns_, rows_;
  double per_x_, per_y_;
  std::vector<std::vector<std::uint32_t>> cells_;
};

}  // namespace marquetry::floorplan
