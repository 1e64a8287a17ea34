// What an optimum claims, checked by code that shares nothing with the search for it.
#pragma once

#include <span>
#include <vector>

#include "flow/flow.h"

namespace marquetry::test {

// The bound that the lengths prove, by distances between all pairs (Floyd, Warshall).
double bound_of(const topology::Graph& graph, std::span<const double> matrix, std::span<const double> length);

// How far the flow is from carrying the load: the greatest breach of a width, or of a router's balance.
double breach(const topology::Graph& graph, std::span<const double> matrix, const flow::Optimum& optimum);

// The least over all cuts in two of what crosses over what must; at most 20 routers.
double cut_bound(const topology::Graph& graph, std::span<const double> matrix);

// Use of every channel's width by tables at a load of 1, packet shares followed hop by hop.
std::vector<double> followed(const topology::Graph& graph, std::span<const double> matrix,
                             const routing::Routing& routing);

// Whether dependencies of channels within a layer go round in a circle, by taking away what nothing leads to.
bool circular(const topology::Graph& graph, const routing::Routing& routing);

}  // namespace marquetry::test
