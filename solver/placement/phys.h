// Wire between PHYs while placing: which sides of its two dies each link uses, as long as their edges have
// room, and how far apart the modules then are. An estimate: modules of a side are a run somewhere along it,
// each link's as near to its partner as the edge alone would let it; the exact places come later.
#pragma once

#include <array>
#include <optional>

#include "floorplan/moves.h"
#include "layout/layout.h"
#include "placement/relations.h"
#include "placement/score.h"
#include "placement/stance.h"

namespace marquetry::placement {

class Phys {
 public:
  Phys(const layout::Problem& problem, const Blocks& blocks);

  Score score(const floorplan::Plan& plan, const Stance& stance);
  // What the links of the last score pull at.
  const std::vector<Pull>& pulls(Axis axis) const { return axis == Axis::x ? along_x_ : along_y_; }
  // One die of a link beside the other, turned so that the sides it must use face.
  std::optional<floorplan::Beside> propose(const floorplan::Frame& frame, const floorplan::Plan& plan,
                                           Rng& rng) const;

 private:
  struct Run {  // modules of a link on two sides
    geometry::Side a{}, b{};
    std::size_t modules{};
    double length{}, penalty{};  // of each module
  };
  struct Mouth {  // where a run may be, on one coordinate: centre +- reach
    double at{}, half{};
  };
  geometry::Rotation turned_with(std::size_t die, geometry::Rotation block) const;
  geometry::Side side_towards(const floorplan::Plan& plan, std::size_t anchor, std::size_t other) const;
  std::optional<floorplan::Index> looking(const floorplan::Frame& frame, std::size_t die,
                                          const std::optional<geometry::Side>& own, geometry::Side way,
                                          Rng& rng) const;
  void choose(std::size_t link);
  Run run(std::size_t link, geometry::Side a, geometry::Side b, std::size_t modules) const;
  std::array<Mouth, 2> mouth(std::size_t die, geometry::Side side, double length) const;
  double misfit(std::size_t link, geometry::Side a, geometry::Side b, double length) const;
  bool is_blocked(const geometry::Rect& strip, std::size_t a, std::size_t b) const;
  void pull(std::size_t link, const Run& run, const floorplan::Plan& plan);
  double externals();

  const layout::Problem* problem_;
  const Blocks* blocks_;
  std::vector<std::size_t> order_{};                        // of links
  double scale_{};                                          // of a length that is plainly wrong
  const Stance* stance_{};                                  // of the plan at hand
  std::vector<std::array<geometry::Nanometre, 4>> room_{};  // of each edge
  std::vector<Run> runs_{};                                 // of the link at hand
  std::vector<Pull> along_x_{}, along_y_{};
};

}  // namespace marquetry::placement
