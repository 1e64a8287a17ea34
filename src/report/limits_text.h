// What the limits of an exploration cost: each lifted alone, two together, and each at its margin.
#pragma once

#include "report/answer_words.h"

namespace marquetry::report {

// One line for the summary; empty where there is no limit.
std::string best_relaxation_line(const Prepared& prepared, const explore::Exploration& exploration);
std::string best_pair_line(const Prepared& prepared, const explore::Exploration& exploration);
std::string margin_line(const Prepared& prepared, const explore::Exploration& exploration);

std::string relaxations_text(const Prepared& prepared, const explore::Exploration& exploration);
std::string pairs_text(const Prepared& prepared, const explore::Exploration& exploration);
std::string prices_text(const Prepared& prepared, const explore::Exploration& exploration);

}  // namespace marquetry::report
