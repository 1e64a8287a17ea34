#include "placement/phys.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace marquetry::placement {

using geometry::Nanometre;
using geometry::Rect;
using geometry::Side;
using layout::Problem;

namespace {

constexpr std::size_t most_watched = 256;

double number(Nanometre n) { return static_cast<double>(n); }

Nanometre edge_length(const Rect& rect, Side side) {
  return geometry::is_vertical(side) ? rect.height() : rect.width();
}

bool may_use(const std::optional<Side>& fixed, geometry::Rotation rotation, Side side) {
  return !fixed || geometry::turned(*fixed, rotation) == side;
}

// Of a link that needs to face, whether its memory must look at its host.
bool must_look(const Problem& problem, const layout::Link& link) {
  return link.phy->faces || link.phy->bridged ||
         problem.dies[link.a].is_memory != problem.dies[link.b].is_memory;
}

double wires_of_module(const layout::Link& link) {
  const auto& phy = *link.phy;
  return phy.wires > 0 ? phy.wires
                       : link.wires / number(static_cast<Nanometre>(std::max<std::size_t>(1, phy.modules)));
}

}  // namespace

// Links whose sides are given choose first, then the heavy ones.
Phys::Phys(const Problem& problem, const Blocks& blocks) : problem_{&problem}, blocks_{&blocks} {
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    if (problem.links[l].phy) order_.push_back(l);
  }
  const auto rank = [&](std::size_t l) {
    const auto& phy = *problem.links[l].phy;
    const int given =
        (phy.side_a ? 1 : 0) + (phy.side_b ? 1 : 0) + (must_look(problem, problem.links[l]) ? 1 : 0);
    return std::pair{-given, -problem.links[l].wires};
  };
  std::ranges::stable_sort(order_, {}, rank);
  double area = 0;
  for (const auto& die : problem.dies) area += geometry::area(die.size);
  scale_ =
      std::max(1.0, std::sqrt(area / static_cast<double>(std::max<std::size_t>(1, problem.dies.size()))));
}

// Across the edge a run is where the edge is; along it, anywhere between the corners.
std::array<Phys::Mouth, 2> Phys::mouth(std::size_t die, Side side, double length) const {
  const Rect& rect = stance_->rect[die];
  const double x = number(rect.low.x + rect.high.x) / 2, y = number(rect.low.y + rect.high.y) / 2;
  const double free = number(edge_length(rect, side) - 2 * problem_->dies[die].corner) - length;
  const double half = std::max(0.0, free / 2);
  switch (side) {
    case Side::left:
      return {{{number(rect.low.x), 0}, {y, half}}};
    case Side::right:
      return {{{number(rect.high.x), 0}, {y, half}}};
    case Side::bottom:
      return {{{x, half}, {number(rect.low.y), 0}}};
    default:
      return {{{x, half}, {number(rect.high.y), 0}}};
  }
}

// Of very many dies each look at all others would take too long; the checker looks at the end.
bool Phys::is_blocked(const Rect& strip, std::size_t a, std::size_t b) const {
  if (stance_->rect.size() > most_watched) return false;
  for (std::size_t d = 0; d < stance_->rect.size(); ++d) {
    if (blocks_->of_die[d] == blocks_->of_die[a] || blocks_->of_die[d] == blocks_->of_die[b]) continue;
    if (geometry::overlap(strip, stance_->rect[d])) return true;
  }
  return false;
}

// How wrong it is to use these sides for a link whose dies must look at each other.
double Phys::misfit(std::size_t l, Side a, Side b, double length) const {
  const auto& link = problem_->links[l];
  if (b != geometry::opposite(a)) return 1;
  const Rect &one = stance_->rect[link.a], &other = stance_->rect[link.b];
  const bool vertical = geometry::is_vertical(a);
  const bool ahead = a == Side::right || a == Side::top;
  const Rect &low = ahead ? one : other, &high = ahead ? other : one;
  const Nanometre gap = vertical ? high.low.x - low.high.x : high.low.y - low.high.y;
  if (gap < 0) return 1;
  const Rect shared = geometry::common(one, other);
  const Nanometre span = vertical ? shared.height() : shared.width();
  const Nanometre corners = std::max(problem_->dies[link.a].corner, problem_->dies[link.b].corner);
  const double lack = length - number(span) + 2 * number(corners);
  if (lack > 0) return std::min(1.0, 0.1 + lack / scale_);
  const Rect strip = vertical ? Rect{{low.high.x, shared.low.y}, {high.low.x, shared.high.y}}
                              : Rect{{shared.low.x, low.high.y}, {shared.high.x, high.low.y}};
  if (is_blocked(strip, link.a, link.b)) return 0.6;
  const auto& largest = problem_->bridges.largest;
  if (link.phy->bridged && largest.width > 0) {
    const Nanometre span_of_bridge = gap + 2 * problem_->bridges.under_die;
    const double over = number(span_of_bridge - std::max(largest.width, largest.height));
    if (over > 0) return std::min(1.0, 0.1 + over / scale_);
  }
  return 0;
}

