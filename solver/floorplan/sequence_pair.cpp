#include "floorplan/sequence_pair.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace marquetry::floorplan {
namespace {

using geometry::Rect;

void exchange(std::vector<Index>& order, std::vector<Index>& at, Index i, Index j) {
  std::swap(order[at[i]], order[at[j]]);
  std::swap(at[i], at[j]);
}

void shift(std::vector<Index>& order, std::vector<Index>& at, Index from, Index to) {
  const Index block = order[from];
  for (; from < to; ++from) at[order[from] = order[from + 1]] = from;
  for (; from > to; --from) at[order[from] = order[from - 1]] = from;
  at[order[to] = block] = to;
}

std::vector<Index> inverse(const std::vector<Index>& order) {
  std::vector<Index> at(order.size());
  for (Index k = 0; k < at.size(); ++k) at[order[k]] = k;
  return at;
}

// Below 0: a must come before b in the second sequence; above 0: after it. `turn` is +1 for the second
// sequence (left or below comes first) and -1 for the first (left or above comes first). 0: either.
int precedence(const Rect& a, const Rect& b, int turn) {
  // By how much a would have to move to lose the separation; negative: overlap.
  const auto right = b.low.x - a.high.x, left = a.low.x - b.high.x;
  const auto up = b.low.y - a.high.y, down = a.low.y - b.high.y;
  const auto apart_x = std::max(right, left), apart_y = std::max(up, down);
  const int along_x = right >= left ? -1 : 1;
  const int along_y = (up >= down ? -1 : 1) * turn;
  if (apart_x >= 0 && apart_y >= 0) return along_x == along_y ? along_x : 0;
  return apart_x >= apart_y ? along_x : along_y;
}

// A topological order; among those that may come next (or, in a circle, those with the fewest before them)
// the one whose centre is least along the diagonal.
std::vector<Index> sorted(const std::vector<Rect>& blocks, int turn) {
  const auto n = blocks.size();
  std::vector<Index> by_key(n), before(n, 0), order;
  std::iota(by_key.begin(), by_key.end(), 0);
  const auto key = [&](Index i) {
    return blocks[i].low.x + blocks[i].high.x + turn * (blocks[i].low.y + blocks[i].high.y);
  };
  std::stable_sort(by_key.begin(), by_key.end(), [&](Index i, Index j) { return key(i) < key(j); });
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) before[i] += i != j && precedence(blocks[j], blocks[i], turn) < 0 ? 1u : 0u;
  }
  order.reserve(n);
  while (!by_key.empty()) {
    const auto next = std::min_element(by_key.begin(), by_key.end(),
                                       [&](Index i, Index j) { return before[i] < before[j]; });
    const Index block = *next;
    by_key.erase(next);
    order.push_back(block);
    for (const Index j : by_key) before[j] -= precedence(blocks[block], blocks[j], turn) < 0 ? 1u : 0u;
  }
  return order;
}

SequencePair pair_of(std::vector<Index> first, std::vector<Index> second) {
  SequencePair pair;
  pair.at_first = inverse(first);
  pair.at_second = inverse(second);
  pair.first = std::move(first);
  pair.second = std::move(second);
  return pair;
}

}  // namespace

SequencePair row(Index n) {
  std::vector<Index> order(n);
  std::iota(order.begin(), order.end(), 0);
  return pair_of(order, order);
}

SequencePair shuffled(Index n, Rng& rng) {
  auto pair = row(n);
  for (Index k = n; k > 1; --k) {
    exchange(pair.first, pair.at_first, pair.first[k - 1], pair.first[rng.below(k)]);
    exchange(pair.second, pair.at_second, pair.second[k - 1], pair.second[rng.below(k)]);
  }
  return pair;
}

SequencePair relations(const std::vector<Rect>& blocks) {
  return pair_of(sorted(blocks, -1), sorted(blocks, 1));
}

Edit undone(const Edit& edit) {
  const bool moves = edit.kind == Edit::Kind::move_first || edit.kind == Edit::Kind::move_second;
  return moves ? Edit{edit.kind, edit.b, edit.a} : edit;
}

void apply(const Edit& edit, SequencePair& pair) {
  switch (edit.kind) {
    case Edit::Kind::swap_first:
      return exchange(pair.first, pair.at_first, edit.a, edit.b);
    case Edit::Kind::swap_second:
      return exchange(pair.second, pair.at_second, edit.a, edit.b);
    case Edit::Kind::move_first:
      return shift(pair.first, pair.at_first, edit.a, edit.b);
    case Edit::Kind::move_second:
      return shift(pair.second, pair.at_second, edit.a, edit.b);
    case Edit::Kind::shape:
      return;
  }
}

}  // namespace marquetry::floorplan
