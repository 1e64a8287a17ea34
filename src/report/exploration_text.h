// A whole exploration, for reading: the answer, what each limit costs, the front.
#pragma once

#include "explore/explore.h"
#include "report/answer_words.h"
#include "report/evaluation_text.h"
#include "report/exploration_json.h"

namespace marquetry::report {

std::string exploration_text(const Prepared& prepared, const explore::Exploration& exploration,
                             const std::vector<Assessment>& front, const std::vector<Finalist>& finalists,
                             double epsilon, const RunFigures& run);

// Nothing is feasible: which limit stands in the way, and the least that would have to give.
std::string infeasible_text(const Prepared& prepared, const explore::Exploration& exploration,
                            const Assessment& nearest);

}  // namespace marquetry::report
