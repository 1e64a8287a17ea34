#include "routing/paths.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace marquetry::routing {

using topology::none;

void PathSearch::set(const topology::Graph& graph) {
  routers_ = graph.routers;
  words_ = (routers_ + 63) / 64;
  begin_.assign(routers_ + 1, 0);
  for (const auto& c : graph.channels) ++begin_[c.from + 1];
  for (std::uint32_t r = 0; r < routers_; ++r) begin_[r + 1] += begin_[r];
  edges_.resize(graph.channels.size());
  least_ = none;
  most_ = 0;
  next_.assign(std::size_t{routers_} * words_, 0);
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    const auto& channel = graph.channels[c];
    edges_[begin_[channel.from]++] = {channel.to, channel.latency, c};
    least_ = std::min(least_, channel.latency);
    most_ = std::max(most_, channel.latency);
    next_[std::size_t{channel.from} * words_ + channel.to / 64] |= Mask{1} << channel.to % 64;
  }
  for (std::uint32_t r = routers_; r > 0; --r) begin_[r] = begin_[r - 1];
  begin_[0] = 0;
  for (std::uint32_t r = 0; r < routers_; ++r)
    std::sort(edges_.begin() + begin_[r], edges_.begin() + begin_[r + 1], [&](const Edge& a, const Edge& b) {
      return graph.channels[a.channel].out_port < graph.channels[b.channel].out_port;
    });
}

std::uint32_t PathSearch::run(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                              std::uint32_t* order) {
  constexpr std::uint32_t longest_ring = 255;
  std::fill_n(first, routers_, none);
  std::fill_n(distance, routers_, none);
  distance[source] = 0;
  if (least_ == most_) return by_levels(source, first, distance, order);
  if (most_ <= longest_ring) return by_ring(source, first, distance, order);
  return by_heap(source, first, distance, order);
}

// All channels alike: level by level, each in the order of the routers' numbers.
std::uint32_t PathSearch::by_levels(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                                    std::uint32_t* order) {
  mask_.assign(std::size_t{3} * words_, 0);
  auto *seen = mask_.data(), *level = seen + words_, *coming = level + words_;
  seen[source / 64] |= Mask{1} << source % 64;
  std::uint32_t done = 0, passed = most_;
  order[done++] = source;
  for (auto i = begin_[source]; i != begin_[source + 1]; ++i) {
    const auto to = edges_[i].to;
    if ((seen[to / 64] >> to % 64 & 1u) != 0) continue;
    seen[to / 64] |= Mask{1} << to % 64;
    level[to / 64] |= Mask{1} << to % 64;
    first[to] = edges_[i].channel;
    distance[to] = passed;
  }
  for (bool more = true; more;) {
    more = false;
    passed += most_;
    for (std::uint32_t word = 0; word < words_; ++word) {
      for (auto left = level[word]; left != 0; left &= left - 1) {
        const auto here = word * 64 + static_cast<std::uint32_t>(std::countr_zero(left));
        order[done++] = here;
        const auto by = first[here];
        const auto* const next = next_.data() + std::size_t{here} * words_;
        for (std::uint32_t w = 0; w < words_; ++w) {
          const auto fresh = next[w] & ~seen[w];
          if (fresh == 0) continue;
          seen[w] |= fresh;
          coming[w] |= fresh;
          more = true;
          for (auto bits = fresh; bits != 0; bits &= bits - 1) {
            const auto to = w * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
            first[to] = by;
            distance[to] = passed;
          }
        }
      }
      level[word] = 0;
    }
    std::swap(level, coming);
  }
  return done;
}

// Short latencies: a ring of sets of routers, one for each distance that can be open at a time (Dial, Commun.
// ACM 12(11), 1969).
std::uint32_t PathSearch::by_ring(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                                  std::uint32_t* order) {
  const auto slots = std::bit_ceil(most_ + 1);
  mask_.assign(std::size_t{slots} * words_, 0);
  const auto word_of = [&](std::uint32_t router) -> Mask& {
    return mask_[std::size_t{distance[router] & (slots - 1)} * words_ + router / 64];
  };
  word_of(source) |= Mask{1} << source % 64;
  std::uint32_t done = 0, open = 1;
  for (std::uint32_t passed = 0; open > 0; ++passed) {
    auto* const set = mask_.data() + std::size_t{passed & (slots - 1)} * words_;
    for (std::uint32_t word = 0; word < words_; ++word) {
      for (; set[word] != 0; set[word] &= set[word] - 1) {
        const auto here = word * 64 + static_cast<std::uint32_t>(std::countr_zero(set[word]));
        order[done++] = here;
        --open;
        for (auto i = begin_[here]; i != begin_[here + 1]; ++i) {
          const auto& edge = edges_[i];
          const auto there = passed + edge.latency;
          if (there >= distance[edge.to]) continue;
          if (distance[edge.to] == none)
            ++open;
          else
            word_of(edge.to) &= ~(Mask{1} << edge.to % 64);
          distance[edge.to] = there;
          first[edge.to] = here == source ? edge.channel : first[here];
          word_of(edge.to) |= Mask{1} << edge.to % 64;
        }
      }
    }
  }
  return done;
}

std::uint32_t PathSearch::by_heap(std::uint32_t source, std::uint32_t* first, std::uint32_t* distance,
                                  std::uint32_t* order) {
  std::uint32_t done = 0;
  open_.assign(1, source);  // distance, router; those that were bettered stay in it
  while (!open_.empty()) {
    std::pop_heap(open_.begin(), open_.end(), std::greater{});
    const auto here = static_cast<std::uint32_t>(open_.back());
    const auto passed = static_cast<std::uint32_t>(open_.back() >> 32);
    open_.pop_back();
    if (passed != distance[here]) continue;
    order[done++] = here;
    for (auto i = begin_[here]; i != begin_[here + 1]; ++i) {
      const auto& edge = edges_[i];
      const auto there = passed + edge.latency;
      if (there >= distance[edge.to]) continue;
      distance[edge.to] = there;
      first[edge.to] = here == source ? edge.channel : first[here];
      open_.push_back(std::uint64_t{there} << 32 | edge.to);
      std::push_heap(open_.begin(), open_.end(), std::greater{});
    }
  }
  return done;
}

Paths shortest_paths(const topology::Graph& graph) {
  const std::size_t n = graph.routers;
  Paths out{std::vector<std::uint32_t>(n * n), std::vector<std::uint32_t>(n * n)};
  std::vector<std::uint32_t> order(n);
  PathSearch search;
  search.set(graph);
  for (std::uint32_t source = 0; source < n; ++source)
    search.run(source, out.first.data() + source * n, out.distance.data() + source * n, order.data());
  return out;
}

}  // namespace marquetry::routing
