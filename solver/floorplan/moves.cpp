#include "floorplan/moves.h"

#include <utility>

namespace marquetry::floorplan {

Mover::Mover(const Frame& frame, Plan plan, Packing packing)
    : frame_{&frame}, packer_{frame}, packing_{packing}, plan_{std::move(plan)}, wish_{plan_.x, plan_.y} {
  for (const Index i : frame.movable) {
    if (frame.shapes[i].size() > 1) reshapable_.push_back(i);
  }
}

bool Mover::can_move() const { return frame_->movable.size() > 1 || !reshapable_.empty(); }

void Mover::begin() {
  edits_.clear(), shapes_.clear(), wishes_.clear();
  wish_.x = plan_.x, wish_.y = plan_.y;
  box_ = plan_.box, overflow_x_ = plan_.overflow_x, overflow_y_ = plan_.overflow_y;
}

void Mover::edit(const Edit& edit) {
  apply(edit, plan_.pair);
  edits_.push_back(edit);
}

void Mover::move_next_to(Edit::Kind kind, Index block, Index anchor, bool after) {
  const auto& at = kind == Edit::Kind::move_first ? plan_.pair.at_first : plan_.pair.at_second;
  const Index from = at[block], target = at[anchor];
  // Taking the block out moves what is behind it forward by one.
  const Index to = from < target ? (after ? target : target - 1) : (after ? target + 1 : target);
  if (from != to) edit({kind, from, to});
}

void Mover::trade(Index a, Index b) {
  swap_first(a, b);
  swap_second(a, b);
  const auto& p = plan_;
  const Point in_a{p.x[a] + (p.width[a] - p.width[b]) / 2, p.y[a] + (p.height[a] - p.height[b]) / 2};
  const Point in_b{p.x[b] + (p.width[b] - p.width[a]) / 2, p.y[b] + (p.height[b] - p.height[a]) / 2};
  wish(a, in_b);
  wish(b, in_a);
}

void Mover::put(const Beside& beside) {
  using geometry::Side;
  const auto [block, anchor, side, shape] = beside;
  if (shape) reshape(block, *shape);
  const bool after_in_first = side == Side::right || side == Side::bottom;
  const bool after_in_second = side == Side::right || side == Side::top;
  move_next_to(Edit::Kind::move_first, block, anchor, after_in_first);
  move_next_to(Edit::Kind::move_second, block, anchor, after_in_second);
  const auto& p = plan_;
  const Nanometre middle_x = p.x[anchor] + (p.width[anchor] - p.width[block]) / 2;
  const Nanometre middle_y = p.y[anchor] + (p.height[anchor] - p.height[block]) / 2;
  switch (side) {
    case Side::right:
      return wish(block, {p.x[anchor] + p.width[anchor], middle_y});
    case Side::left:
      return wish(block, {p.x[anchor] - p.width[block], middle_y});
    case Side::top:
      return wish(block, {middle_x, p.y[anchor] + p.height[anchor]});
    case Side::bottom:
      return wish(block, {middle_x, p.y[anchor] - p.height[block]});
  }
}

void Mover::reshape(Index block, Index shape) {
  shapes_.push_back({block, plan_.shape[block]});
  const Nanometre width = plan_.width[block], height = plan_.height[block];
  take_shape(*frame_, plan_, block, shape);
  wish(block, {plan_.x[block] + (width - plan_.width[block]) / 2,
               plan_.y[block] + (height - plan_.height[block]) / 2});
}

void Mover::wish(Index block, Point low) {
  if (packing_ != Packing::keep) return;
  wishes_.push_back({block, {wish_.x[block], wish_.y[block]}});
  wish_.x[block] = low.x;
  wish_.y[block] = low.y;
}

Index Mover::pick(Rng& rng) const { return frame_->movable[rng.below(frame_->movable.size())]; }

Index Mover::pick_other(Rng& rng, Index block) const {
  const auto i = static_cast<Index>(rng.below(frame_->size() - 1));
  return i < block ? i : i + 1;
}

// The shares were found by trial on the benchmarks of MCNC and GSRC.
void Mover::any(Rng& rng) {
  const auto choice = rng.below(100);
  if (frame_->movable.empty()) return;
  if (!reshapable_.empty() && (choice < 20 || frame_->size() == 1)) {
    const Index block = reshapable_[rng.below(reshapable_.size())];
    const auto others = frame_->shapes[block].size() - 1;
    const auto shape = static_cast<Index>(rng.below(others));
    return reshape(block, shape < plan_.shape[block] ? shape : shape + 1);
  }
  if (frame_->size() == 1) return;
  const Index block = pick(rng);
  if (choice < 80 && frame_->movable.size() > 1) {
    Index other = pick(rng);
    // Blocks of one kind change nothing by changing places.
    for (int tries = 0; tries < 8 && (other == block || frame_->kinds[other] == frame_->kinds[block]);
         ++tries) {
      other = pick(rng);
    }
    if (other == block) other = pick_other(rng, block);
    if (choice < 45) return swap_first(block, other);
    if (choice < 70) return swap_second(block, other);
    return trade(block, other);
  }
  put({block, pick_other(rng, block), geometry::sides[rng.below(4)], {}});
}

void Mover::pack(Push push) {
  if (packing_ == Packing::keep) {
    packer_.keep(plan_, wish_, push);
  } else {
    packer_.compact(plan_);
  }
}

void Mover::undo() {
  for (; !edits_.empty(); edits_.pop_back()) apply(undone(edits_.back()), plan_.pair);
  for (; !shapes_.empty(); shapes_.pop_back())
    take_shape(*frame_, plan_, shapes_.back().block, shapes_.back().shape);
  for (; !wishes_.empty(); wishes_.pop_back()) {
    wish_.x[wishes_.back().block] = wishes_.back().low.x;
    wish_.y[wishes_.back().block] = wishes_.back().low.y;
  }
  plan_.x.swap(wish_.x), plan_.y.swap(wish_.y);
  plan_.box = box_, plan_.overflow_x = overflow_x_, plan_.overflow_y = overflow_y_;
}

}  // namespace marquetry::floorplan
