// A rectangle on a plane of equal cells, by area, exactly: what a block, a die or a copper pour gives to each
// cell. The grids of heat and of current, and the maps of power, are all made of it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace marquetry::geometry {

// In metres, from the lower-left corner of the plane.
struct Box {
  double x{}, y{}, width{}, height{};
};

struct Plane {
  std::size_t columns{}, rows{};
  double width{}, height{};
};

// Row 0 is that of the least y; the cell is row * columns + column.
struct Share {
  std::size_t cell{};
  double of_cell{};  // of the cell's area, above 0, at most 1
};

// The cells of one axis that a stretch of it touches.
struct Span {
  std::size_t cell{};
  double of_cell{};
};

// Parts of a cell below it are rounding of an edge that is meant to lie on the border of two cells.
inline constexpr double least_share = 1e-9;

// What of the stretch lies beyond the axis counts to no cell.
inline std::vector<Span> spans(double low, double length, std::size_t cells, double total) {
  const double count = static_cast<double>(cells);
  const double from = std::clamp(low / total * count, 0.0, count);
  const double to = std::clamp((low + length) / total * count, 0.0, count);
  std::vector<Span> out;
  if (!(to > from)) return out;
  const auto first = static_cast<std::size_t>(from);
  const auto last = std::min(cells, static_cast<std::size_t>(std::ceil(to)));
  out.reserve(last - first);
  for (std::size_t i = first; i < last; ++i) {
    const double left = std::max(from, static_cast<double>(i));
    const double right = std::min(to, static_cast<double>(i + 1));
    const double part = right - left;
    // A stretch that is narrower than the rounding is kept whole.
    if (part > least_share || to - from <= 2 * least_share) out.push_back({i, std::min(part, 1.0)});
  }
  return out;
}

inline std::vector<Share> overlaps(const Box& rect, const Plane& plane) {
  const auto across = spans(rect.x, rect.width, plane.columns, plane.width);
  const auto along = spans(rect.y, rect.height, plane.rows, plane.height);
  std::vector<Share> out;
  out.reserve(across.size() * along.size());
  for (const auto& row : along)
    for (const auto& column : across)
      out.push_back({row.cell * plane.columns + column.cell, row.of_cell * column.of_cell});
  return out;
}

}  // namespace marquetry::geometry
