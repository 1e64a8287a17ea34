// Counting everything: what the synthesis must agree with, over paths instead of arcs, and over all subsets
// of links instead of a search.
#pragma once

#include <optional>

#include "base/rng.h"
#include "synthesis/synthesise.h"

namespace marquetry::test {

// Dies on a grid of 1 mm, all pairs as candidates, uniform traffic that adds up to 1 a die.
synthesis::Problem grid_of_dies(std::size_t rows, std::size_t columns, const synthesis::LinkKind& kind);
// Dies anywhere, links of random width, cost and beachfront, random traffic, tight edges.
synthesis::Problem random_problem(std::size_t dies, Rng rng);

// The highest load over all simple paths of every pair; ports included. A die or link may be out.
double load_over_paths(const synthesis::Problem& problem, const synthesis::Links& links,
                       const synthesis::Failure& failure = {});
// By Floyd and Warshall.
double mean_latency(const synthesis::Problem& problem, const synthesis::Links& links);
double load_after_worst_failure(const synthesis::Problem& problem, const synthesis::Links& links);

bool keeps_limits(const synthesis::Problem& problem, const synthesis::Links& links);
bool is_connected(const synthesis::Problem& problem, const synthesis::Links& links);

// The best value of the goal over all subsets that keep limits and needs; nothing where none does.
std::optional<double> best_by_counting(const synthesis::Problem& problem);

}  // namespace marquetry::test
