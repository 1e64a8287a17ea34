// The schedules are those of Thakur, Rabenseifner, Gropp, Int. J. High Perform. Comput. Appl. 19(1), 2005,
// and Patarasuk, Yuan, J. Parallel Distrib. Comput. 69(2), 2009 (rings). The work of adding vectors up is not
// counted.
#include "traffic/collectives.h"

#include <algorithm>
#include <array>
#include <bit>

namespace marquetry::traffic {
namespace {

using Nodes = std::span<const std::uint32_t>;

constexpr std::uint64_t most_messages = 4'000'000;

// Ranks and the messages between them.
class Schedule {
 public:
  Schedule(Nodes nodes, std::uint64_t flits) : nodes_{nodes}, flits_{flits} {}

  std::uint32_t ranks() const { return static_cast<std::uint32_t>(nodes_.size()); }

  std::uint32_t send(std::uint32_t from, std::uint32_t to, std::uint64_t flits,
                     std::vector<std::uint32_t> after) {
    out_.messages.push_back({.source = nodes_[from],
                             .destination = nodes_[to],
                             .flits = std::max<std::uint64_t>(flits, 1),
                             .after = std::move(after)});
    return static_cast<std::uint32_t>(out_.messages.size() - 1);
  }

  // Of the parts first .. last - 1 of as many as there are ranks.
  std::uint64_t parts(std::uint64_t first, std::uint64_t last) const {
    return flits_ * last / ranks() - flits_ * first / ranks();
  }
  std::uint64_t flits() const { return flits_; }

  Messages take(std::string_view name) {
    out_.name = name;
    return std::move(out_);
  }

