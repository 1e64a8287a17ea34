// What no legal floorplan can be below, at little cost and for any size: the bounds that are printed where
// nothing better is proved.
#pragma once

#include <span>

#include "floorplan/problem.h"

namespace marquetry::floorplan {

// Of the half-perimeter of the box round the centres of these blocks, which keep their gaps, in nm.
double least_half_perimeter(const Problem& problem, std::span<const std::size_t> blocks);

double wire_bound(const Problem& problem);  // of half_perimeter()
double area_bound(const Problem& problem);  // of the area of box()
double bound(const Problem& problem);       // of objective()

}  // namespace marquetry::floorplan
