// route --synthesise: the links are chosen first, then routed as any network.
#pragma once

#include <optional>

#include "report/synthesis_report.h"
#include "session/commands/network_subject.h"
#include "session/progress.h"

namespace marquetry {

std::vector<Argument> network_synthesis_arguments();

struct NetworkSynthesis {
  report::SynthesisReport report{};
  std::optional<NetworkSubject> subject{};  // where links were found
};

// Nothing after complaints.
std::optional<NetworkSynthesis> read_network_synthesis(Session& session, const Arguments& given,
                                                       double seconds, Diagnostics& diagnostics);

}  // namespace marquetry
