// The edges of placed dies as lines on which modules take room, with what is in the way.
#pragma once

#include <vector>

#include "layout/layout.h"

namespace marquetry::placement {

using geometry::Nanometre;
using geometry::Rect;
using geometry::Side;

struct Edge {
  std::size_t die{};
  Side side{};
  Nanometre at{};           // across: where the edge lies
  Nanometre low{}, high{};  // along: between the corner keep-outs
};

struct Interval {
  Nanometre low{}, high{};
  Nanometre length() const { return high - low; }
};

// What a module takes: of an edge `width`, into the die `depth`.
struct Shape {
  Nanometre width{}, depth{};
};

class Edges {
 public:
  Edges(const layout::Problem& problem, const layout::Layout& layout);

  static std::size_t index(std::size_t die, Side side) { return 4 * die + geometry::index(side); }
  const Edge& operator[](std::size_t edge) const { return edges_[edge]; }

  // The rectangle of a module whose lower end along the edge is there.
  Rect rect(std::size_t edge, Nanometre position, Shape shape) const;

  // Nothing but the module's own kind of hindrance is looked at: TSV zones, stitch lines, what `block` added.
  // The least position >= `from` (or the greatest <= `from`) at which it stands clear, whatever the end of
  // the edge.
  Nanometre next_free(std::size_t edge, Nanometre from, Shape shape) const;
  Nanometre last_free(std::size_t edge, Nanometre from, Shape shape) const;

  // Whether all of them find room on the edge, in some order.
  bool fit(std::size_t edge, std::vector<Shape> shapes) const;

  // Keeps modules of that die out of a rectangle; `unblock` takes the last ones away again.
  void block(std::size_t die, const Rect& rect) { blocked_[die].push_back(rect); }
  void unblock();

 private:
  std::optional<Interval> hindrance(std::size_t edge, Nanometre position, Shape shape) const;

  std::vector<Edge> edges_{};
  std::vector<std::vector<Rect>> zones_{}, blocked_{};  // by die
  std::vector<Nanometre> stitch_x_{}, stitch_y_{};
};

}  // namespace marquetry::placement
