// Traces: messages of a program that wait for each other, in a file of one line a message.
// docs/network-format.md says what stands in them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "traffic/messages.h"

namespace marquetry::traffic {

struct Trace {
  Messages messages{};
  std::vector<std::string> names{};  // by message
};

// Nothing after complaints: about the text, names that stand twice or nowhere, messages that wait for each
// other in a circle, nodes that are not there.
std::optional<Trace> read_trace(const std::filesystem::path& file, std::uint32_t nodes,
                                Diagnostics& diagnostics);

// A circle of messages, each of which waits for the next and the last for the first; empty where there is
// none.
std::vector<std::uint32_t> circle(const Messages& messages);

}  // namespace marquetry::traffic
