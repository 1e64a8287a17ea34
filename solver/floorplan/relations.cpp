#include "floorplan/relations.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace marquetry::floorplan {
namespace {

constexpr std::array directions{Direction::x, Direction::y};

double apart(double a, double b, double length_a, double length_b) {
  return std::abs(a - b) - (length_a + length_b) / 2;
}

double mean_side(const LoosePlan& plan) {
  double sum = 0;
  for (const auto& block : plan) sum += std::sqrt(block.width * block.height);
  return sum / static_cast<double>(plan.size());
}

// Calls f(a, b) for the pairs less than `near` apart in both directions, in a sweep along x.
template <class F>
void each_near_pair(const LoosePlan& plan, Nanometre near, F f) {
  const auto margin = static_cast<double>(near);
  std::vector<LooseBox> boxes;
  for (const auto& block : plan) boxes.push_back(box(block));
  std::vector<std::uint32_t> by_left(plan.size());
  std::iota(by_left.begin(), by_left.end(), 0u);
  std::stable_sort(by_left.begin(), by_left.end(),
                   [&](auto a, auto b) { return boxes[a].left < boxes[b].left; });
  for (std::size_t i = 0; i < by_left.size(); ++i) {
    const LooseBox& a = boxes[by_left[i]];
    for (std::size_t j = i + 1; j < by_left.size(); ++j) {
      const LooseBox& b = boxes[by_left[j]];
      if (b.left >= a.right + margin) break;
      if (b.bottom < a.top + margin && a.bottom < b.top + margin) f(by_left[i], by_left[j]);
    }
  }
}

}  // namespace

Relations::Relations(const Problem& problem, const LoosePlan& plan, Size region)
    : problem_{problem}, pairs_of_(plan.size()), extras_(plan.size()) {
  const std::size_t n = plan.size();
  for (const auto& pair : problem.gaps) {
    const Nanometre extra = pair.gap - problem.gap;
    extras_[pair.a].push_back({static_cast<std::uint32_t>(pair.b), extra});
    extras_[pair.b].push_back({static_cast<std::uint32_t>(pair.a), extra});
  }
  for (const auto d : directions) {
    auto& axis = this->axis(d);
    const auto centre = [&](std::uint32_t b) { return d == Direction::x ? plan[b].x : plan[b].y; };
    axis.order.resize(n);
    std::iota(axis.order.begin(), axis.order.end(), 0u);
    std::stable_sort(axis.order.begin(), axis.order.end(),
                     [&](auto a, auto b) { return centre(a) < centre(b); });
    axis.rank.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) axis.rank[axis.order[i]] = i;
    axis.end = d == Direction::x ? region.width : region.height;
    axis.fixed.resize(n);
    axis.least.resize(n);
    axis.most.resize(n);
  }
  for (std::size_t b = 0; b < n; ++b) {
    sizes_.push_back(unturned(problem.blocks[b], plan[b], problem.gap));
    block_at_.push_back(static_cast<std::uint32_t>(b));
    rotation_.push_back(plan[b].rotation);
    for (const auto d : directions) axis(d).length.push_back(0);
    measure(static_cast<std::uint32_t>(b));
    if (const auto& fixed = problem.blocks[b].fixed) {
      axis(Direction::x).fixed[b] = fixed->low.x;
      axis(Direction::y).fixed[b] = fixed->low.y;
    }
  }
  if (n == 0) return;
  each_near_pair(plan, static_cast<Nanometre>(mean_side(plan)) + most_extra(),
                 [&](std::uint32_t a, std::uint32_t b) { add(a, b, plan[a], plan[b]); });
  reach_all();
}

Nanometre Relations::most_extra() const {
  Nanometre most = 0;
  for (const auto& pair : problem_.gaps) most = std::max(most, pair.gap - problem_.gap);
  return most;
}

void Relations::add(std::uint32_t a, std::uint32_t b, const LooseBlock& at_a, const LooseBlock& at_b) {
  if (problem_.blocks[a].fixed && problem_.blocks[b].fixed) return;
  Pair pair{a, b, 0, Direction::x, 0};
  for (const auto& [other, extra] : extras_[a]) {
    if (other == b) pair.extra = extra;
  }
  const double x = apart(at_a.x, at_b.x, at_a.width, at_b.width);
  const double y = apart(at_a.y, at_b.y, at_a.height, at_b.height);
  pair.direction = x >= y ? Direction::x : Direction::y;
  for (const auto block : {a, b}) pairs_of_[block].push_back(static_cast<std::uint32_t>(pairs_.size()));
  pairs_.push_back(pair);
}

