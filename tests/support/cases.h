// The project's designs and random ones, for properties that must hold for every system.
#pragma once

#include "evaluation/evaluation.h"
#include "evaluation/figures.h"
#include "support/plan.h"
#include "support/project.h"
#include "support/random_design.h"

namespace marquetry::test {

struct Case {
  std::string name{};
  Design design{};
};

// Every design of the project, and as many random ones.
inline std::vector<Case> cases(const Library& library, std::size_t random) {
  std::vector<Case> out;
  for (const auto& name : project_design_names()) out.push_back({name, project_design(library, name)});
  for (std::size_t i = 0; i < random; ++i) {
    out.push_back({"random " + std::to_string(i), random_design(Rng{1000 + i}, library)});
  }
  return out;
}

template <Number Real>
Evaluation<Real> evaluated(const Plan<Real>& plan, const PartialChoice& choice) {
  return evaluate(compose(plan, choice), Models{});
}

inline std::vector<FigureRef> all_figures(const Design& design) {
  std::vector<FigureRef> refs;
  for (const auto& figure : figures()) {
    for (std::size_t i = 0; i < ids_of(figure.scope, design).size(); ++i) refs.push_back({&figure, i});
  }
  return refs;
}

}  // namespace marquetry::test
