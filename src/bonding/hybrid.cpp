#include "bonding/hybrid.h"

#include <numbers>

namespace marquetry::bonding {
namespace {

// Dies times their pad array with a street, over the wafer: YAP spreads the wafer's defects over the dies.
double filled(const Process& process, const Pads& pads, const DieSize& die) {
  const Area<> tile = (pads.width() + process.street) * (pads.height() + process.street);
  const auto dies = static_cast<double>(grid_of_dies(process, die).size());
  return dies * (tile / (std::numbers::pi * process.wafer_radius * process.wafer_radius));
}

}  // namespace

BondYield bond_yield(const Process& process, const Pads& pads, const DieSize& die, const Quirks& quirks) {
  Area<> killed = killed_area(process, pads, die);
  if (process.flow == Flow::wafer_to_wafer && quirks.has(quirk("yap-wafer-fill"))) {
    killed = filled(process, pads, die) * killed;
  }
  return {.overlay = overlay_yield(process, pads, die, quirks),
          .particles = particle_yield(process.particles, killed),
          .recess = recess_yield(recess_window(process.recess, pads), pads)};
}

}  // namespace marquetry::bonding
