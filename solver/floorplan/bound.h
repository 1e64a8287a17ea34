// What no legal floorplan can be below, at little cost (300 blocks and 1900 nets: about a second) and for any
// size: the bounds that are printed where nothing better is proved.
#pragma once

#include <span>

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// Of the half-perimeter of the box round these pins, since their blocks keep their gaps, in nm.
double least_half_perimeter(const Problem& problem, std::span<const Pin> pins);

double wire_bound(const Problem& problem);  // of half_perimeter()
double area_bound(const Problem& problem);  // of the area of box()
double bound(const Problem& problem);       // of objective()

}  // namespace marquetry::floorplan
