#include "session/commands/network_input.h"

#include <fmt/format.h>

#include "session/commands/placed_design.h"

namespace marquetry {

std::unique_ptr<NetworkInput> read_network_input(Session& session, const Arguments& given, const Node& root,
                                                 const refine::NetworkOptions& options, std::uint64_t steps,
                                                 Diagnostics& diagnostics) {
  auto out = std::make_unique<NetworkInput>();
  out->input = read_design_input(session, given, root, diagnostics);
  if (out->input == nullptr) return nullptr;
  const Design& design = out->input->design;
  const Prepared& prepared = out->input->prepared;
  const auto choice = single_choice(design, diagnostics);
  if (!choice) return nullptr;
  const auto system = compose(prepared, *choice);
  const auto analytic = evaluate(system, prepared.models);
  const auto placed = place_design(session, prepared, *choice, system, analytic, steps, diagnostics);
  if (!placed) return nullptr;
  std::string why;
  auto made = refine::package_network(prepared, *choice, system, analytic, placed->refined.package,
                                      placed->refined.layout, options, why);
  if (!made) {
    diagnostics.error(design.where, fmt::format("this design has no network to look at: {}", why),
                      "give it a [links.NAME] between its dies, or memory on the package");
    return nullptr;
  }
  out->package = std::move(*made);
  out->is_interrupted = placed->is_interrupted;
  for (const auto& fault : placed->refined.physical.faults)
    out->package.network.notes.push_back("no legal layout was found, lengths are of the nearest one: " +
                                         fault.message);
  return out;
}

}  // namespace marquetry
