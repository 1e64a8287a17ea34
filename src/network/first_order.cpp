#include "network/first_order.h"

#include <limits>

namespace marquetry::network {

template <Number Real>
void first_order(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
                 NetworkFigures<Real>& out) {
  out.wire.resize(system.networks.size());
  out.per_die.resize(system.networks.size());
  out.latency = {};
  // Networks of a lone die have nothing to halve; without any other the bisection is 0.
  const Bandwidth<Real> unlimited = Bandwidth<Real>::from_si(Real{std::numeric_limits<double>::infinity()});
  out.bisection = unlimited;
  for (std::size_t i = 0; i < system.networks.size(); ++i) {
    const auto& network = system.networks[i];
    const auto& link = network.link;
    out.per_die[i] = named(label<Real>("bandwidth of a die on ", network.id),
                           network.modules * (link.lanes * link.efficiency) * link.lane_rate);
    out.wire[i] = {};
    if (!network.to) continue;
    const auto& outline = outlines[network.from];
    const Length<Real> pitch = larger(outline.width, outline.height) + system.packaging.die_gap;
    out.wire[i] =
        named(label<Real>("longest wire of ", network.id), system.packaging.die_gap + network.span * pitch);
    const Time<Real> flight = out.wire[i] / (1.0 * unit::m) * system.assumptions.wire_delay;
    out.latency = larger(out.latency, network.hops * (link.latency + flight));
    // Each of the `degree` links of a die has an equal share of its modules.
    const Bandwidth<Real> halves = network.cut * (out.per_die[i] / larger(network.degree, Real(1.0)));
    out.bisection = Bandwidth<Real>::from_si(
        select_less(Real(0.0), network.cut, smaller(out.bisection, halves).si(), out.bisection.si()));
  }
  out.bisection = Bandwidth<Real>::from_si(
      select_less(out.bisection.si(), unlimited.si(), out.bisection.si(), Real(0.0)));
  out.latency = named("latency across the package", out.latency);
  out.bisection = named("bisection bandwidth", out.bisection);
}

#define INSTANTIATE(Real)                                                                 \
  template void first_order(const System<Real>&, std::span<const area::DieOutline<Real>>, \
                            NetworkFigures<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::network
