// Messages that wait for each other: collectives as schedules, traces of programs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace marquetry::traffic {

struct Message {
  std::uint32_t source{}, destination{};  // nodes
  std::uint64_t flits{1};
  std::uint64_t delay{};               // cycles of work at the source after the last message it waits for
  std::vector<std::uint32_t> after{};  // messages that must have arrived before it starts
};

// In any order; `after` must not go round in a circle.
struct Messages {
  std::string name{};
  std::vector<Message> messages{};
};

}  // namespace marquetry::traffic
