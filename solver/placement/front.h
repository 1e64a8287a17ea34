// The front of wire against temperature in one run.
#pragma once

#include "placement/search.h"

namespace marquetry::placement {

// Anneals sums of both with weights from nearly all wire to nearly all temperature, each from the shortest
// layout known, and keeps whatever any of them comes across.
Harvest sweep(const Task& task, const Search& how, const Harvest& known, std::uint64_t& steps);

// Of the layouts of that harvest those that the checker passes and no other beats, by wire; with the grid's
// temperatures where there is a section.
std::vector<Point> front(const Task& task, const Harvest& harvest, const std::atomic<bool>* stop);

}  // namespace marquetry::placement
