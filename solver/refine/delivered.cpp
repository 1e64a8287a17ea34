// The supply of a placed system, solved, as the physical rung wants it.
#include "delivery/deliver.h"
#include "refine/supply.h"

namespace marquetry::refine {

double lost_in_package(const delivery::Report& report) {
  double out = report.metal;
  for (const auto& net : report.nets) {
    for (const auto& feed : net.feeds) out -= feed.loss;
    for (const auto& sheet : net.sheets)
      if (sheet.name == "board") out -= sheet.loss;
  }
  return out;
}

std::optional<Delivered> delivered(const Prepared& prepared, const Choice& choice,
                                   const System<double>& system, const Evaluation<double>& powers,
                                   const placement::PackageProblem& package, const layout::Layout& layout) {
  constexpr std::size_t cells = 64;
  const auto* row = find(prepared.library->deliveries, "board-12v");
  if (row == nullptr || geometry::area(layout.package) <= 0 || geometry::area(layout.carrier) <= 0)
    return std::nullopt;
  Delivered out{.delivery = row->id,
                .nets = supply_case(prepared, choice, system, powers, package, layout, *row, cells)};
  const auto& nets = out.nets.nets;
  if (nets.empty() || std::ranges::any_of(nets, [&](const delivery::Net& net) {
        return !delivery::faults(out.nets.plane, net).empty();
      }))
    return std::nullopt;
  out.report = delivery::deliver(out.nets, {.each_kind = true});
  if (!out.report.is_solved()) return std::nullopt;
  out.package = lost_in_package(out.report);
  return out;
}

}  // namespace marquetry::refine
