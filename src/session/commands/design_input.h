// What evaluate, explain and explore share: a design read, set and made ready.
#pragma once

#include "evaluation/assess.h"
#include "session/command.h"

namespace marquetry {

// DESIGN and --set VAR=VALUE, for every command that takes one design.
Argument design_argument();
Argument set_argument();
// DESIGN for commands that take other files too, which --case and its like name.
Argument subject_argument(std::string_view help);

// Owns the design; refers to the session's library.
struct DesignInput {
  Design design{};
  Prepared prepared{};
};

// Reads, sets, overrides profile and reference where those arguments are given, and prepares. Null after
// complaints.
std::unique_ptr<DesignInput> read_design_input(Session& session, const Arguments& given,
                                               Diagnostics& diagnostics);
// The same for a file that is parsed already.
std::unique_ptr<DesignInput> read_design_input(Session& session, const Arguments& given, const Node& root,
                                               Diagnostics& diagnostics);

// The one choice of a design whose variables are all fixed; a complaint that lists the open ones otherwise.
std::optional<Choice> single_choice(const Design& design, Diagnostics& diagnostics);

}  // namespace marquetry