void Relations::reach(Direction d) {
  auto& axis = this->axis(d);
  const std::size_t n = axis.order.size();
  for (std::size_t k = 0; k < n; ++k) {
    const auto to = axis.order[k];
    Nanometre least = axis.fixed[to].value_or(0);
    for (const auto p : pairs_of_[to]) {
      const auto& pair = pairs_[p];
      const auto from = pair.a ^ pair.b ^ to;
      if (pair.direction != d || axis.rank[from] > k) continue;
      least = std::max(least, axis.least[from] + axis.length[from] + pair.extra);
    }
    axis.least[to] = least;
  }
  for (std::size_t k = n; k-- > 0;) {
    const auto from = axis.order[k];
    Nanometre most = axis.fixed[from].value_or(axis.end - axis.length[from]);
    for (const auto p : pairs_of_[from]) {
      const auto& pair = pairs_[p];
      const auto to = pair.a ^ pair.b ^ from;
      if (pair.direction != d || axis.rank[to] < k) continue;
      most = std::min(most, axis.most[to] - axis.length[from] - pair.extra);
    }
    axis.most[from] = most;
  }
}

double Relations::excess() const {
  double sum = 0;
  for (const auto& axis : axes_) {
    for (std::size_t p = 0; p < axis.least.size(); ++p) {
      if (axis.least[p] > axis.most[p]) sum += static_cast<double>(axis.least[p] - axis.most[p]);
    }
  }
  return sum;
}

void Relations::measure(std::uint32_t place) {
  const Size turned = geometry::turned(sizes_[block_at_[place]], rotation_[place]);
  axis(Direction::x).length[place] = turned.width + problem_.gap;
  axis(Direction::y).length[place] = turned.height + problem_.gap;
}

void Relations::reach_all() {
  work_ += 4 * (pairs_.size() + size());
  for (const auto d : directions) reach(d);
}

