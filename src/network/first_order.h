// The package network without routing: bandwidth, distance and latency from counts.
#pragma once

#include <span>
#include <vector>

#include "area/die_outline.h"

namespace marquetry::network {

// Of each die of a network as collectives use it.
template <Number Real>
struct Collective {
  Bandwidth<Real> bandwidth{};  // payload out of it, one direction; 0: none runs over that network
  Time<Real> step{};
};

template <Number Real>
struct NetworkFigures {
  std::vector<Length<Real>> wire{};        // by network: its longest link
  std::vector<Time<Real>> hop{};           // by network: over that link, transmitter and receiver included
  std::vector<Bandwidth<Real>> per_die{};  // by network: payload out of one `from` die, one direction
  std::vector<Time<Real>> step{};          // by network: of one step of a ring through its dies
  Time<Real> latency{};                    // of the longest route in the package; 0 with one die
  std::vector<Collective<Real>> collectives{};  // by network, where a graph has them; else empty
  Bandwidth<Real> bisection{};                  // of the narrowest network in the package; 0 with one die
};

// The rest of the figures, where wires and hops are known.
template <Number Real>
void over_links(const System<Real>& system, NetworkFigures<Real>& out);

// With wires as long as counts and outlines have them.
template <Number Real>
void first_order(const System<Real>& system, std::span<const area::DieOutline<Real>> outlines,
                 NetworkFigures<Real>& out);

}  // namespace marquetry::network
