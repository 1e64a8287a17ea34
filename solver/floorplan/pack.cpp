#include "floorplan/pack.h"

#include <algorithm>
#include <utility>

namespace marquetry::floorplan {
namespace {

// Set bits of one word, or of several; bit 0 is always set.
class Word {
 public:
  explicit Word(std::vector<std::uint64_t>&, std::size_t) {}
  std::size_t below(std::size_t bit) const {
    return 63u - static_cast<std::size_t>(std::countl_zero(bits_ & ((std::uint64_t{1} << bit) - 1)));
  }
  // The next above, or 64.
  std::size_t above(std::size_t bit) const {
    return static_cast<std::size_t>(std::countr_zero(bits_ & ~((std::uint64_t{2} << bit) - 1)));
  }
  static bool is_end(std::size_t bit) { return bit >= 64; }
  void set(std::size_t bit) { bits_ |= std::uint64_t{1} << bit; }
  void clear(std::size_t bit) { bits_ &= ~(std::uint64_t{1} << bit); }

 private:
  std::uint64_t bits_{1};
};

class Words {
 public:
  Words(std::vector<std::uint64_t>& words, std::size_t bits) : words_{words}, bits_{bits} {
    words_.assign(bits / 64 + 1, 0);
    words_[0] = 1;
  }
  std::size_t below(std::size_t bit) const {
    std::size_t w = bit / 64;
    std::uint64_t word = words_[w] & ((std::uint64_t{1} << bit % 64) - 1);
    while (word == 0) word = words_[--w];
    return 64 * w + 63u - static_cast<std::size_t>(std::countl_zero(word));
  }
  std::size_t above(std::size_t bit) const {
    std::size_t w = bit / 64;
    std::uint64_t word = words_[w] & ~((std::uint64_t{2} << bit % 64) - 1);
    while (word == 0) {
      if (++w == words_.size()) return bits_;
      word = words_[w];
    }
    return 64 * w + static_cast<std::size_t>(std::countr_zero(word));
  }
  bool is_end(std::size_t bit) const { return bit >= bits_; }
  void set(std::size_t bit) { words_[bit / 64] |= std::uint64_t{1} << bit % 64; }
  void clear(std::size_t bit) { words_[bit / 64] &= ~(std::uint64_t{1} << bit % 64); }

