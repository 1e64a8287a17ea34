// A design that is heated: placed first, then cut out of the section of its packaging.
#include "refine/heat.h"
#include "session/commands/design_input.h"
#include "session/commands/heat_input.h"
#include "session/commands/placed_design.h"

namespace marquetry {
namespace {

constexpr std::uint64_t moves_of_the_placer = 100'000;  // as `evaluate --fidelity physical`

}  // namespace

std::optional<HeatInput> heat_of_design(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto input = read_design_input(session, given, diagnostics);
  if (input == nullptr) return std::nullopt;
  const auto choice = single_choice(input->design, diagnostics);
  if (!choice) return std::nullopt;
  const auto system = compose(input->prepared, *choice);
  const auto analytic = evaluate(system, input->prepared.models);
  auto placed =
      place_design(session, input->prepared, *choice, system, analytic, moves_of_the_placer, diagnostics);
  if (!placed) return std::nullopt;
  auto heat = refine::heat_case(input->prepared, *choice, system, analytic, placed->refined);
  if (!heat) {
    diagnostics.error({.file = given.one("design")}, "the library has no section for the packaging",
                      "add a row of sections for its family, or name one: section = \"...\"");
    return std::nullopt;
  }
  for (const auto& fault : placed->refined.physical.faults)
    heat->notes.push_back("the layout breaks " + fault.rule + ": " + fault.message);
  return HeatInput{.heat = std::move(*heat), .origin = given.one("design")};
}

}  // namespace marquetry