Phys::Run Phys::run(std::size_t l, Side a, Side b, std::size_t modules) const {
  const auto& link = problem_->links[l];
  const double length = number(link.phy->width) * static_cast<double>(modules);
  const auto from = mouth(link.a, a, length), to = mouth(link.b, b, length);
  double distance = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    distance += std::max(0.0, std::abs(from[k].at - to[k].at) - from[k].half - to[k].half);
  }
  double penalty = 0;
  if (link.phy->reach > 0) penalty = std::max(0.0, distance - number(link.phy->reach)) / scale_;
  if (must_look(*problem_, link) && blocks_->of_die[link.a] != blocks_->of_die[link.b]) {
    penalty += misfit(l, a, b, link.phy->faces || link.phy->bridged ? length : 1);
  }
  return {a, b, modules, distance, penalty};
}

void Phys::choose(std::size_t l) {
  const auto& link = problem_->links[l];
  const auto& phy = *link.phy;
  runs_.clear();
  std::size_t left = phy.modules;
  while (left > 0) {
    std::optional<Run> best;
    double least = 0;
    for (const Side a : geometry::sides) {
      if (!may_use(phy.side_a, stance_->at[link.a].rotation, a)) continue;
      for (const Side b : geometry::sides) {
        if (!may_use(phy.side_b, stance_->at[link.b].rotation, b)) continue;
        const Nanometre room = std::min(room_[link.a][index(a)], room_[link.b][index(b)]);
        const auto fit =
            phy.width > 0 ? static_cast<std::size_t>(std::max<Nanometre>(0, room) / phy.width) : left;
        // A side without room may be chosen all the same, at the price of a link that is wrong.
        const bool is_full = fit == 0;
        Run found = run(l, a, b, is_full ? left : std::min(left, fit));
        if (is_full) found.penalty += 1;
        const double spilt = static_cast<double>(left - found.modules) / static_cast<double>(left);
        const double price = found.length + scale_ * (20 * found.penalty + spilt);
        if (best && price >= least) continue;
        best = found;
        least = price;
      }
    }
    if (!best) break;
    room_[link.a][index(best->a)] -= static_cast<Nanometre>(best->modules) * phy.width;
    room_[link.b][index(best->b)] -= static_cast<Nanometre>(best->modules) * phy.width;
    left -= best->modules;
    runs_.push_back(*best);
  }
}

void Phys::pull(std::size_t l, const Run& run, const floorplan::Plan& plan) {
  const auto& link = problem_->links[l];
  const auto a = static_cast<floorplan::Index>(blocks_->of_die[link.a]),
             b = static_cast<floorplan::Index>(blocks_->of_die[link.b]);
  if (a == b) return;
  const double length = number(link.phy->width) * static_cast<double>(run.modules);
  const auto from = mouth(link.a, run.a, length), to = mouth(link.b, run.b, length);
  const double weight = wires_of_module(link) * static_cast<double>(run.modules);
  // Free within +- reach, then along the distance: half of each end's.
  const auto add = [&](std::vector<Pull>& pulls, std::size_t k, Nanometre at_a, Nanometre at_b) {
    const double shift = from[k].at - number(at_a) - to[k].at + number(at_b);
    const double reach = from[k].half + to[k].half;
    if (reach <= 0) {
      pulls.push_back({a, b, weight, std::llround(shift)});
    } else {
      pulls.push_back({a, b, weight / 2, std::llround(std::ceil(shift - reach))});
      pulls.push_back({a, b, weight / 2, std::llround(std::floor(shift + reach))});
    }
  };
  add(along_x_, 0, plan.x[a], plan.x[b]);
  add(along_y_, 1, plan.y[a], plan.y[b]);
}

// PHYs to the outside take what is left.
double Phys::externals() {
  double penalty = 0;
  for (const auto& external : problem_->externals) {
    std::size_t left = external.modules;
    for (std::size_t tries = 0; tries < 4 && left > 0 && external.width > 0; ++tries) {
      auto& rooms = room_[external.die];
      const auto widest = static_cast<std::size_t>(std::ranges::max_element(rooms) - rooms.begin());
      const auto fit =
          std::min(left, static_cast<std::size_t>(std::max<Nanometre>(0, rooms[widest]) / external.width));
      rooms[widest] -= static_cast<Nanometre>(fit) * external.width;
      left -= fit;
    }
    if (external.width > 0 && left > 0) penalty += 1;
  }
  return penalty;
}

