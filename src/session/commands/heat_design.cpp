// A design that is heated: placed first, then cut out of the section of its packaging.
#include "refine/heat.h"
#include "session/commands/design_input.h"
#include "session/commands/heat_input.h"
#include "session/commands/placed_design.h"

namespace marquetry {
namespace {

constexpr std::uint64_t moves_of_the_placer = 100'000;  // as `evaluate --fidelity physical`

// The spots of one die, "gh100:0" and so on, stand one after the other.
std::vector<report::HeatUnion> unions_of(const thermal::Stack& stack) {
  std::vector<report::HeatUnion> out;
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const auto& blocks = stack.layers[l].blocks;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const auto colon = blocks[b].name.find(':');
      if (colon == std::string::npos) continue;
      const auto name = blocks[b].name.substr(0, colon);
      if (out.empty() || out.back().name != name || out.back().layer != l) out.push_back({name, l, b, 0});
      ++out.back().count;
    }
  }
  return out;
}

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
  auto unions = unions_of(heat->stack);
  return HeatInput{.heat = std::move(*heat),
                   .unions = std::move(unions),
                   .flux = report::HeatFlux{.hottest = analytic.thermal.peak_flux.si(),
                                            .limit = system.cooling.flux_limit.si()},
                   .origin = given.one("design")};
}

}  // namespace marquetry
