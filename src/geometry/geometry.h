// Rectangles on a grid of one nanometre, and the four ways to turn them. A package has no mirrored die (that
// would be another tape-out), so there are no reflections. Turns are counter-clockwise and keep the
// lower-left corner of the turned outline at the placement, so that every coordinate stays an integer.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace marquetry::geometry {

using Nanometre = std::int64_t;

struct Point {
  Nanometre x{}, y{};
  friend constexpr bool operator==(const Point&, const Point&) = default;
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
};

struct Size {
  Nanometre width{}, height{};
  friend constexpr bool operator==(const Size&, const Size&) = default;
};

// From `low` to `high`, low.x <= high.x and low.y <= high.y.
struct Rect {
  Point low{}, high{};
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
  constexpr Nanometre width() const { return high.x - low.x; }
  constexpr Nanometre height() const { return high.y - low.y; }
};

enum class Rotation : std::uint8_t { r0, r90, r180, r270 };
inline constexpr std::array rotations{Rotation::r0, Rotation::r90, Rotation::r180, Rotation::r270};
constexpr int degrees(Rotation r) { return 90 * static_cast<int>(r); }

// In the order of the turns: a quarter turn makes the bottom side the right one.
enum class Side : std::uint8_t { bottom, right, top, left };
inline constexpr std::array sides{Side::bottom, Side::right, Side::top, Side::left};
constexpr std::size_t index(Side s) { return static_cast<std::size_t>(s); }
constexpr Side opposite(Side s) { return static_cast<Side>((static_cast<int>(s) + 2) % 4); }
constexpr bool is_vertical(Side s) { return s == Side::left || s == Side::right; }

constexpr bool swaps_sides(Rotation r) { return r == Rotation::r90 || r == Rotation::r270; }
constexpr Size turned(Size s, Rotation r) { return swaps_sides(r) ? Size{s.height, s.width} : s; }
constexpr Side turned(Side s, Rotation r) {
  return static_cast<Side>((static_cast<int>(s) + static_cast<int>(r)) % 4);
}

// A point of an outline of that size, measured from its lower-left corner, after the turn.
constexpr Point turned(Point p, Size s, Rotation r) {
  switch (r) {
    case Rotation::r90:
      return {s.height - p.y, p.x};
    case Rotation::r180:
      return {s.width - p.x, s.height - p.y};
    case Rotation::r270:
      return {p.y, s.width - p.x};
    default:
      return p;
  }
}

// Where something stands: the lower-left corner of its outline as turned.
struct Placement {
  Point low{};
  Rotation rotation{};
  friend constexpr bool operator==(const Placement&, const Placement&) = default;
};

constexpr Rect outline(const Placement& p, Size unturned) {
  const Size s = turned(unturned, p.rotation);
  return {p.low, {p.low.x + s.width, p.low.y + s.height}};
}
constexpr Point placed(const Placement& p, Size unturned, Point offset) {
  return p.low + turned(offset, unturned, p.rotation);
}
// A rectangle given within an unturned outline, where its owner stands.
constexpr Rect placed(const Placement& p, Size unturned, const Rect& within) {
  const Point a = placed(p, unturned, within.low), b = placed(p, unturned, within.high);
  return {{std::min(a.x, b.x), std::min(a.y, b.y)}, {std::max(a.x, b.x), std::max(a.y, b.y)}};
}

constexpr Rect widened(const Rect& r, Nanometre by) {
  return {{r.low.x - by, r.low.y - by}, {r.high.x + by, r.high.y + by}};
}
constexpr Rect moved(const Rect& r, Point by) { return {r.low + by, r.high + by}; }
constexpr Rect hull(const Rect& a, const Rect& b) {
  return {{std::min(a.low.x, b.low.x), std::min(a.low.y, b.low.y)},
          {std::max(a.high.x, b.high.x), std::max(a.high.y, b.high.y)}};
}
// Common to both, of width or height below 0 where they are apart: minus the gap between them.
constexpr Rect common(const Rect& a, const Rect& b) {
  return {{std::max(a.low.x, b.low.x), std::max(a.low.y, b.low.y)},
          {std::min(a.high.x, b.high.x), std::min(a.high.y, b.high.y)}};
}
// Edges may touch.
constexpr bool overlap(const Rect& a, const Rect& b) {
  return a.low.x < b.high.x && b.low.x < a.high.x && a.low.y < b.high.y && b.low.y < a.high.y;
}
constexpr bool contains(const Rect& outer, const Rect& inner) {
  return outer.low.x <= inner.low.x && outer.low.y <= inner.low.y && inner.high.x <= outer.high.x &&
         inner.high.y <= outer.high.y;
}
constexpr Nanometre manhattan(Point a, Point b) {
  return std::max(a.x - b.x, b.x - a.x) + std::max(a.y - b.y, b.y - a.y);
}

// In square nanometres; a double, since 100 mm x 100 mm are 1e16.
constexpr double area(const Rect& r) {
  return static_cast<double>(r.width()) * static_cast<double>(r.height());
}
constexpr double area(Size s) { return static_cast<double>(s.width) * static_cast<double>(s.height); }

}  // namespace marquetry::geometry
