// What the estimate of a search learns from the grid solver: of random plans before it begins, then of the
// best layouts it comes to.
#pragma once

#include "placement/judge.h"

namespace marquetry::placement {

void teach_at_random(Task& task, std::uint64_t seed, const std::atomic<bool>* stop);

// figures: of that layout, with the grid's temperatures; without them there is nothing to learn.
void teach(Task& task, const layout::Layout& layout, const Figures& figures);

// degC; nothing where the task has no estimate.
std::optional<double> estimated_peak(const Task& task, const layout::Layout& layout);

}  // namespace marquetry::placement
