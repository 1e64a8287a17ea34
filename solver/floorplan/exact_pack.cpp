// Rectangles are placed one by one at the corners of a falling staircase, the envelope of what is placed:
// Martello, Pisinger, Vigo, Operations Research 48(2), 2000, section 3 (in two dimensions every packing can
// be built so). What lies below the staircase and is not covered is lost, and little may be lost. Of two
// placements that do not touch each other the upper left one comes first. One rectangle has its centre in the
// lower left quarter, since a box may be seen in two mirrors.
#include "floorplan/exact_pack.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <tuple>

namespace marquetry::floorplan::exact {
namespace {

bool like(const Rectangle& a, const Rectangle& b) {
  return a.width == b.width && a.height == b.height && a.upright == b.upright && a.turned == b.turned;
}

struct Step {
  Nanometre x{}, y{};  // the corner: the staircase is y high from x on
};

struct Stairs {
  std::vector<Step> steps{};
  double below{};  // area
};

class Packer {
 public:
  Packer(const Rows& rows, Size box, const std::function<bool(std::uint64_t)>& go_on)
      : rows_{rows}, all_{rows.rectangles()}, box_{box}, go_on_{go_on} {
    const auto& all = all_;
    const auto same = [&](std::size_t a, std::size_t b) { return like(all[a], all[b]); };
    quartered_ =
        0;  // the largest of which there is one only: like ones are told apart by nothing but their turn
    while (quartered_ < all.size() && ((quartered_ > 0 && same(quartered_, quartered_ - 1)) ||
                                       (quartered_ + 1 < all.size() && same(quartered_, quartered_ + 1)))) {
      ++quartered_;
    }
    packing_.spots.resize(all.size());
    left_ = (std::uint32_t{1} << all.size()) - 1;
    double sum = 0;
    for (const auto& r : all) sum += area(r);
    spare_ = geometry::area(box) - sum;
  }

  Packing run() {
    packing_.end = Packing::End::impossible;
    if (spare_ < 0) return packing_;
    stairs_.assign(all_.size() + 1, {});
    stairs_[0].steps = {{0, 0}};
    if (extend(0, 0, {-1, -1})) packing_.end = Packing::End::packed;
    if (stopped_) packing_.end = Packing::End::stopped;
    return packing_;
  }

 private:
  static double area(const Rectangle& r) {
    return static_cast<double>(r.width) * static_cast<double>(r.height);
  }
  static double product(Nanometre a, Nanometre b) { return static_cast<double>(a) * static_cast<double>(b); }

  Nanometre end_of(const Stairs& s, std::size_t step) const {
    return step + 1 < s.steps.size() ? s.steps[step + 1].x : box_.width;
  }

  // A line across the free part is covered by a row of what is left; so is one upwards.
  bool may_fill(const Stairs& s, double lost) const {
    double across = lost, upwards = lost;
    Nanometre above = box_.height;
    for (std::size_t k = 0; k < s.steps.size(); ++k) {
      const Nanometre wide = box_.width - s.steps[k].x, high = box_.height - s.steps[k].y;
      across += product(wide - rows_.most(left_, wide), above - s.steps[k].y);
      upwards += product(high - rows_.most(left_, high), end_of(s, k) - s.steps[k].x);
      if (across > spare_ || upwards > spare_) return false;
      above = s.steps[k].y;
    }
    return true;
  }

  // The staircase after `size` is placed at corner `at`.
  void raise(const Stairs& from, std::size_t at, Size size, Stairs& to) const {
    const Nanometre top = from.steps[at].y + size.height, right = from.steps[at].x + size.width;
    to.steps.clear();
    to.below = from.below;
    std::size_t k = 0;
    while (from.steps[k].y > top) to.steps.push_back(from.steps[k++]);
    to.steps.push_back({from.steps[k].x, top});
    for (; k < from.steps.size() && from.steps[k].x < right; ++k) {
      to.below += product(std::min(end_of(from, k), right) - from.steps[k].x, top - from.steps[k].y);
    }
    if (right < box_.width && right < end_of(from, k - 1)) to.steps.push_back({right, from.steps[k - 1].y});
    for (; k < from.steps.size(); ++k) to.steps.push_back(from.steps[k]);
  }

