// The links to build for a goal under the limits, with what is proved about them; the trade-offs between the
// goals; and where nothing fits, why, and what would.
#pragma once

#include "synthesis/search.h"

namespace marquetry::synthesis {

enum class Status : std::uint8_t {
  optimal,     // within the gap asked for
  feasible,    // keeps limits and needs; `bound` tells what is proved
  infeasible,  // proved; `reasons` tell why
  unknown      // nothing found, nothing proved: the budget was too small
};

struct Reason {
  std::string message{}, hint{};
};

struct Options {
  double seconds{10};
  std::uint64_t steps{};  // of each of four chains; 0: by the number of dies
  std::uint64_t seed{1};
  int threads{1};
  double gap{1e-4};              // relative, at which a result counts as optimal
  std::size_t exact_size{6000};  // columns and rows up to which the integer program is solved; 0: never
  const std::atomic<bool>* stop{};
};

struct Result {
  Status status{Status::unknown};
  Links links{};
  Figures figures{};
  double bound{};          // of the goal: no choice of links is better
  double gap{};            // between the goal's figure and the bound, relative
  std::string bound_by{};  // "integer program", "relaxation", "hops", "prices", "ports"
  std::uint64_t steps{};   // of all chains
  std::vector<Reason> reasons{};
  std::string missing{};  // what this build lacks to prove more; mostly empty
};

// The problem must be free of faults.
Result synthesise(const Problem& problem, const Options& options);

// Choices of which none is better in throughput, latency, cost and resilience at once, from one search for
// each of several weights, by falling throughput. Those count whose weight is above zero. Every choice keeps
// the limits and the needs.
struct FrontPoint {
  Links links{};
  Figures figures{};
};
std::vector<FrontPoint> front(const Problem& problem, const Weights& wanted, const Options& options);

// All figures of a choice. The throughput is the optimum over all routings where that is small, else what a
// routing is known to carry, with the bound beside it; so is the resilience, by prices.
Figures measure(const Problem& problem, const Links& links);
bool meets_needs(const Problem& problem, const Figures& figures);

// The goal's figure, and whether one is better than another.
double value(Goal goal, const Figures& figures);
bool is_better(Goal goal, double a, double b);

// No choice of links is better.
struct Bound {
  double value{};
  std::string by{};
  bool infeasible{};  // proved that nothing keeps limits and needs
};
Bound bound(const Problem& problem, const Options& options);

// What can be seen without a search: dies beyond reach, without room, with more traffic than their port
// takes.
std::vector<Reason> plain_reasons(const Problem& problem);
// What would have to give way, each limit by itself, by the least amount.
std::vector<Reason> least_relaxations(const Problem& problem, const Options& options);

}  // namespace marquetry::synthesis
