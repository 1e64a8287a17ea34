// The oracle of the searches: a plain loop over all choices of a small design, which shares nothing with them
// but the evaluation of one system.
#pragma once

#include <set>

#include "explore/explore.h"

namespace marquetry::test {

const Library& library();

// The accelerator with some variables fixed or given other values.
Design cut_down(const std::vector<std::string>& settings);

inline const std::vector<std::string> small{"sram=32", "io-node=n14", "cooling=cold-plate",
                                            "lanes=8", "link=ucie-a", "packaging=cowos-s"};

Prepared ready(const Design& design, const Library& rows = library());

struct Outcome {
  Choice choice{};
  Evaluation<double> evaluation{};
  std::vector<double> costs{};
  std::set<std::string> liftable{};  // limits that it breaks
  bool possible{true};               // breaks no rule of physics
};

std::vector<Outcome> every_outcome(const Prepared& prepared);

bool beats(const Outcome& a, const Outcome& b);

std::vector<const Outcome*> front_of(const std::vector<const Outcome*>& candidates);

// That break nothing but these.
std::vector<const Outcome*> keeping(const std::vector<Outcome>& all,
                                    const std::set<std::string>& but_for = {});

explore::Exploration explored(const Prepared& prepared, explore::ExploreOptions options = {});

}  // namespace marquetry::test
