#include "session/commands/assessed.h"

namespace marquetry {

std::optional<Assessed> assess_open(Session& session, Diagnostics& diagnostics) {
  const auto* open = opened(session, diagnostics);
  if (open == nullptr) return std::nullopt;
  Assessed out{.input = read_design_input(session, arguments_of(*open), diagnostics)};
  if (out.input == nullptr) return std::nullopt;
  const auto choice = single_choice(out.input->design, diagnostics);
  if (!choice) return std::nullopt;
  out.assessment = Assessor{out.input->prepared}(*choice);
  return out;
}

}  // namespace marquetry