// The pair that puts the block where it is in the longest chain: towards its start, or its end.
std::optional<std::uint32_t> Relations::link(Direction d, std::uint32_t block, bool backwards) const {
  const auto& axis = this->axis(d);
  for (const auto p : pairs_of_[block]) {
    const auto& pair = pairs_[p];
    const auto other = pair.a ^ pair.b ^ block;
    if (pair.direction != d || (axis.rank[other] < axis.rank[block]) != backwards) continue;
    const Nanometre here = backwards ? axis.least[block] - axis.length[other] - pair.extra
                                     : axis.most[block] + axis.length[block] + pair.extra;
    if (here == (backwards ? axis.least[other] : axis.most[other])) return p;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> Relations::chain(Direction d, std::uint32_t through) const {
  std::vector<std::uint32_t> pairs;
  const auto& axis = this->axis(d);
  for (const bool backwards : {true, false}) {
    auto block = through;
    while (const auto p = link(d, block, backwards)) {
      if (axis.fixed[block] && *axis.fixed[block] == (backwards ? axis.least[block] : axis.most[block]))
        break;
      pairs.push_back(*p);
      block = pairs_[*p].a ^ pairs_[*p].b ^ block;
    }
  }
  return pairs;
}

// Left over if the pair were kept apart that way; below 0 a chain would be too long by it.
Nanometre Relations::slack(const Pair& pair, Direction d) const {
  const auto& axis = this->axis(d);
  const bool ordered = axis.rank[pair.a] < axis.rank[pair.b];
  const auto low = ordered ? pair.a : pair.b, high = ordered ? pair.b : pair.a;
  return axis.most[high] - axis.least[low] - axis.length[low] - pair.extra;
}

// The place in the longest of the chains that are too long, and their direction.
std::optional<std::uint32_t> Relations::worst(Direction& d) const {
  Nanometre most = 0;
  std::optional<std::uint32_t> place;
  for (const auto direction : directions) {
    const auto& axis = this->axis(direction);
    for (std::uint32_t p = 0; p < axis.least.size(); ++p) {
      if (axis.least[p] - axis.most[p] <= most) continue;
      most = axis.least[p] - axis.most[p];
      d = direction;
      place = p;
    }
  }
  return place;
}

// Of the longest chain, turns the pair that fits the other direction best.
bool Relations::turn_pair(Rng& rng) {
  Direction d{};
  const auto through = worst(d);
  if (!through) return false;
  const auto longer = static_cast<double>(axis(d).least[*through] - axis(d).most[*through]);
  std::optional<std::uint32_t> best;
  double best_score = 0;
  for (const auto p : chain(d, *through)) {
    const auto& pair = pairs_[p];
    if (pair.flips >= 3) continue;
    const double score = static_cast<double>(slack(pair, across(d))) - longer * (pair.flips + rng.uniform());
    if (best && score <= best_score) continue;
    best = p;
    best_score = score;
  }
  if (!best) return false;
  auto& pair = pairs_[*best];
  ++pair.flips;
  pair.direction = across(d);
  const double before = excess();
  reach_all();
  if (excess() < before) return true;
  pair.direction = d;
  reach_all();
  return false;
}

void Relations::turn_block(std::uint32_t place) {
  const auto quarter = static_cast<Rotation>((static_cast<int>(rotation_[place]) + 1) % 4);
  const auto back = static_cast<Rotation>((static_cast<int>(rotation_[place]) + 3) % 4);
  const auto& block = problem_.blocks[block_at_[place]];
  const auto may = [&](Rotation r) { return (block.rotations >> static_cast<int>(r) & 1) != 0; };
  if (may(quarter)) {
    rotation_[place] = quarter;
  } else if (may(back)) {
    rotation_[place] = back;
  }
  measure(place);
}

bool Relations::may_swap(std::uint32_t place) const {
  const auto block = block_at_[place];
  return !problem_.blocks[block].fixed && extras_[block].empty();
}

void Relations::swap_blocks(std::uint32_t a, std::uint32_t b) {
  std::swap(block_at_[a], block_at_[b]);
  std::swap(rotation_[a], rotation_[b]);
  measure(a);
  measure(b);
}

// One change of a random chain that is too long, kept if the excess does not grow.
bool Relations::try_change(Rng& rng, double& excess) {
  const auto d = directions[rng.below(2)];
  const auto& axis = this->axis(d);
  std::vector<std::uint32_t> long_ones;
  for (std::uint32_t p = 0; p < axis.least.size(); ++p) {
    if (axis.least[p] > axis.most[p]) long_ones.push_back(p);
  }
  if (long_ones.empty()) return false;
  const auto place = long_ones[rng.below(long_ones.size())];
  const std::array saved{axes_[0].least, axes_[0].most, axes_[1].least, axes_[1].most};
  const auto kind = rng.below(3);
  std::function<void()> undo;
  if (kind == 0) {
    if (pairs_of_[place].empty()) return false;
    auto& pair = pairs_[pairs_of_[place][rng.below(pairs_of_[place].size())]];
    if (pair.direction != d) return false;
    pair.direction = across(d);
    undo = [&pair, d] { pair.direction = d; };
  } else if (kind == 1) {
    if (problem_.blocks[block_at_[place]].fixed) return false;
    const auto was = rotation_[place];
    turn_block(place);
    if (rotation_[place] == was) return false;
    undo = [this, place, was] {
      rotation_[place] = was;
      measure(place);
    };
  } else {
    const auto& pairs = pairs_of_[place];
    if (pairs.empty()) return false;
    const auto& pair = pairs_[pairs[rng.below(pairs.size())]];
    const auto other = pair.a ^ pair.b ^ place;
    if (!may_swap(place) || !may_swap(other)) return false;
    swap_blocks(place, other);
    undo = [this, place, other] { swap_blocks(place, other); };
  }
  reach_all();
  const double now = this->excess();
  if (now <= excess) {
    excess = now;
    return true;
  }
  undo();
  for (std::size_t i = 0; i < 2; ++i) {
    axes_[i].least = saved[2 * i];
    axes_[i].most = saved[2 * i + 1];
  }
  return false;
}

bool Relations::repair(Rng rng) {
  for (auto& pair : pairs_) pair.flips = 0;
  while (may_go_on() && turn_pair(rng)) {
  }
  double excess = this->excess();
  const std::size_t tries = std::min<std::size_t>(10000, 1000000 / (size() + 1));
  for (std::size_t i = 0; i < tries && excess > 0 && may_go_on(); ++i) try_change(rng, excess);
  return excess == 0;
}

bool Relations::add_missing(const Floorplan& floorplan) {
  LoosePlan plan;  // by place
  for (const auto block : block_at_) {
    plan.push_back(loose(floorplan.blocks[block], floorplan.sizes[block], problem_.gap));
  }
  const std::size_t before = pairs_.size();
  each_near_pair(plan, most_extra(), [&](std::uint32_t a, std::uint32_t b) {
    const auto& known = pairs_of_[a];
    const auto is_b = [&](std::uint32_t p) { return (pairs_[p].a ^ pairs_[p].b ^ a) == b; };
    if (std::none_of(known.begin(), known.end(), is_b)) add(a, b, plan[a], plan[b]);
  });
  if (pairs_.size() == before) return false;
  reach_all();
  return true;
}

std::vector<Edge> Relations::edges(Direction d) const {
  const auto& axis = this->axis(d);
  std::vector<Edge> edges;
  for (const auto& pair : pairs_) {
    if (pair.direction != d) continue;
    const bool ordered = axis.rank[pair.a] < axis.rank[pair.b];
    const auto from = ordered ? pair.a : pair.b, to = ordered ? pair.b : pair.a;
    edges.push_back({from, to, axis.length[from] + pair.extra});
  }
  return edges;
}

}  // namespace marquetry::floorplan
