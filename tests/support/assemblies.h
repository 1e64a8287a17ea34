// Packages for the tests of the EDA formats.
#pragma once

#include "assembly/assembly.h"

namespace marquetry::test {

// A point of a chiplet's unturned outline, where an instance of it stands: told again here, apart from the
// program's own.
assembly::Point placed_by_hand(const assembly::Assembly& package, std::size_t instance, assembly::Point at);

// Two dies face down on an interposer, one turned by 90 degrees: a bus of four bits, supplies that leave the
// package, a clock; the bus is routed.
assembly::Assembly two_dies();

// A die that is no square in all eight ways on a substrate, its bumps at no symmetric places, with names that
// Verilog and GDSII have to change.
assembly::Assembly eight_ways();

// Three dies on each other, joined by a grid of pads on both faces.
assembly::Assembly tower();

// An interposer of that many bumps, in rows that are no grid, under 61 dies of three kinds.
assembly::Assembly many_bumps(std::size_t bumps);

}  // namespace marquetry::test
