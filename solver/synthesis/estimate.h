// A fast look at a choice of links: the load that it carries at least and at most, its latency, and the
// prices of its channels. Called hundreds of thousands of times by the search.
#pragma once

#include <span>

#include "synthesis/program.h"

namespace marquetry::synthesis {

struct Estimate {
  bool connected{};        // everybody who sends reaches whom he sends to
  std::uint32_t pieces{};  // that the dies fall into
  double load{};           // a routing is known that carries it
  double most{};           // no routing carries more
};

// Its buffers are its own: one a thread. What it returns depends on the call alone.
class Estimator {
 public:
  explicit Estimator(const Problem& problem);

  // `built` by candidate. Each round sends all traffic over the ways that are shortest by the prices of the
  // last one and makes the channels dear that the rounds so far have filled. It ends early where the two
  // bounds meet within `gap`.
  Estimate estimate(std::span<const char> built, std::uint32_t rounds, double gap = 1e-3,
                    const Failure& failure = {});
  // Mean latency without load, cycles; infinite in pieces.
  double latency(std::span<const char> built);
  // The least load of `estimate` over the loss of any link or any die.
  double resilience(std::span<const char> built, std::uint32_t rounds);

  // Of the last estimate: how much a link between two dies would shorten by the prices; and by arc how full.
  double distance(std::uint32_t from, std::uint32_t to) const {
    return distance_[std::size_t{to} * dies_ + from];
  }
  double filling(std::size_t candidate) const {
    return std::max(load_[2 * candidate] / width_[candidate], load_[2 * candidate + 1] / width_[candidate]);
  }

 private:
  struct Arc {
    std::uint32_t to{}, arc{};
  };
  void connect(std::span<const char> built, const Failure& failure);
  void settle(std::uint32_t destination);
  void send(std::uint32_t destination, const Failure& failure);
  double best_share() const;
  double paid(const Failure& failure) const;  // traffic times distance

  const Problem& problem_;
  std::uint32_t dies_{};
  std::vector<double> width_{};                           // by candidate
  std::vector<std::uint32_t> begin_{};                    // of each die's arcs
  std::vector<Arc> out_{};                                // arcs that leave
  std::vector<double> price_{}, load_{}, fresh_{};        // by arc: 2 candidate + direction
  std::vector<double> distance_{}, amount_{};             // by destination * dies + die; by die
  std::vector<std::uint32_t> order_{}, open_{}, live_{};  // settled, nearest first; reached; arcs in use
};

}  // namespace marquetry::synthesis
