// A whole exploration as the JSON object of the contract, and its front as CSV.
#pragma once

#include "explore/explore.h"
#include "report/evaluation_json.h"

namespace marquetry::report {

struct RunFigures {
  double seconds{};
  int threads{};
};

// front: the assessment of each point of the front. Whatever may differ between two runs stands under "run".
nlohmann::ordered_json exploration_json(const Prepared& prepared, const explore::Exploration& exploration,
                                        const std::vector<Assessment>& front, double epsilon,
                                        const RunFigures& run);

// A line for each point of the front: its choice, then every figure.
std::string exploration_csv(const Prepared& prepared, const std::vector<Assessment>& front);

}  // namespace marquetry::report
