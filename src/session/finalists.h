// The compositions that an exploration names, assessed, with the ranges in which their figures probably lie.
#pragma once

#include "report/answer_words.h"

namespace marquetry {

// The same for the same seed, whatever the number of threads.
std::vector<report::Finalist> finalists_of(const Prepared& prepared, const explore::Exploration& exploration,
                                           Assessor& assess, std::uint64_t seed, int threads);

}  // namespace marquetry
