// The answer of an exploration for someone who decides: a summary first, then what it rests on.
#pragma once

#include "report/answer_words.h"

namespace marquetry::report {

// A sentence each, the answer first.
std::vector<std::string> summary_lines(const Prepared& prepared, const explore::Exploration& exploration,
                                       const std::vector<Finalist>& finalists);
std::string summary_text(const Prepared& prepared, const explore::Exploration& exploration,
                         const std::vector<Finalist>& finalists);

// The best compositions beside each other, against the product where there is one, and the packages that
// match it.
std::string finalists_text(const Prepared& prepared, const explore::Exploration& exploration,
                           const std::vector<Finalist>& all);

}  // namespace marquetry::report
