// The system that is open in a session, evaluated: what its get_* and report_* commands tell of.
#pragma once

#include <memory>

#include "session/commands/design_input.h"

namespace marquetry {

struct Assessed {
  std::unique_ptr<DesignInput> input{};
  Assessment assessment{};

  const Design& design() const { return input->design; }
};

// Nothing after complaints: no design is open, or a variable of it.
std::optional<Assessed> assess_open(Session& session, Diagnostics& diagnostics);

}  // namespace marquetry
