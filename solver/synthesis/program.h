// The choice of links as a mixed-integer program: a binary a link, flows by destination over the links that
// are built. Without its integers it is the relaxation that proves the bound.
#pragma once

#include <optional>

#include "milp/milp.h"
#include "synthesis/problem.h"

namespace marquetry::synthesis {

// What is out of order.
struct Failure {
  std::uint32_t die{topology::none}, candidate{topology::none};
};

enum class Integers : std::uint8_t { kept, relaxed };

// Which limit may be passed, at a price of 1 for each millimetre, PHY or unit of cost.
enum class Lift : std::uint8_t { nothing, beachfront, phys, cost };

struct Program {
  milp::Model model{};
  std::vector<std::size_t> link{};  // variable by candidate; `absent` where it is beyond reach
  std::vector<std::size_t> lift{};  // by die of beachfront and PHYs, one of cost
  static constexpr std::size_t absent = ~std::size_t{0};
};

// The links and their limits; without an objective.
Program program(const Problem& problem, Integers integers, Lift lift = Lift::nothing);

// A flow over what is left, and the load that it carries: the variable returned. A die that is out neither
// sends nor receives.
std::size_t add_flow(Program& program, const Problem& problem, const Failure& failure = {});

// Shortest ways for the traffic: the terms that add up to the mean latency, less `latency_constant`.
std::vector<milp::Term> add_latency(Program& program, const Problem& problem);
double latency_constant(const Problem& problem);

// Every die can reach every other one.
void add_connection(Program& program, const Problem& problem);
// Whether whoever carries the traffic connects all dies.
bool traffic_connects(const Problem& problem);

// With the goal and the needs of the problem: what is solved. The load's and the resilience's variables are
// returned where there are some.
struct Whole {
  Program program{};
  std::optional<std::size_t> load{}, resilience{};
  double constant{};  // to be added to the objective
};
Whole whole_program(const Problem& problem, Integers integers, Lift lift = Lift::nothing);

// Columns and rows, before it is built: whether it is small enough.
std::size_t whole_size(const Problem& problem);

Links chosen(const Program& program, const std::vector<double>& values);

// As many links as a die has room for, whichever they are.
std::uint32_t most_links(const Problem& problem, std::uint32_t die);

// The least sum of traffic times links on its way, whatever is built within the limits of the dies; infinite
// where some die is out of all reach.
double fewest_hops(const Problem& problem);

// The highest load that ejection and injection alone admit, with that die out.
double port_bound(const Problem& problem, std::uint32_t without = topology::none);

}  // namespace marquetry::synthesis
