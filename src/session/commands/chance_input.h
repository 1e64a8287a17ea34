// What sensitivity and uncertainty share: a subject read from the arguments, and figures by name.
#pragma once

#include "chance/subject.h"
#include "session/commands/design_input.h"

namespace marquetry {

Argument preset_argument();

struct SubjectInput {
  std::unique_ptr<DesignInput> design{};
  chance::Subject subject{};
};

// The design of the arguments with its one choice. Nothing, with the message of the failure, after
// complaints.
std::optional<SubjectInput> read_subject(Session& session, const Arguments& given, Diagnostics& diagnostics,
                                         Message& failure);

}  // namespace marquetry
