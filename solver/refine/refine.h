// From a composed system to what the physical rung needs: dies placed, wires measured, links held against
// their budgets, heat spread in the plate above.
#pragma once

#include "evaluation/physical.h"
#include "placement/package_problem.h"
#include "placement/place.h"

namespace marquetry::refine {

struct Options {
  std::uint64_t steps{100'000};  // of the placer: the same number gives the same bytes
  std::uint64_t seed{1};
  int threads{1};
  const std::atomic<bool>* stop{};
  std::atomic<std::uint64_t>* done{};  // steps so far, for a progress line
};

struct Refined {
  Physical physical{};
  placement::PackageProblem package{};
  layout::Layout layout{};
};

// Nothing, after located complaints, where the design's rules of layout are wrong. Where no legal layout is
// found the least illegal one is measured, and its faults stand in the result.
std::optional<Refined> refine(const Prepared& prepared, const Choice& choice, const System<double>& system,
                              const Evaluation<double>& analytic, const Options& options,
                              Diagnostics& diagnostics);

// What a layout of that package says, legal or not.
Physical measured(const Prepared& prepared, const Choice& choice, const System<double>& system,
                  const Evaluation<double>& analytic, const placement::PackageProblem& package,
                  const layout::Layout& layout);

}  // namespace marquetry::refine
