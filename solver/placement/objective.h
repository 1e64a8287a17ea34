// What a layout is worth, from the layout alone, and what no legal layout can go below.
#pragma once

#include <string>

#include "placement/blocks.h"
#include "placement/place.h"

namespace marquetry::placement {

// "transport wire", or the sum with its weights.
std::string name_of(Metric metric, const Weights& weights);

// Wire in mm (of the metric), area in mm2 of the carrier (of the box round the dies, where the carrier is
// given), cost in USD, kelvins above the ambient: each with its weight.
double objective(const layout::Problem& problem, Metric metric, const Options& options,
                 const layout::Layout& layout, const Figures& figures);

// No legal layout is below it.
double bound(const layout::Problem& problem, const Blocks& blocks, Metric metric, const Options& options);

// Its part for the wire, in mm.
double wire_bound(const layout::Problem& problem, const Blocks& blocks, Metric metric);

}  // namespace marquetry::placement
