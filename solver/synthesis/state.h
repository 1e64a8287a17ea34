// A choice of links that the search changes: what is built, and the room that is left.
#pragma once

#include <algorithm>
#include <span>

#include "synthesis/problem.h"

namespace marquetry::synthesis {

class State {
 public:
  explicit State(const Problem& problem);

  bool built(std::uint32_t candidate) const { return built_[candidate] != 0; }
  // Whether it is not built, within reach, and there is edge, PHY and money for it.
  bool fits(std::uint32_t candidate) const;
  void build(std::uint32_t candidate);
  void drop(std::uint32_t candidate);

  std::span<const char> flags() const { return built_; }
  const Links& list() const { return list_; }  // what is built, in no order that means anything
  Links links() const {
    auto out = list_;
    std::ranges::sort(out);
    return out;
  }
  double cost() const { return cost_; }

 private:
  struct Room {
    double edge{};
    std::uint32_t phys{};
  };
  const Problem* problem_;
  std::vector<char> built_{};
  std::vector<Room> room_{};  // left, by die
  Links list_{};
  std::vector<std::uint32_t> place_{};  // in the list, by candidate
  double cost_{};
};

// Networks to start from, each within all limits: the first by the traffic, the second by length, the others
// by lot. Not all dies need be connected where the limits are tight.
State start(const Problem& problem, std::uint64_t chain, std::uint64_t seed);

}  // namespace marquetry::synthesis
