// The goal and the needs on top of the links: which flows are needed, and what is made best.
#include <algorithm>
#include <cmath>

#include "synthesis/program.h"

namespace marquetry::synthesis {
namespace {

using milp::Row;

// Any link, or any die whose loss leaves somebody who sends.
std::vector<Failure> failures(const Problem& problem) {
  std::vector<Failure> out;
  for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
    if (in_reach(problem.candidates[i])) out.push_back({.candidate = i});
  }
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) {
    if (std::isfinite(port_bound(problem, d))) out.push_back({.die = d});
  }
  return out;
}

bool is_about_resilience(const Problem& problem) {
  return problem.goal == Goal::resilience || problem.needs.resilience > 0;
}
bool is_about_load(const Problem& problem) {
  return problem.goal == Goal::throughput || problem.needs.throughput > 0;
}
bool is_about_latency(const Problem& problem) {
  return problem.goal == Goal::latency || std::isfinite(problem.needs.latency);
}

// What no cut of the relaxation sees: every flit takes room on as many links as it has hops at least.
void add_hops(Whole& whole, const Problem& problem) {
  const double hops = fewest_hops(problem);
  if (!std::isfinite(hops)) return;
  Row room{.terms = {{*whole.load, -hops}}, .low = 0};
  for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
    const auto x = whole.program.link[i];
    if (x != Program::absent) room.terms.push_back({x, 2 * problem.candidates[i].width});
  }
  whole.program.model.rows.push_back(std::move(room));
}

void add_needs(Whole& whole, const Problem& problem, Lift lift) {
  auto& model = whole.program.model;
  const auto load_of = [&](std::size_t variable, double least) {
    auto& v = model.variables[variable];
    // More than the ports admit is infeasible; a row says it where crossed bounds are no program.
    if (least > v.high) model.rows.push_back({{{variable, 1}}, least, milp::infinity});
    v.low = std::min(least, v.high);
  };
  if (is_about_load(problem)) {
    whole.load = add_flow(whole.program, problem);
    load_of(*whole.load, problem.needs.throughput);
    // With more edge or PHYs the dies could be nearer.
    if (lift == Lift::nothing || lift == Lift::cost) add_hops(whole, problem);
  }
  if (!is_about_resilience(problem)) return;
  model.variables.push_back({0, problem.needs.resilience, milp::infinity, false});
  whole.resilience = model.variables.size() - 1;
  for (const auto& failure : failures(problem)) {
    const auto load = add_flow(whole.program, problem, failure);
    model.rows.push_back({{{load, 1}, {*whole.resilience, -1}}, 0, milp::infinity});
  }
}

}  // namespace

std::size_t whole_size(const Problem& problem) {
  const auto n = problem.dies.size();
  const auto links = static_cast<std::size_t>(
      std::ranges::count_if(problem.candidates, [&](const Candidate& c) { return in_reach(c); }));
  const std::size_t flow = 2 * links * n + n * n + 2 * links;
  std::size_t size = 2 * links + 3 * n + 4 * links;
  if (is_about_load(problem)) size += flow;
  if (is_about_latency(problem)) size += n * (n - 1) / 2 * (3 * links + n);
  if (is_about_resilience(problem)) size += (links + n) * flow;
  return size;
}

Whole whole_program(const Problem& problem, Integers integers, Lift lift) {
  Whole out{.program = program(problem, integers, lift)};
  auto& model = out.program.model;
  add_needs(out, problem, lift);
  // A load above zero connects those who send; more rows would only slow the program down.
  if (problem.goal != Goal::throughput || lift != Lift::nothing || !traffic_connects(problem))
    add_connection(out.program, problem);
  if (is_about_latency(problem)) {
    auto mean = add_latency(out.program, problem);
    if (problem.goal == Goal::latency && lift == Lift::nothing) {
      for (const auto& term : mean) model.variables[term.variable].cost = term.factor;
      out.constant = latency_constant(problem);
    }
    if (std::isfinite(problem.needs.latency)) {
      model.rows.push_back(
          {std::move(mean), -milp::infinity, problem.needs.latency - latency_constant(problem)});
    }
  }
  if (lift != Lift::nothing) return out;  // what is lifted has its price already
  if (problem.goal == Goal::cost) {
    for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
      if (out.program.link[i] != Program::absent)
        model.variables[out.program.link[i]].cost = problem.candidates[i].cost;
    }
  }
  if (problem.goal == Goal::throughput || problem.goal == Goal::resilience) {
    model.sense = milp::Sense::maximise;
    model.variables[problem.goal == Goal::throughput ? *out.load : *out.resilience].cost = 1;
  }
  return out;
}

}  // namespace marquetry::synthesis
