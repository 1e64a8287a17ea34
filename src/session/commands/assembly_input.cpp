#include "session/commands/assembly_input.h"

#include "assemble/assemble.h"
#include "assembly/load.h"
#include "session/commands/design_input.h"
#include "session/commands/placed_design.h"
#include "session/documents.h"

namespace marquetry {
namespace {

constexpr std::uint64_t moves_of_the_placer = 100'000;  // as `evaluate --fidelity physical`

}  // namespace

std::optional<assembly::Assembly> read_assembly_input(Session& session, const Arguments& given,
                                                      Diagnostics& diagnostics) {
  const auto file = given.one("design");
  if (file.empty()) {
    diagnostics.error({.file = "marquetry export"},
                      "this format needs a design, or a file with a table [assembly]",
                      "name it behind the format");
    return std::nullopt;
  }
  const auto root = read_document(session, given, diagnostics);
  if (!root) return std::nullopt;
  if (find(*root, "assembly") != nullptr) return assembly::read(*root, diagnostics);
  if (!is_design_of_dies(*root, diagnostics)) return std::nullopt;
  const auto input = read_design_input(session, given, *root, diagnostics);
  if (input == nullptr) return std::nullopt;
  const auto choice = single_choice(input->design, diagnostics);
  if (!choice) return std::nullopt;
  const auto system = compose(input->prepared, *choice);
  const auto analytic = evaluate(system, input->prepared.models);
  const auto placed = place_design(session, input->prepared, *choice, system, analytic,
                                   given.count("steps").value_or(moves_of_the_placer), diagnostics);
  if (!placed) return std::nullopt;
  for (const auto& fault : placed->refined.physical.faults)
    diagnostics.warning({.file = file}, "the layout breaks " + fault.rule + ": " + fault.message);
  auto made = assemble::assembly_of(input->prepared, *choice, system, placed->refined.package,
                                    placed->refined.layout, diagnostics);
  if (!made) return std::nullopt;
  for (const auto& note : made->notes) diagnostics.warning({.file = file}, note);
  return std::move(made->package);
}

}  // namespace marquetry
