// Every lot of a simulation: whether a node makes a packet, for whom, and what a routing leaves to chance.
// The preset booksim2 draws from Knuth's generators in BookSim2's order (reals for births, integers for all
// else); otherwise each node and each router has a stream of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "base/rng.h"
#include "routing/routing.h"
#include "simulate/knuth.h"
#include "simulate/simulate.h"
#include "traffic/traffic.h"

namespace marquetry::simulate {

class Draws {
 public:
  // `packet_rate`: packets a cycle of a node whose row of the traffic adds up to 1.
  Draws(Model model, std::uint64_t seed, const traffic::Traffic& traffic, double packet_rate);

  // Whether that node makes a packet this cycle. Nodes without traffic draw nothing.
  bool is_born(std::uint32_t node) {
    const std::uint64_t limit = birth_limit_[node];
    if (limit == 0) return false;
    if (model_ == Model::booksim2) return reals_.next() < limit;
    return (nodes_[node].next() >> 12) < limit;
  }
  // Packets a cycle.
  double birth_rate(std::uint32_t node) const { return static_cast<double>(birth_limit_[node]) * 0x1p-52; }
  std::uint32_t destination(std::uint32_t source);

  // 0..n-1
  std::uint32_t below(std::uint32_t n) {
    return model_ == Model::booksim2 ? integers_.next() % n : static_cast<std::uint32_t>(routing_.below(n));
  }
  routing::Lots lots() {
    return {[](void* draws, std::uint32_t n) { return static_cast<Draws*>(draws)->below(n); }, this};
  }

 private:
  std::uint32_t drawn(std::uint32_t node, std::uint32_t n) {
    return model_ == Model::booksim2 ? integers_.next() % n
                                     : static_cast<std::uint32_t>(nodes_[node].below(n));
  }

  Model model_;
  const traffic::Traffic& traffic_;
  KnuthIntegers integers_;
  KnuthReals reals_;
  Rng routing_;
  std::vector<Rng> nodes_{};
  std::vector<std::uint64_t> birth_limit_{};  // of a 52-bit number, by node
  std::vector<double> sums_{};                // of a matrix: row by row, added up from the left
};

}  // namespace marquetry::simulate
