#include "area/package_area.h"

namespace marquetry::area {

template <Number Real>
PackageArea<Real> package_area(const System<Real>& system, std::span<const DieOutline<Real>> outlines) {
  const auto& packaging = system.packaging;
  PackageArea<Real> out;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const auto& die = system.dies[d];
    out.silicon += die.count * outlines[d].area;
    if (die.parent) continue;
    out.standing += die.count * outlines[d].area;
    out.footprint +=
        die.count * ((outlines[d].width + packaging.die_gap) * (outlines[d].height + packaging.die_gap));
  }
  for (const auto& attached : system.memories) {
    const auto& memory = attached.memory;
    const Real count = attached.stacks * system.dies[attached.host].count * attached.on_carrier();
    out.standing += count * (memory.width * memory.height);
    out.footprint += count * ((memory.width + packaging.die_gap) * (memory.height + packaging.die_gap));
  }
  out.footprint = named("footprint of dies and memories", larger(out.footprint, system.least_footprint));
  out.carrier = named("carrier area", out.footprint * packaging.carrier_factor);
  out.substrate = named("substrate area", out.footprint * packaging.substrate_factor);
  return out;
}

#define INSTANTIATE(Real) \
  template PackageArea<Real> package_area(const System<Real>&, std::span<const DieOutline<Real>>);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::area
