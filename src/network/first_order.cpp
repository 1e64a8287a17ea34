#include "network/first_order.h"

#include <limits>

namespace marquetry::network {

namespace {

// In a stack the dies touch; on the package the longest link crosses the gap and passes over `span` dies.
template <Number Real>
Length<Real> longest_wire(const System<Real>& system, const Network<Real>& network,
                          std::span<const area::DieOutline<Real>> outlines) {
  if (in_stack(system, network)) return {};
  const auto& outline = outlines[network.from];
  const Length<Real> gap = system.packaging.die_gap;
  return named(label<Real>("longest wire of ", network.id),
               gap + network.graph.span * (larger(outline.width, outline.height) + gap));
}

}  // namespace

template <Number Real>
void first_order(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
                 NetworkFigures<Real>& out) {
  out.wire.assign(system.networks.size(), {});
  out.hop.assign(system.networks.size(), {});
  for (std::size_t i = 0; i < system.networks.size(); ++i) {
    const auto& network = system.networks[i];
    if (!network.to) continue;
    out.wire[i] = longest_wire(system, network, outlines);
    out.hop[i] = network.link.latency + out.wire[i] / (1.0 * unit::m) * system.assumptions.wire_delay;
  }
  over_links(system, out);
}

template <Number Real>
void over_links(const System<Real>& system, NetworkFigures<Real>& out) {
  out.step.assign(system.networks.size(), {});
  out.per_die.resize(system.networks.size());
  out.latency = {};
  out.collectives.clear();
  // Networks of a lone die have nothing to halve; without any other the bisection is 0.
  const Bandwidth<Real> unlimited = Bandwidth<Real>::from_si(Real{std::numeric_limits<double>::infinity()});
  out.bisection = unlimited;
  for (std::size_t i = 0; i < system.networks.size(); ++i) {
    const auto& network = system.networks[i];
    const auto& [link, graph] = std::tie(network.link, network.graph);
    out.per_die[i] = named(label<Real>("bandwidth of a die on ", network.id),
                           network.modules * (link.lanes * link.efficiency) * link.lane_rate);
    if (!network.to) continue;
    const Time<Real>& hop = out.hop[i];
    out.step[i] = graph.ring_hops * hop;
    if (in_stack(system, network)) {  // one die to the one below it: nothing to halve
      out.latency = larger(out.latency, hop);
      continue;
    }
    out.latency = larger(out.latency, graph.hops * hop);
    // Each of the `degree` links of a die has an equal share of its modules.
    const Bandwidth<Real> halves = graph.cut * (out.per_die[i] / larger(graph.degree, Real(1.0)));
    out.bisection = Bandwidth<Real>::from_si(
        select_less(Real(0.0), graph.cut, smaller(out.bisection, halves).si(), out.bisection.si()));
  }
  out.bisection = Bandwidth<Real>::from_si(
      select_less(out.bisection.si(), unlimited.si(), out.bisection.si(), Real(0.0)));
  out.latency = named("latency across the package", out.latency);
  out.bisection = named("bisection bandwidth", out.bisection);
}

#define INSTANTIATE(Real)                                                                 \
  template void over_links(const System<Real>&, NetworkFigures<Real>&);                   \
  template void first_order(const System<Real>&, std::span<const area::DieOutline<Real>>, \
                            NetworkFigures<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::network
