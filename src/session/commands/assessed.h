// The system that is open in a session, evaluated: what its get_* and report_* commands tell of.
#pragma once

#include <memory>

#include "session/commands/design_input.h"

namespace marquetry {

struct Assessed {
  std::unique_ptr<DesignInput> input{};
  Assessment assessment{};
  Message failure{};  // where there is none: why

  explicit operator bool() const { return failure.id.empty(); }
  const Design& design() const { return input->design; }
};

// A failure after complaints: the design no longer holds, or a variable of it is open.
Assessed assess_open(Session& session, Diagnostics& diagnostics);

}  // namespace marquetry
