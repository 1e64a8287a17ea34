// The network of a design as its placed package has it: what `route` and `simulate` take of a DESIGN.
#pragma once

#include <memory>

#include "refine/network.h"
#include "session/commands/design_input.h"

namespace marquetry {

// Moves of the placer: lengths matter here, a last per cent of wire does not.
inline constexpr std::uint64_t network_steps = 20'000;

struct NetworkInput {
  refine::PackageNetwork package{};  // its `network` is the case
  std::unique_ptr<DesignInput> input{};
  bool is_interrupted{};
};

// Places the design, whose variables must all be fixed, with the session's seed and threads. Null after
// complaints: among them where nothing is linked within its package.
std::unique_ptr<NetworkInput> read_network_input(Session& session, const Arguments& given, const Node& root,
                                                 const refine::NetworkOptions& options, std::uint64_t steps,
                                                 Diagnostics& diagnostics);

}  // namespace marquetry