Score Phys::score(const floorplan::Plan& plan, const Stance& stance) {
  stance_ = &stance;
  along_x_.clear(), along_y_.clear();
  room_.resize(stance_->rect.size());
  for (std::size_t d = 0; d < room_.size(); ++d) {
    for (const Side side : geometry::sides) {
      room_[d][index(side)] = edge_length(stance_->rect[d], side) - 2 * problem_->dies[d].corner;
    }
  }
  Score sum;
  for (const auto l : order_) {
    choose(l);
    const auto& link = problem_->links[l];
    const double share = 1 / static_cast<double>(std::max<std::size_t>(1, runs_.size()));
    for (const auto& run : runs_) {
      sum.length += run.length * wires_of_module(link) * static_cast<double>(run.modules);
      sum.penalty += run.penalty * share;
      pull(l, run, plan);
    }
  }
  sum.penalty += externals();
  return sum;
}

// Where the block of `other` lies from that of `anchor` in the plan.
Side Phys::side_towards(const floorplan::Plan& plan, std::size_t anchor, std::size_t other) const {
  const auto a = static_cast<floorplan::Index>(blocks_->of_die[anchor]),
             b = static_cast<floorplan::Index>(blocks_->of_die[other]);
  if (plan.pair.left_of(a, b)) return Side::right;
  if (plan.pair.left_of(b, a)) return Side::left;
  return plan.pair.above(a, b) ? Side::bottom : Side::top;
}

// One of the turns in which the side that the die must use looks that way.
std::optional<floorplan::Index> Phys::looking(const floorplan::Frame& frame, std::size_t die,
                                              const std::optional<Side>& own, Side way, Rng& rng) const {
  const auto& shapes = frame.shapes[blocks_->of_die[die]];
  std::vector<floorplan::Index> fitting;
  for (floorplan::Index s = 0; s < shapes.size(); ++s) {
    if (!own || geometry::turned(*own, turned_with(die, shapes[s].rotation)) == way) fitting.push_back(s);
  }
  if (fitting.empty()) return std::nullopt;
  return fitting[rng.below(fitting.size())];
}

geometry::Rotation Phys::turned_with(std::size_t die, geometry::Rotation block) const {
  const int turns = static_cast<int>(block) + static_cast<int>(blocks_->within[die].rotation);
  return static_cast<geometry::Rotation>(turns % 4);
}

std::optional<floorplan::Beside> Phys::propose(const floorplan::Frame& frame, const floorplan::Plan& plan,
                                               Rng& rng) const {
  if (order_.empty()) return std::nullopt;
  const std::size_t l = order_[rng.below(order_.size())];
  const auto& link = problem_->links[l];
  const bool swap = rng.below(2) == 1;
  const std::size_t mover = swap ? link.b : link.a, anchor = swap ? link.a : link.b;
  const std::size_t block = blocks_->of_die[mover], beside = blocks_->of_die[anchor];
  if (block == beside) return std::nullopt;
  if (!std::ranges::binary_search(frame.movable, static_cast<floorplan::Index>(block))) return std::nullopt;
  const auto &of_mover = swap ? link.phy->side_b : link.phy->side_a,
             &of_anchor = swap ? link.phy->side_a : link.phy->side_b;
  floorplan::Beside made{.block = static_cast<floorplan::Index>(block)};
  // In one row with another partner of the anchor; between it and the anchor there would be no room.
  if (rng.below(2) == 0) {
    const auto& next = problem_->links[order_[rng.below(order_.size())]];
    const std::size_t sibling = next.a == anchor ? next.b : next.a;
    const bool is_sibling = (next.a == anchor || next.b == anchor) && blocks_->of_die[sibling] != block &&
                            blocks_->of_die[sibling] != beside;
    if (is_sibling) {
      const Side row = side_towards(plan, anchor, sibling);
      made.anchor = static_cast<floorplan::Index>(blocks_->of_die[sibling]);
      made.side = static_cast<Side>((static_cast<int>(row) + (rng.below(2) == 0 ? 1 : 3)) % 4);
      made.shape = looking(frame, mover, of_mover, geometry::opposite(row), rng);
      return made;
    }
  }
  // Next to the anchor, where its own side is, or anywhere.
  made.anchor = static_cast<floorplan::Index>(beside);
  made.side = of_anchor ? geometry::turned(*of_anchor, turned_with(anchor, plan.rotation[beside]))
                        : geometry::sides[rng.below(4)];
  made.shape = looking(frame, mover, of_mover, geometry::opposite(made.side), rng);
  return made;
}

}  // namespace marquetry::placement
