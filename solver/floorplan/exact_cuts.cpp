// As in Russian dolls: the optima of the small problems bound the larger ones, which contain them.
// Verfaillie, Lemaitre, Schiex, AAAI-96.
#include "floorplan/exact_cuts.h"

#include <algorithm>
#include <bit>
#include <map>

#include "base/parallel.h"

namespace marquetry::floorplan::exact {
namespace {

using Set = std::uint32_t;

// Of as many members. Gosper: Beeler, Gosper, Schroeppel, HAKMEM, 1972, item 175.
Set next(Set set) {
  const Set lowest = set & (~set + 1), ripple = set + lowest;
  return ripple | (((set ^ ripple) / lowest) >> 2);
}

std::vector<std::size_t> members(Set set) {
  std::vector<std::size_t> list;
  for (; set != 0; set &= set - 1) list.push_back(static_cast<std::size_t>(std::countr_zero(set)));
  return list;
}

// The blocks of the set, anywhere, with the nets that lie among them.
Problem part(const Problem& problem, const std::vector<Net>& nets, const std::vector<std::size_t>& blocks) {
  Problem small;
  small.gap = problem.gap;
  small.objective = problem.objective;
  std::vector<std::int32_t> name(problem.blocks.size(), -1);
  for (const std::size_t b : blocks) {
    name[b] = static_cast<std::int32_t>(small.blocks.size());
    small.blocks.push_back(problem.blocks[b]);
    if (const auto& fixed = problem.blocks[b].fixed) {
      small.blocks.back().rotations = static_cast<std::uint8_t>(1 << static_cast<int>(fixed->rotation));
      small.blocks.back().fixed.reset();
    }
  }
  for (const auto& g : problem.gaps) {
    if (g.a < name.size() && g.b < name.size() && name[g.a] >= 0 && name[g.b] >= 0) {
      small.gaps.push_back({static_cast<std::size_t>(name[g.a]), static_cast<std::size_t>(name[g.b]), g.gap});
    }
  }
  for (Net net : nets) {
    const bool within = std::ranges::all_of(net.pins, [&](const Pin& pin) {
      return pin.block >= 0 && name[static_cast<std::size_t>(pin.block)] >= 0;
    });
    if (!within) continue;
    for (auto& pin : net.pins) pin.block = name[static_cast<std::size_t>(pin.block)];
    small.nets.push_back(std::move(net));
  }
  return small;
}

bool holds_together(const Problem& small) {
  std::vector<std::size_t> group(small.blocks.size());
  for (std::size_t b = 0; b < group.size(); ++b) group[b] = b;
  for (const auto& net : small.nets) {
    for (const auto& pin : net.pins) {
      const auto from = group[static_cast<std::size_t>(pin.block)],
                 to = group[static_cast<std::size_t>(net.pins.front().block)];
      std::ranges::replace(group, from, to);
    }
  }
  return std::ranges::adjacent_find(group, std::not_equal_to{}) == group.end();
}

}  // namespace

Cuts cuts_of(const Problem& problem, std::size_t largest, const Limits& limits) {
  constexpr std::uint64_t most_steps = 20000;
  constexpr std::size_t most_sets = 1000;
  const auto nets = reduced(problem);
  const std::size_t n = problem.blocks.size();
  Cuts found;
  std::map<Set, double> least;
  for (std::size_t size = 3; size <= std::min(largest, n - 1); ++size) {
    std::vector<Set> sets;
    for (Set set = (Set{1} << size) - 1; set < (Set{1} << n) && sets.size() <= most_sets; set = next(set)) {
      sets.push_back(set);
    }
    if (sets.size() > most_sets) break;
    auto one = limits;
    one.steps = most_steps;
    one.threads = 1;
    one.done = nullptr;
    struct Least {
      double value{};
      std::uint64_t steps{};
    };
    const auto values = parallel::map(sets.size(), limits.threads, [&](std::size_t i) -> Least {
      const auto blocks = members(sets[i]);
      const auto small = part(problem, nets, blocks);
      if (!holds_together(small)) return {};
      std::vector<Cut> inner;
      for (const auto& [set, value] : least) {
        if ((set & sets[i]) != set) continue;
        Cut cut{{}, value};
        for (std::size_t k = 0; k < blocks.size(); ++k) {
          if (((set >> blocks[k]) & 1) != 0) cut.blocks.push_back(k);
        }
        inner.push_back(std::move(cut));
      }
      const auto proof = least_wire(small, one, std::nullopt, inner);
      return {proof.bound, proof.steps};
    });
    for (std::size_t i = 0; i < sets.size(); ++i) {
      found.steps += values[i].steps;
      if (values[i].value > 0) least[sets[i]] = values[i].value;
    }
    if (limits.reached(found.steps)) break;
  }
  for (const auto& [set, value] : least) found.cuts.push_back({members(set), value * (1 - 1e-9)});
  return found;
}

}  // namespace marquetry::floorplan::exact