 private:
  Nodes nodes_;
  std::uint64_t flits_{};
  Messages out_{};
};

// Each rank sends one part a step to the next rank, the one that it got in the step before.
void round_the_ring(Schedule& schedule, std::uint32_t steps) {
  const auto p = schedule.ranks();
  std::vector<std::uint32_t> got(p), next(p);
  for (std::uint32_t step = 0; step < steps; ++step) {
    for (std::uint32_t rank = 0; rank < p; ++rank) {
      const auto part = (rank + std::uint64_t{p} * steps - step) % p;
      std::vector<std::uint32_t> after;
      if (step > 0) after.push_back(got[rank]);
      next[(rank + 1) % p] =
          schedule.send(rank, (rank + 1) % p, schedule.parts(part, part + 1), std::move(after));
    }
    std::swap(got, next);
  }
}

// Partners exchange what belongs to the other's side: in steps of half the ranks, half of those ...
// `got`: what each rank has received, all of which goes into what it sends next.
enum class Way : std::uint8_t { halving, doubling };
using Received = std::vector<std::vector<std::uint32_t>>;
void exchange(Schedule& schedule, Way way, Received& got) {
  const auto p = schedule.ranks();
  const auto levels = static_cast<std::uint32_t>(std::countr_zero(p));
  for (std::uint32_t level = 0; level < levels; ++level) {
    const std::uint32_t distance = way == Way::halving ? p >> (level + 1) : 1u << level;
    auto next = got;
    for (std::uint32_t rank = 0; rank < p; ++rank) {
      const auto partner = rank ^ distance;
      // The block of parts, of `distance` ranks, that the partner's side is to have, or that this rank has.
      const auto of = way == Way::halving ? partner : rank;
      const auto first = of / distance * distance;
      next[partner].push_back(
          schedule.send(rank, partner, schedule.parts(first, first + distance), got[rank]));
    }
    got = std::move(next);
  }
}

// Binomial tree towards rank 0; the messages that arrive there.
std::vector<std::uint32_t> reduce(Schedule& schedule) {
  const auto p = schedule.ranks();
  Received got(p);
  for (std::uint32_t bit = 1; bit < p; bit <<= 1) {
    for (std::uint32_t rank = bit; rank < p; rank += 2 * bit)
      got[rank - bit].push_back(schedule.send(rank, rank - bit, schedule.flits(), got[rank]));
  }
  return got[0];
}

// Binomial tree from rank 0, which waits for `after`.
void broadcast(Schedule& schedule, std::vector<std::uint32_t> after) {
  const auto p = schedule.ranks();
  Received got(p);
  got[0] = std::move(after);
  for (auto bit = std::bit_ceil(p) / 2; bit > 0; bit >>= 1) {
    for (std::uint32_t rank = 0; rank + bit < p; rank += 2 * bit)
      got[rank + bit] = {schedule.send(rank, rank + bit, schedule.flits(), got[rank])};
  }
}

bool fits(Nodes nodes, std::uint64_t messages, std::string& why) {
  if (nodes.size() < 2) {
    why = "a collective operation needs at least two nodes";
  } else if (messages > most_messages) {
    why = std::to_string(nodes.size()) + " nodes would exchange " + std::to_string(messages) +
          " messages, more than the " + std::to_string(most_messages) + " that are simulated";
  } else {
    return true;
  }
  return false;
}

bool fits_halving(Nodes nodes, std::string& why) {
  if (!fits(nodes, nodes.size() * 64, why)) return false;
  if (std::has_single_bit(nodes.size())) return true;
  why = "halving and doubling needs 2, 4, 8, 16 ... nodes, not " + std::to_string(nodes.size()) +
        ": take the ring";
  return false;
}

std::optional<Messages> ring(std::string_view name, Nodes nodes, std::uint64_t flits, std::uint32_t rounds,
                             std::string& why) {
  if (!fits(nodes, nodes.size() * nodes.size() * rounds, why)) return std::nullopt;
  Schedule schedule{nodes, flits};
  round_the_ring(schedule, rounds * (schedule.ranks() - 1));
  return schedule.take(name);
}

std::optional<Messages> all_reduce_ring(Nodes nodes, std::uint64_t flits, std::string& why) {
  return ring("all-reduce-ring", nodes, flits, 2, why);
}
std::optional<Messages> all_gather_ring(Nodes nodes, std::uint64_t flits, std::string& why) {
  return ring("all-gather-ring", nodes, flits, 1, why);
}
std::optional<Messages> reduce_scatter_ring(Nodes nodes, std::uint64_t flits, std::string& why) {
  return ring("reduce-scatter-ring", nodes, flits, 1, why);
}

std::optional<Messages> halving(std::string_view name, Nodes nodes, std::uint64_t flits,
                                std::span<const Way> ways, std::string& why) {
  if (!fits_halving(nodes, why)) return std::nullopt;
  Schedule schedule{nodes, flits};
  Received got(nodes.size());
  for (const auto way : ways) exchange(schedule, way, got);
  return schedule.take(name);
}

std::optional<Messages> all_reduce_halving(Nodes nodes, std::uint64_t flits, std::string& why) {
  return halving("all-reduce-halving", nodes, flits, std::array{Way::halving, Way::doubling}, why);
}
std::optional<Messages> all_gather_doubling(Nodes nodes, std::uint64_t flits, std::string& why) {
  return halving("all-gather-doubling", nodes, flits, std::array{Way::doubling}, why);
}
std::optional<Messages> reduce_scatter_halving(Nodes nodes, std::uint64_t flits, std::string& why) {
  return halving("reduce-scatter-halving", nodes, flits, std::array{Way::halving}, why);
}

std::optional<Messages> all_reduce_tree(Nodes nodes, std::uint64_t flits, std::string& why) {
  if (!fits(nodes, 2 * nodes.size(), why)) return std::nullopt;
  Schedule schedule{nodes, flits};
  broadcast(schedule, reduce(schedule));
  return schedule.take("all-reduce-tree");
}

std::optional<Messages> broadcast_tree(Nodes nodes, std::uint64_t flits, std::string& why) {
  if (!fits(nodes, nodes.size(), why)) return std::nullopt;
  Schedule schedule{nodes, flits};
  broadcast(schedule, {});
  return schedule.take("broadcast-tree");
}

// Each rank to the next, to the one behind it ...: no two send to the same one at a time.
std::optional<Messages> all_to_all(Nodes nodes, std::uint64_t flits, std::string& why) {
  if (!fits(nodes, nodes.size() * nodes.size(), why)) return std::nullopt;
  Schedule schedule{nodes, flits};
  const auto p = schedule.ranks();
  for (std::uint32_t step = 1; step < p; ++step) {
    for (std::uint32_t rank = 0; rank < p; ++rank) {
      const auto to = (rank + step) % p;
      schedule.send(rank, to, schedule.parts(to, to + std::uint64_t{1}), {});
    }
  }
  return schedule.take("all-to-all");
}

// ---- closed forms

std::uint64_t part(std::uint64_t p, std::uint64_t flits) { return (flits + p - 1) / p; }
std::uint64_t levels(std::uint64_t p) { return static_cast<std::uint64_t>(std::bit_width(p - 1)); }

Effort ring_twice(std::uint64_t p, std::uint64_t flits) {
  return {2 * (p - 1), 2 * (p - 1) * part(p, flits)};
}
Effort ring_once(std::uint64_t p, std::uint64_t flits) { return {p - 1, (p - 1) * part(p, flits)}; }
Effort levels_twice(std::uint64_t p, std::uint64_t flits) {
  return {2 * levels(p), 2 * (p - 1) * part(p, flits)};
}
Effort levels_once(std::uint64_t p, std::uint64_t flits) { return {levels(p), (p - 1) * part(p, flits)}; }
Effort tree_twice(std::uint64_t p, std::uint64_t flits) { return {2 * levels(p), 2 * levels(p) * flits}; }
Effort tree_once(std::uint64_t p, std::uint64_t flits) { return {levels(p), levels(p) * flits}; }
Effort one_step(std::uint64_t p, std::uint64_t flits) { return {1, (p - 1) * part(p, flits)}; }

constexpr std::array table{
    Collective{"all-reduce-ring", "all-reduce", "sums on all nodes, part by part twice round a ring",
               all_reduce_ring, ring_twice},
    Collective{"all-reduce-halving", "", "the same in pairs, first half then a quarter ... and back",
               all_reduce_halving, levels_twice},
    Collective{"all-reduce-tree", "", "the same up a binomial tree and down again", all_reduce_tree,
               tree_twice},
    Collective{"all-gather-ring", "all-gather", "everybody's part to everybody, round a ring",
               all_gather_ring, ring_once},
    Collective{"all-gather-doubling", "", "the same in pairs, twice as much each time", all_gather_doubling,
               levels_once},
    Collective{"reduce-scatter-ring", "reduce-scatter", "sums, a part on each node, round a ring",
               reduce_scatter_ring, ring_once},
    Collective{"reduce-scatter-halving", "", "the same in pairs, half as much each time",
               reduce_scatter_halving, levels_once},
    Collective{"all-to-all", "", "a part of its own from each node to each other", all_to_all, one_step},
    Collective{"broadcast-tree", "broadcast", "the vector of the first node to all, by a binomial tree",
               broadcast_tree, tree_once},
};

}  // namespace

std::span<const Collective> collectives() { return table; }

const Collective* find_collective(std::string_view name) {
  for (const auto& row : table)
    if (row.name == name || (!row.alias.empty() && row.alias == name)) return &row;
  return nullptr;
}

}  // namespace marquetry::traffic
