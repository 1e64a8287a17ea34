// Orderings along a chain of stabilisers, as in Sims' method: Seress, Permutation Group Algorithms, 2003,
// chapter 4. The groups are those of a dozen blocks, so that mappings are found by trying.
#include "floorplan/exact_symmetry.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace marquetry::floorplan::exact {
namespace {

constexpr std::size_t unmapped = static_cast<std::size_t>(-1);
constexpr int most_trials =
    200000;  // of one question; beyond, an exchange is not found, which costs only time

using Key = std::tuple<std::int32_t, Nanometre, Nanometre, bool>;  // of a pin
using NetKey = std::vector<Key>;

Key key_of(const Problem& problem, const Pin& pin) {
  if (is_centre(problem, pin)) return {pin.block, 0, 0, true};
  return {pin.block, pin.at.x, pin.at.y, false};
}

class Exchanges {
 public:
  explicit Exchanges(const Problem& problem)
      : problem_{problem}, n_{problem.blocks.size()}, common_(n_ * n_) {
    for (const auto& net : problem.nets) {
      NetKey key;
      for (const auto& pin : net.pins) key.push_back(key_of(problem, pin));
      std::ranges::sort(key);
      key.erase(std::unique(key.begin(), key.end()), key.end());
      nets_[key] += net.weight;
    }
    for (const auto& [key, weight] : nets_) {
      for (const auto& a : key) {
        for (const auto& b : key) {
          if (std::get<0>(a) < 0 || std::get<0>(b) < 0) continue;
          auto& list = common_[index(static_cast<std::size_t>(std::get<0>(a)),
                                     static_cast<std::size_t>(std::get<0>(b)))];
          list.emplace_back(key.size(), weight);
        }
      }
    }
    for (auto& list : common_) std::ranges::sort(list);
  }

  // Whether some exchange leaves the blocks of `kept` and carries `from` to `to`.
  bool exists(const std::vector<std::size_t>& kept, std::size_t from, std::size_t to) {
    image_.assign(n_, unmapped);
    taken_.assign(n_, false);
    trials_ = 0;
    for (const std::size_t b : kept) {
      if (b == from || b == to || !map(b, b)) return false;
    }
    return map(from, to) && complete(0);
  }

 private:
  std::size_t index(std::size_t a, std::size_t b) const { return a * n_ + b; }

  bool alike(std::size_t a, std::size_t b) const {
    const auto &p = problem_.blocks[a], &q = problem_.blocks[b];
    if (p.fixed || q.fixed) return a == b;
    const bool soft = p.soft || q.soft;
    return (!soft || a == b) && p.size == q.size && p.rotations == q.rotations;
  }

  bool map(std::size_t from, std::size_t to) {
    if (taken_[to] || !alike(from, to) || common_[index(from, from)] != common_[index(to, to)]) return false;
    for (std::size_t b = 0; b < n_; ++b) {
      if (image_[b] == unmapped) continue;
      if (common_[index(from, b)] != common_[index(to, image_[b])]) return false;
      if (gap_between(problem_, from, b) != gap_between(problem_, to, image_[b])) return false;
    }
    image_[from] = to;
    taken_[to] = true;
    return true;
  }

  bool complete(std::size_t from) {
    while (from < n_ && image_[from] != unmapped) ++from;
    if (from == n_) return keeps_nets();
    for (std::size_t to = 0; to < n_; ++to) {
      if (++trials_ > most_trials) return false;
      if (!map(from, to)) continue;
      if (complete(from + 1)) return true;
      image_[from] = unmapped;
      taken_[to] = false;
    }
    return false;
  }

  bool keeps_nets() const {
    for (const auto& [key, weight] : nets_) {
      NetKey there = key;
      for (auto& pin : there) {
        if (auto& block = std::get<0>(pin); block >= 0) {
          block = static_cast<std::int32_t>(image_[static_cast<std::size_t>(block)]);
        }
      }
      std::ranges::sort(there);
      const auto found = nets_.find(there);
      if (found == nets_.end() || found->second != weight) return false;
    }
    return true;
  }

  const Problem& problem_;
  std::size_t n_{};
  std::map<NetKey, double> nets_{};
  std::vector<std::vector<std::pair<std::size_t, double>>>
      common_{};  // nets of each two blocks: pins, weight
  std::vector<std::size_t> image_{};
  std::vector<bool> taken_{};
  int trials_{};
};

std::vector<std::vector<std::size_t>> orbits_of(Exchanges& exchanges, std::size_t n,
                                                const std::vector<std::size_t>& kept) {
  std::vector<std::vector<std::size_t>> orbits;
  std::vector<bool> seen(n, false);
  for (std::size_t a = 0; a < n; ++a) {
    if (seen[a]) continue;
    orbits.push_back({a});
    for (std::size_t b = a + 1; b < n; ++b) {
      if (seen[b] || !exchanges.exists(kept, a, b)) continue;
      seen[b] = true;
      orbits.back().push_back(b);
    }
  }
  return orbits;
}

}  // namespace

bool is_centre(const Problem& problem, const Pin& pin) {
  if (pin.block < 0) return false;
  const Size size = problem.blocks[static_cast<std::size_t>(pin.block)].size;
  return pin.at_centre || (2 * pin.at.x == size.width && 2 * pin.at.y == size.height);
}

Nanometre gap_between(const Problem& problem, std::size_t a, std::size_t b) {
  for (const auto& g : problem.gaps) {
    if ((g.a == a && g.b == b) || (g.a == b && g.b == a)) return g.gap;
  }
  return problem.gap;
}

Symmetry symmetry_of(const Problem& problem) {
  Symmetry found;
  const std::size_t n = problem.blocks.size();
  Exchanges exchanges{problem};
  std::vector<std::size_t> kept;
  for (;;) {
    const auto orbits = orbits_of(exchanges, n, kept);
    if (kept.empty()) found.orbits = orbits;
    const auto largest = std::ranges::max_element(orbits, {}, &std::vector<std::size_t>::size);
    if (largest == orbits.end() || largest->size() < 2) break;
    for (std::size_t i = 1; i < largest->size(); ++i)
      found.ordered.emplace_back((*largest)[0], (*largest)[i]);
    kept.push_back((*largest)[0]);
  }
  found.mirrored = std::ranges::none_of(problem.blocks, [](const Block& b) { return b.fixed.has_value(); });
  for (const auto& net : problem.nets) {
    for (const auto& pin : net.pins) found.mirrored = found.mirrored && is_centre(problem, pin);
  }
  found.transposed =
      found.mirrored && (!problem.outline || problem.outline->width == problem.outline->height) &&
      problem.least_aspect == 0 && problem.largest_aspect == 0 &&
      std::ranges::all_of(problem.blocks, [](const Block& b) {
        return b.size.width == b.size.height || ((b.rotations & 0b0101) != 0 && (b.rotations & 0b1010) != 0);
      });
  return found;
}

}  // namespace marquetry::floorplan::exact