 private:
  std::vector<std::uint64_t>& words_;
  std::size_t bits_;
};

}  // namespace

struct Packer::Coordinate {
  const SequencePair& pair;
  const std::vector<Nanometre>& size;
  const Limits& limits;
  bool is_y;
};

void take_shape(const Frame& frame, Plan& plan, Index block, Index shape) {
  const Shape& s = frame.shapes[block][shape];
  plan.shape[block] = shape;
  plan.width[block] = s.size.width;
  plan.height[block] = s.size.height;
  plan.rotation[block] = s.rotation;
}

Plan plan_of(const Frame& frame, SequencePair pair) {
  const auto n = frame.size();
  Plan plan;
  plan.pair = std::move(pair);
  plan.shape.resize(n), plan.rotation.resize(n);
  for (auto* each : {&plan.x, &plan.y, &plan.width, &plan.height}) each->resize(n);
  for (Index i = 0; i < n; ++i) take_shape(frame, plan, i, 0);
  return plan;
}

Plan plan_of(const Frame& frame, const Floorplan& floorplan) {
  std::vector<geometry::Rect> rects;
  Plan plan = plan_of(frame, row(frame.size()));
  for (Index i = 0; i < frame.size(); ++i) {
    const Rotation rotation = floorplan.blocks[i].rotation;
    const Size size = geometry::turned(floorplan.sizes[i], rotation);
    // The shape that is nearest in width among those of that turn, else among all.
    Index best = 0;
    const auto misfit = [&](Index s) {
      const Shape& shape = frame.shapes[i][s];
      return std::pair{std::abs(shape.size.width - size.width), shape.rotation != rotation};
    };
    for (Index s = 1; s < frame.shapes[i].size(); ++s) {
      if (misfit(s) < misfit(best)) best = s;
    }
    take_shape(frame, plan, i, best);
    const Point low = floorplan.blocks[i].low;
    plan.x[i] = low.x, plan.y[i] = low.y;
    rects.push_back({{low.x - frame.before[i], low.y - frame.before[i]},
                     {low.x + size.width + frame.after[i], low.y + size.height + frame.after[i]}});
  }
  plan.pair = relations(rects);
  return plan;
}

Floorplan floorplan_of(const Frame& frame, const Plan& plan) {
  Floorplan floorplan;
  for (Index i = 0; i < frame.size(); ++i) {
    const Rotation rotation = plan.rotation[i];
    floorplan.blocks.push_back({{plan.x[i], plan.y[i]}, rotation});
    floorplan.sizes.push_back(geometry::turned(Size{plan.width[i], plan.height[i]}, rotation));
  }
  return floorplan;
}

Packer::Packer(const Frame& frame)
    : frame_{&frame}, reach_(frame.size() + 1), wanted_(frame.size()), settled_(frame.size()) {
  reach_[0] = -unlimited;
}

// Seen from the high end every coordinate is negated, and a block's position is its upper edge.
template <class Staircase>
void Packer::settle(const Coordinate& along, From from, const std::vector<Nanometre>& wanted,
                    std::vector<Nanometre>& settled) {
  const auto n = frame_->size();
  const bool high = from == From::high;
  const bool descending = along.is_y != high;  // the order of the first sequence
  const auto& pair = along.pair;
  const Nanometre* const before = (high ? frame_->after : frame_->before).data();
  const Nanometre* const after = (high ? frame_->before : frame_->after).data();
  const Nanometre* const size = along.size.data();
  const Index* const at = pair.at_second.data();
  const Index* order = pair.first.data() + (descending ? n - 1 : 0);
  const std::ptrdiff_t stride = descending ? -1 : 1;
  Nanometre* const reach = reach_.data();
  Staircase staircase{words_, n + 1};
  for (Index k = 0; k < n; ++k, order += stride) {
    const Index i = *order;
    const std::size_t key = high ? n - at[i] : at[i] + 1;
    const std::size_t pred = staircase.below(key);
    Nanometre position = std::max(reach[pred] + before[i], wanted[i]);
    if (frame_->has_excess) {
      for (const auto& [j, gap] : frame_->excess[i]) {
        const bool settled_before =
            descending ? pair.at_first[j] > pair.at_first[i] : pair.at_first[j] < pair.at_first[i];
        const bool below = high ? at[j] > at[i] : at[j] < at[i];
        if (settled_before && below) position = std::max(position, settled[j] + size[j] + gap);
      }
    }
    settled[i] = position;
    const Nanometre end = position + size[i] + after[i];
    if (end <= reach[pred]) continue;  // hidden: only with unequal shares
    reach[key] = end;
    staircase.set(key);
    for (auto next = staircase.above(key); !staircase.is_end(next) && reach[next] <= end;
         next = staircase.above(key)) {
      staircase.clear(next);
    }
  }
}

void Packer::settle(const Coordinate& along, From from, const std::vector<Nanometre>& wanted,
                    std::vector<Nanometre>& settled) {
  if (frame_->size() < 63) {
    settle<Word>(along, from, wanted, settled);
  } else {
    settle<Words>(along, from, wanted, settled);
  }
}

// Returns the overflow.
Nanometre Packer::keep(const Coordinate& along, const std::vector<Nanometre>& wish, bool ahead,
                       std::vector<Nanometre>& position) {
  const auto n = frame_->size();
  const auto& [low, limit] = along.limits;
  Nanometre overflow = 0;
  if (ahead) {
    for (Index i = 0; i < n; ++i) wanted_[i] = std::max(low[i], wish[i]);
    settle(along, From::low, wanted_, position);
    bool fits = true;
    for (Index i = 0; i < n; ++i) fits &= position[i] + along.size[i] <= limit[i];
    if (fits) return 0;
    for (Index i = 0; i < n; ++i) wanted_[i] = -std::min(limit[i], position[i] + along.size[i]);
    settle(along, From::high, wanted_, settled_);
    for (Index i = 0; i < n; ++i) {
      position[i] = -settled_[i] - along.size[i];
      overflow = std::max(overflow, low[i] - position[i]);
    }
  } else {
    for (Index i = 0; i < n; ++i) wanted_[i] = -std::min(limit[i], wish[i] + along.size[i]);
    settle(along, From::high, wanted_, settled_);
    bool fits = true;
    for (Index i = 0; i < n; ++i) {
      position[i] = -settled_[i] - along.size[i];
      fits &= position[i] >= low[i];
    }
    if (fits) return 0;
    for (Index i = 0; i < n; ++i) wanted_[i] = std::max(low[i], position[i]);
    settle(along, From::low, wanted_, position);
    for (Index i = 0; i < n; ++i) overflow = std::max(overflow, position[i] + along.size[i] - limit[i]);
  }
  return overflow;
}

void Packer::keep(Plan& plan, const Wish& wish, Push push) {
  plan.overflow_x = keep({plan.pair, plan.width, frame_->x, false}, wish.x, push.right, plan.x);
  plan.overflow_y = keep({plan.pair, plan.height, frame_->y, true}, wish.y, push.up, plan.y);
  measure(plan);
}

void Packer::compact(Plan& plan) {
  settle({plan.pair, plan.width, frame_->x, false}, From::low, frame_->x.low, plan.x);
  settle({plan.pair, plan.height, frame_->y, true}, From::low, frame_->y.low, plan.y);
  plan.overflow_x = plan.overflow_y = 0;
  for (Index i = 0; i < frame_->size(); ++i) {
    plan.overflow_x = std::max(plan.overflow_x, plan.x[i] + plan.width[i] - frame_->x.limit[i]);
    plan.overflow_y = std::max(plan.overflow_y, plan.y[i] + plan.height[i] - frame_->y.limit[i]);
  }
  measure(plan);
}

// The box, and what it lacks to its aspect.
void Packer::measure(Plan& plan) const {
  Nanometre left = unlimited, right = -unlimited, bottom = unlimited, top = -unlimited;
  for (Index i = 0; i < frame_->size(); ++i) {
    left = std::min(left, plan.x[i]);
    right = std::max(right, plan.x[i] + plan.width[i]);
    bottom = std::min(bottom, plan.y[i]);
    top = std::max(top, plan.y[i] + plan.height[i]);
  }
  plan.box = frame_->size() == 0 ? Size{} : Size{right - left, top - bottom};
  const auto width = static_cast<double>(plan.box.width), height = static_cast<double>(plan.box.height);
  if (frame_->largest_aspect > 0 && width > frame_->largest_aspect * height) {
    plan.overflow_x += static_cast<Nanometre>(width - frame_->largest_aspect * height) + 1;
  }
  if (frame_->least_aspect > 0 && width < frame_->least_aspect * height) {
    plan.overflow_y += static_cast<Nanometre>(height - width / frame_->least_aspect) + 1;
  }
}

Packer::Slack Packer::slack(const Coordinate& along) {
  Slack slack;
  const auto n = frame_->size();
  slack.earliest.resize(n), slack.latest.resize(n);
  settle(along, From::low, along.limits.low, slack.earliest);
  Nanometre end = -unlimited;
  for (Index i = 0; i < n; ++i) end = std::max(end, slack.earliest[i] + along.size[i]);
  for (Index i = 0; i < n; ++i)
    wanted_[i] = -(along.limits.limit[i] >= unlimited ? end : along.limits.limit[i]);
  settle(along, From::high, wanted_, settled_);
  for (Index i = 0; i < n; ++i) slack.latest[i] = -settled_[i] - along.size[i];
  return slack;
}

Packer::Slack Packer::slack_x(const Plan& plan) { return slack({plan.pair, plan.width, frame_->x, false}); }
Packer::Slack Packer::slack_y(const Plan& plan) { return slack({plan.pair, plan.height, frame_->y, true}); }

}  // namespace marquetry::floorplan
