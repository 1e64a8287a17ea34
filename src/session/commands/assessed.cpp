#include "session/commands/assessed.h"

namespace marquetry {

Assessed assess_open(Session& session, Diagnostics& diagnostics) {
  Assessed out{.input = read_design_input(session, arguments_of(*session.open), diagnostics)};
  if (out.input == nullptr) return {.failure = message::wrong_input};
  const auto choice = single_choice(out.input->design, diagnostics);
  if (!choice) return {.failure = message::unknown_variable};
  out.assessment = Assessor{out.input->prepared}(*choice);
  return out;
}

}  // namespace marquetry
