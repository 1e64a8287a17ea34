#include "layout/fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "layout/text.h"

namespace marquetry::layout {
namespace {

constexpr std::size_t most_pairs_of = 400;  // dies: beyond it pairs are not looked at one by one

Size with_ring(const Die& die, Rotation r) {
  const Size s = geometry::turned(die.size, r);
  return {s.width + 2 * die.ring, s.height + 2 * die.ring};
}

// The rotations in which a die is tried; one of each pair that looks alike.
std::vector<Rotation> shapes(const Die& die) {
  if (die.fixed) return {die.fixed->rotation};
  std::vector<Rotation> out;
  if ((die.rotations & 0b0101) != 0) out.push_back(Rotation::r0);
  if ((die.rotations & 0b1010) != 0) out.push_back(Rotation::r90);
  return out;
}

// Where dies and their rings may stand, at most. A carrier that is not fixed may lie either way round.
struct Room {
  Size carrier{};
  Nanometre longest_x{}, longest_y{};  // inside the edge
  std::string name{};
};
std::optional<Room> room_of(const Problem& problem) {
  const auto& rules = problem.carrier;
  const auto margins = 2 * problem.edge;
  if (rules.fixed) {
    return Room{*rules.fixed, rules.fixed->width - margins, rules.fixed->height - margins,
                "the carrier of " + size_text(*rules.fixed)};
  }
  if (!rules.largest) return std::nullopt;
  const auto side = std::max(rules.largest->width, rules.largest->height) - margins;
  return Room{*rules.largest, side, side, "the largest carrier of " + size_text(*rules.largest)};
}

bool stands_on_carrier(const Die& die) { return !die.on.has_value(); }

void check_single(const Problem& problem, const Room& room, std::vector<Obstacle>& found) {
  for (const auto& die : problem.dies) {
    if (die.soft || !stands_on_carrier(die)) continue;
    Nanometre least = std::numeric_limits<Nanometre>::max();
    for (const auto r : shapes(die)) {
      const auto s = with_ring(die, r);
      least = std::min(least, std::max(s.width - room.longest_x, s.height - room.longest_y));
    }
    if (least <= 0) continue;
    const auto ring = die.ring > 0 ? " with its ring of " + length_text(die.ring) : "";
    const auto edge = problem.edge > 0 ? ", " + length_text(problem.edge) + " inside its edge" : "";
    found.push_back({"carrier",
                     "die '" + die.name + "' of " + size_text(die.size) + ring + " does not fit " +
                         room.name + edge + ": it is " + length_text(least) + " too long",
                     "make the carrier " + length_text(least) + " larger", static_cast<double>(least)});
  }
}

// Round each die half of the least gap, and round the room too: what was apart by the gap is then merely not
// overlapping, so that areas may be summed.
void check_area(const Problem& problem, const Room& room, std::vector<Obstacle>& found) {
  Nanometre gap = problem.gap;
  for (const auto& pair : problem.gaps) gap = std::min(gap, pair.gap);
  double needed = 0;
  for (const auto& die : problem.dies) {
    if (!stands_on_carrier(die)) continue;
    const auto s = with_ring(die, Rotation::r0);
    needed += die.soft ? die.soft->area : geometry::area(Size{s.width + gap, s.height + gap});
  }
  const Size inside{room.carrier.width - 2 * problem.edge + gap,
                    room.carrier.height - 2 * problem.edge + gap};
  const double there = inside.width > 0 && inside.height > 0 ? geometry::area(inside) : 0;
  if (needed <= there) return;
  const double aspect = static_cast<double>(room.carrier.width) / static_cast<double>(room.carrier.height);
  const double height = std::sqrt(needed / aspect);
  const Size enough{static_cast<Nanometre>(std::ceil(height * aspect)) - gap + 2 * problem.edge,
                    static_cast<Nanometre>(std::ceil(height)) - gap + 2 * problem.edge};
  found.push_back(
      {"carrier",
       "the dies need " + area_text(needed) + " with their rings and gaps, but " + room.name + " has " +
           area_text(there) + " for them: " + area_text(needed - there) + " too little",
       "a carrier of less than " + size_text(enough) + " cannot do; dies rarely fill more than 95 % of it",
       needed - there});
}

// Two dies that can stand neither beside nor above each other.
void check_pairs(const Problem& problem, const Room& room, std::vector<Obstacle>& found) {
  const auto n = problem.dies.size();
  if (n > most_pairs_of) return;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto &a = problem.dies[i], &b = problem.dies[j];
      if (a.soft || b.soft || !stands_on_carrier(a) || !stands_on_carrier(b)) continue;
      const auto gap = gap_between(problem, i, j);
      Nanometre least = std::numeric_limits<Nanometre>::max();
      for (const auto ra : shapes(a)) {
        for (const auto rb : shapes(b)) {
          const auto sa = with_ring(a, ra), sb = with_ring(b, rb);
          least = std::min({least, sa.width + sb.width + gap - room.longest_x,
                            sa.height + sb.height + gap - room.longest_y});
        }
      }
      if (least <= 0) continue;
      found.push_back({"carrier",
                       "dies '" + b.name + "' and '" + a.name + "' fit " + room.name +
                           " neither side by side nor one above the other: " + length_text(least) +
                           " are missing",
                       "make the carrier " + length_text(least) + " larger" +
                           (gap >= least ? ", or the gap of " + length_text(gap) + " smaller" : ""),
                       static_cast<double>(least)});
      if (found.size() >= 10) return;
    }
  }
}

void check_largest_area(const Problem& problem, std::vector<Obstacle>& found) {
  if (problem.carrier.largest_area <= 0) return;
  double needed = 0;
  for (const auto& die : problem.dies) {
    if (stands_on_carrier(die))
      needed += die.soft ? die.soft->area : geometry::area(with_ring(die, Rotation::r0));
  }
  if (needed <= problem.carrier.largest_area) return;
  found.push_back({"largest_area",
                   "the dies cover " + area_text(needed) + ", but the carrier may have at most " +
                       area_text(problem.carrier.largest_area),
                   "allow " + area_text(needed) + " at least, or stack dies",
                   needed - problem.carrier.largest_area});
}

}  // namespace

std::vector<Obstacle> obstacles(const Problem& problem) {
  std::vector<Obstacle> found;
  if (const auto room = room_of(problem)) {
    check_single(problem, *room, found);
    if (found.empty()) check_pairs(problem, *room, found);
    if (found.empty()) check_area(problem, *room, found);
  }
  check_largest_area(problem, found);
  auto rules = contradictions(problem);
  found.insert(found.end(), std::make_move_iterator(rules.begin()), std::make_move_iterator(rules.end()));
  auto connections = connection_obstacles(problem);
  found.insert(found.end(), std::make_move_iterator(connections.begin()),
               std::make_move_iterator(connections.end()));
  return found;
}

}  // namespace marquetry::layout
