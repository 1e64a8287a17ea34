#include "placement/pin_crossings.h"

#include <algorithm>
#include <array>
#include <map>

namespace marquetry::placement {
namespace {

using geometry::Nanometre;
using geometry::Point;
using geometry::Rect;
using geometry::Side;
using layout::PlacedPhy;
using layout::Problem;

constexpr int most_rounds = 20;

// Where the wires of a module leave its die.
Point mouth(const PlacedPhy& phy) {
  const Rect& r = phy.rect;
  switch (phy.side) {
    case Side::bottom:
      return {r.low.x + r.high.x, 2 * r.low.y};
    case Side::right:
      return {2 * r.high.x, r.low.y + r.high.y};
    case Side::top:
      return {r.low.x + r.high.x, 2 * r.high.y};
    default:
      return {2 * r.low.x, r.low.y + r.high.y};
  }
}

int turn(Point a, Point b, Point c) {
  const auto cross = static_cast<long double>(b.x - a.x) * static_cast<long double>(c.y - a.y) -
                     static_cast<long double>(b.y - a.y) * static_cast<long double>(c.x - a.x);
  return cross > 0 ? 1 : cross < 0 ? -1 : 0;
}
bool cross(const Wire& v, const Wire& w) {
  return turn(v.a, v.b, w.a) * turn(v.a, v.b, w.b) < 0 && turn(w.a, w.b, v.a) * turn(w.a, w.b, v.b) < 0;
}

std::size_t crossings_of(const std::vector<Wire>& wires, std::size_t i, std::size_t j) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < wires.size(); ++k) {
    if (k != i) count += cross(wires[i], wires[k]) ? 1u : 0u;
    if (k != j && k != i) count += cross(wires[j], wires[k]) ? 1u : 0u;
  }
  return count;
}

class Uncrosser {
 public:
  Uncrosser(const Problem& problem, std::vector<PlacedPhy>& phys)
      : problem_{problem}, phys_{phys}, wires_{wires(problem, phys)} {}

  void run() {
    for (int round = 0; round < most_rounds; ++round) {
      bool better = false;
      for (std::size_t i = 0; i < wires_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          if (cross(wires_[i], wires_[j]) && part(i, j)) better = true;
        }
      }
      if (!better) return;
    }
  }

 private:
  bool is_free(const Wire& wire) const {
    const auto& phy = *problem_.links[wire.link].phy;
    return !phy.faces && !phy.bridged;
  }
  bool too_long(const Wire& wire) const {
    const Nanometre reach = problem_.links[wire.link].phy->reach;
    return reach > 0 && wire.length() > reach;
  }

  bool part(std::size_t i, std::size_t j) {
    if (!is_free(wires_[i]) || !is_free(wires_[j])) return false;
    for (const bool a_of_i : {true, false}) {
      for (const bool a_of_j : {true, false}) {
        if (change_places(i, a_of_i, j, a_of_j)) return true;
      }
    }
    return false;
  }

  // Of one end of the one wire and one end of the other.
  bool change_places(std::size_t i, bool a_of_i, std::size_t j, bool a_of_j) {
    auto &one = wires_[i], &other = wires_[j];
    auto &p = phys_[a_of_i ? one.at_a : one.at_b], &q = phys_[a_of_j ? other.at_a : other.at_b];
    const bool alike = p.die == q.die && p.side == q.side && p.rect.width() == q.rect.width() &&
                       p.rect.height() == q.rect.height();
    if (!alike) return false;
    const std::size_t before = crossings_of(wires_, i, j);
    const bool were_too_long = too_long(one) || too_long(other);
    const auto swap = [&] {
      std::swap(p.rect, q.rect);
      std::swap(a_of_i ? one.a : one.b, a_of_j ? other.a : other.b);
    };
    swap();
    if (crossings_of(wires_, i, j) < before && (were_too_long || (!too_long(one) && !too_long(other))))
      return true;
    swap();
    return false;
  }

  const Problem& problem_;
  std::vector<PlacedPhy>& phys_;
  std::vector<Wire> wires_{};
};

}  // namespace

std::vector<Wire> wires(const Problem& problem, const std::vector<PlacedPhy>& phys) {
  std::map<std::pair<std::size_t, std::size_t>, std::array<std::optional<std::size_t>, 2>> pairs;
  for (std::size_t p = 0; p < phys.size(); ++p) {
    if (phys[p].link)
      pairs[{*phys[p].link, phys[p].module}][phys[p].die == problem.links[*phys[p].link].a ? 0 : 1] = p;
  }
  std::vector<Wire> all;
  for (const auto& [key, ends] : pairs) {
    if (ends[0] && ends[1])
      all.push_back({key.first, *ends[0], *ends[1], mouth(phys[*ends[0]]), mouth(phys[*ends[1]])});
  }
  return all;
}

std::size_t crossings(const std::vector<Wire>& wires) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < wires.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) count += cross(wires[i], wires[j]) ? 1u : 0u;
  }
  return count;
}

void uncross(const Problem& problem, std::vector<PlacedPhy>& phys) { Uncrosser{problem, phys}.run(); }

}  // namespace marquetry::placement
