// The best split of a workload over dies and packages, found exactly: every split in whole numbers is looked
// at. Ways that the workload gives are kept.
#pragma once

#include <optional>

#include "performance/roofline.h"

namespace marquetry::performance {

enum class Goal { throughput, latency };  // items a second and package, or the time of a step

// What users accept; none: any.
struct Targets {
  std::optional<Time<>> first_token{}, inter_token{}, step{};
};

struct Split {
  double tensor{1}, pipeline{1}, data{1}, expert{1};
};

struct BestMapping {
  Split split{};
  Performance<double> performance{};
  bool fits{};          // in memory
  bool keeps{};         // the targets
  std::size_t tried{};  // splits
};

// More dies than these are not searched.
inline constexpr double most_dies = 1024;

// Over the packages that the workload names, or as many as roofline() takes. What does not fit loses against
// what does, what misses a target against what keeps it; among equals the one with the fewest stages wins,
// then that with the fewest replicas, then that with the fewest ways of experts. Nothing where no split in
// whole numbers keeps the ways that are given, or where there are more than `most_dies`.
std::optional<BestMapping> best_mapping(const Workload<double>& workload, const Machine<double>& machine,
                                        const EfficiencyParameters<double>& efficiency,
                                        Goal goal = Goal::throughput, const Targets& targets = {});

// The one that a workload is run with.
Split split_of(const Workload<double>& workload, const Mapping<double>& mapping);

// "tensor 4 x data 2"; "one die" where nothing is split.
std::string text_of(const Split& split);

}  // namespace marquetry::performance
