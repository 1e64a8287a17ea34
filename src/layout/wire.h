// What the wires of a layout measure, in each of the ways that are in use. Lengths in nanometres, times wires
// where a bundle has several; doubles, since sums pass 2^53 only beyond any package.
#pragma once

#include "layout/layout.h"
#include "layout/transport.h"

namespace marquetry::layout {

// Sum over nets of half the perimeter of the box round their pins, weighted; terminals count as pins.
double half_perimeter(const Problem& problem, const Layout& layout);

// Sum over the nets of two pins of their Manhattan distance: ATPlace2.5D's metric. Nets of more pins count by
// half_perimeter.
double pin_to_pin(const Problem& problem, const Layout& layout);

// Sum over links of wires times the Manhattan distance of the two dies' centres.
double centre_to_centre(const Problem& problem, const Layout& layout);

// TAP-2.5D's metric with Hopmax = 1: the cheapest assignment of every link's wires to the four clumps of its
// two dies, under the clumps' capacities (a linear program, solved exactly). Ma et al., "TAP-2.5D", DATE
// 2021. Nothing where a die of a link has no clumps, the capacities cannot hold the wires, or there are more
// than four thousand links: that would take minutes.
std::optional<double> clump_transport(const Problem& problem, const Layout& layout);

// Its parts, for loops: the program of a problem (nothing where a die of a link has no clumps), its bundles,
// and the clumps of a die where it stands, in nanometres, in the order of the unturned die's sides.
std::optional<Transport> transport(const Problem& problem);
std::vector<Bundle> bundles(const Problem& problem);
ClumpPoints clump_points(const Die& die, const Placement& at, Size size);

}  // namespace marquetry::layout