  bool extend(std::size_t depth, double covered, Step last) {
    if (depth == all_.size()) return true;
    const Stairs& now = stairs_[depth];
    for (std::size_t corner = 0; corner < now.steps.size(); ++corner) {
      const Step at = now.steps[corner];
      const Nanometre room_x = box_.width - at.x, room_y = box_.height - at.y;
      for (std::size_t r = 0; r < all_.size(); ++r) {
        if (!is_left(r) || like_one_before(r)) continue;
        for (const bool turn : {false, true}) {
          const auto& rect = all_[r];
          if (turn ? !rect.turned || (rect.upright && rect.width == rect.height) : !rect.upright) continue;
          const Size size = turn ? Size{rect.height, rect.width} : Size{rect.width, rect.height};
          if (size.width > room_x || size.height > room_y) continue;
          if (at.x + size.width <= last.x) continue;  // should have come before the last one
          if (r == quartered_ && (2 * at.x + size.width > box_.width || 2 * at.y + size.height > box_.height))
            continue;
          if ((++packing_.steps & 0xfff) == 0 && !go_on_(packing_.steps)) stopped_ = true;
          if (stopped_) return false;
          Stairs& next = stairs_[depth + 1];
          raise(now, corner, size, next);
          const double now_covered = covered + area(rect);
          const double lost = next.below - now_covered;
          if (lost > spare_) continue;
          left_ ^= std::uint32_t{1} << r;
          if (left_ == 0 || may_fill(next, lost)) {
            packing_.spots[rows_.order()[r]] = {at.x, at.y, turn};
            if (extend(depth + 1, now_covered, at)) return true;
          }
          left_ ^= std::uint32_t{1} << r;
          if (stopped_) return false;
        }
      }
    }
    return false;
  }

  bool is_left(std::size_t r) const { return ((left_ >> r) & 1) != 0; }
  bool like_one_before(std::size_t r) const { return r > 0 && is_left(r - 1) && like(all_[r - 1], all_[r]); }

  const Rows& rows_;
  const std::vector<Rectangle>& all_;
  Size box_{};
  const std::function<bool(std::uint64_t)>& go_on_;
  std::uint32_t left_{};
  std::vector<Stairs> stairs_{};
  std::size_t quartered_{};
  double spare_{};
  bool stopped_{};
  Packing packing_{};
};

constexpr std::size_t most_in_tables = 16, most_sums = 2000000;

// Every sum of `sums` with one way of the rectangle, or without it.
std::vector<Nanometre> with(const std::vector<Nanometre>& sums, const Rectangle& r) {
  std::vector<Nanometre> more = sums;
  for (const Nanometre s : sums) {
    if (r.upright) more.push_back(s + r.width);
    if (r.turned) more.push_back(s + r.height);
    if (r.upright && r.turned) continue;
    // One that may stand one way only fills less in some direction, but lines of both directions ask here.
    more.push_back(s + (r.upright ? r.height : r.width));
  }
  std::ranges::sort(more);
  more.erase(std::unique(more.begin(), more.end()), more.end());
  return more;
}

}  // namespace

Rows::Rows(std::vector<Rectangle> rectangles) : order_(rectangles.size()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::ranges::stable_sort(order_, std::greater{}, [&](std::size_t r) {
    const auto& rect = rectangles[r];
    return std::tuple{static_cast<double>(rect.width) * static_cast<double>(rect.height), rect.width,
                      rect.upright, rect.turned};
  });
  for (const std::size_t r : order_) rectangles_.push_back(rectangles[r]);
  if (rectangles_.size() > most_in_tables) return;
  const std::uint32_t all = (std::uint32_t{1} << rectangles_.size()) - 1;
  sums_.resize(std::size_t{all} + 1);
  sums_[0] = {0};
  std::size_t made = 1;
  for (int bits = 1; bits <= static_cast<int>(rectangles_.size()); ++bits) {
    for (std::uint32_t set = 1; set <= all; ++set) {
      if (std::popcount(set) != bits) continue;
      const std::uint32_t rest = set & (set - 1);
      sums_[set] = with(sums_[rest], rectangles_[static_cast<std::size_t>(std::countr_zero(set))]);
      made += sums_[set].size();
      if (made > most_sums) {
        sums_[set].clear();
        return;
      }
    }
  }
}

Nanometre Rows::most(std::uint32_t left, Nanometre room) const {
  if (left >= sums_.size() || sums_[left].empty()) return room;
  return *std::prev(std::ranges::upper_bound(sums_[left], room));
}

Packing pack(const Rows& rows, Size box, const std::function<bool(std::uint64_t)>& go_on) {
  return Packer{rows, box, go_on}.run();
}

}  // namespace marquetry::floorplan::exact
