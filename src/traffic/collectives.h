// Collective operations as messages that wait for each other: rows of a table. Whoever adds one adds a
// function and a row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "traffic/messages.h"

namespace marquetry::traffic {

// On an ideal network, where each node sends a flit a cycle, receives a flit a cycle, and each message is on
// its way for the same time: cycles = steps * that time + flits. Where the nodes do not divide the flits it
// is an upper bound. Thakur, Rabenseifner, Gropp, Int. J. High Perform. Comput. Appl. 19(1), 2005.
struct Effort {
  std::uint64_t steps{}, flits{};
};

struct Collective {
  std::string_view name{};
  std::string_view alias{};  // the short name of the usual one of its kind; may be empty
  std::string_view summary{};
  // `nodes`: who takes part, in the order of the ring or tree. `flits`: of the whole vector: what each node
  // holds before an all-reduce, a reduce-scatter or an all-to-all, after an all-gather or a broadcast (from
  // the first node). Nothing, and why, where that many nodes do not fit.
  std::optional<Messages> (*make)(std::span<const std::uint32_t> nodes, std::uint64_t flits,
                                  std::string& why){};
  Effort (*effort)(std::uint64_t nodes, std::uint64_t flits){};
};

std::span<const Collective> collectives();
const Collective* find_collective(std::string_view name);  // or alias

}  // namespace marquetry::traffic
