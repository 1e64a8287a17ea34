// The changes an annealer tries on a plan, and how they are taken back.
#pragma once

#include <optional>
#include <vector>

#include "floorplan/pack.h"

namespace marquetry::floorplan {

// Takes `block` out and puts it next to `anchor`, on that side of it; with a turn (a shape) of its own where
// `shape` is given.
struct Beside {
  Index block{}, anchor{};
  geometry::Side side{};
  std::optional<Index> shape{};
};

// Whether blocks stay where they are as far as they can (an outline with room in it), or are pushed to the
// origin.
enum class Packing : std::uint8_t { keep, compact };

// Holds the one plan that is changed and what it was before the last change.
class Mover {
 public:
  Mover(const Frame& frame, Plan plan, Packing packing);

  const Plan& plan() const { return plan_; }
  Plan& plan() { return plan_; }

  // A change is begun, made by any number of these, packed, and then kept or undone.
  void begin();
  void swap_first(Index a, Index b) { edit({Edit::Kind::swap_first, a, b}); }
  void swap_second(Index a, Index b) { edit({Edit::Kind::swap_second, a, b}); }
  void trade(Index a, Index b);  // places, in both sequences
  void put(const Beside& beside);
  void reshape(Index block, Index shape);
  void wish(Index block, Point low);  // has a meaning in Packing::keep only
  void any(Rng& rng);                 // one of all these
  void pack(Push push);
  void undo();

  bool can_move() const;  // there is anything to change

 private:
  void edit(const Edit& edit);
  void move_next_to(Edit::Kind kind, Index block, Index anchor, bool after);
  Index pick(Rng& rng) const;
  Index pick_other(Rng& rng, Index block) const;

  struct OldShape {
    Index block{}, shape{};
  };
  struct OldWish {
    Index block{};
    Point low{};
  };
  const Frame* frame_;
  Packer packer_;
  Packing packing_;
  Plan plan_;
  Wish wish_;  // while a change is open: where blocks stood before it
  std::vector<Edit> edits_;
  std::vector<OldShape> shapes_;
  std::vector<OldWish> wishes_;
  std::vector<Index> reshapable_;
  Size box_{};
  Nanometre overflow_x_{}, overflow_y_{};
};

}  // namespace marquetry::floorplan
