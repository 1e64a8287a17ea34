#include "synthesis/problem.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace marquetry::synthesis {
namespace {

constexpr double slack = 1e-9;  // of sums of widths along an edge

bool is_amount(double x) { return std::isfinite(x) && x >= 0; }

std::string link_name(const Problem& problem, const Candidate& c) {
  return "the link from '" + die_name(problem, c.a) + "' to '" + die_name(problem, c.b) + "'";
}

void check(const Problem& problem, const Candidate& c, std::vector<topology::Fault>& found) {
  const auto dies = problem.dies.size();
  if (c.a >= dies || c.b >= dies) {
    found.push_back(
        {"a link goes to die " + std::to_string(std::max(c.a, c.b)) + ", which is not there", {}});
    return;
  }
  const auto name = link_name(problem, c);
  if (c.a == c.b) found.push_back({name + " ends where it starts", "drop it: a die needs no link to itself"});
  if (!(c.width > 0 && c.width <= 1)) {
    found.push_back({name + " is " + significant(c.width, 3) + " flits wide",
                     "widths are above 0 and at most 1: a flit is what the widest link carries in a cycle"});
  }
  if (c.latency == 0) found.push_back({name + " has no latency", "the least is 1 cycle"});
  if (!is_amount(c.length) || !(c.reach >= 0) || !is_amount(c.cost) || !is_amount(c.beachfront))
    found.push_back({name + " has a length, reach, cost or beachfront that is negative or no number", {}});
}

}  // namespace

std::string die_name(const Problem& problem, std::uint32_t die) {
  const auto& name = problem.dies[die].name;
  return name.empty() ? std::to_string(die) : name;
}

std::vector<topology::Fault> faults(const Problem& problem) {
  std::vector<topology::Fault> found;
  const auto n = problem.dies.size();
  if (n < 2) found.push_back({"there is nothing to connect", "give at least two dies"});
  for (std::uint32_t d = 0; d < n; ++d) {
    if (std::isnan(problem.dies[d].beachfront) || problem.dies[d].beachfront < 0)
      found.push_back({"die '" + die_name(problem, d) + "' has a beachfront below zero", {}});
  }
  for (const auto& c : problem.candidates) check(problem, c, found);
  if (problem.traffic.size() != n * n) {
    found.push_back({"the traffic has " + std::to_string(problem.traffic.size()) + " numbers for " +
                         std::to_string(n) + " dies",
                     "give " + std::to_string(n) + " rows of " + std::to_string(n)});
  } else if (!std::ranges::all_of(problem.traffic, is_amount)) {
    found.push_back({"the traffic has a rate that is negative or no number", {}});
  } else {
    double sum = 0;
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t d = 0; d < n; ++d) sum += s == d ? 0 : problem.traffic[s * n + d];
    }
    if (sum <= 0) found.push_back({"nobody sends to anybody", "give at least one rate above zero"});
  }
  if (!is_amount(problem.needs.throughput) || !is_amount(problem.needs.resilience) ||
      !(problem.needs.cost >= 0) || !(problem.needs.latency >= 0))
    found.push_back({"a requirement is negative or no number", {}});
  return found;
}

double gap(const Die& a, const Die& b) {
  return std::max(0.0, std::abs(a.place.x - b.place.x) - (a.width + b.width) / 2) +
         std::max(0.0, std::abs(a.place.y - b.place.y) - (a.height + b.height) / 2);
}

double cost(const Problem& problem, const Links& links) {
  double sum = 0;
  for (const auto l : links) sum += problem.candidates[l].cost;
  return sum;
}

std::vector<std::string> broken_limits(const Problem& problem, const Links& links) {
  std::vector<std::string> out;
  std::vector<double> edge(problem.dies.size());
  std::vector<std::uint32_t> phys(problem.dies.size());
  for (const auto l : links) {
    const auto& c = problem.candidates[l];
    for (const auto d : {c.a, c.b}) edge[d] += c.beachfront, ++phys[d];
    if (!in_reach(c)) {
      out.push_back(link_name(problem, c) + " is " + significant(c.length, 3) + " mm long, but reaches " +
                    significant(c.reach, 3) + " mm");
    }
  }
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) {
    const auto& die = problem.dies[d];
    if (edge[d] > die.beachfront + slack) {
      out.push_back("die '" + die_name(problem, d) + "' needs " + significant(edge[d] - die.beachfront, 3) +
                    " mm more beachfront");
    }
    if (phys[d] > die.phys) {
      out.push_back("die '" + die_name(problem, d) + "' has " + std::to_string(phys[d]) + " links, but " +
                    std::to_string(die.phys) + " PHYs");
    }
  }
  if (const double sum = cost(problem, links); sum > problem.needs.cost + slack) {
    out.push_back("the links cost " + significant(sum, 6) + ", more than " +
                  significant(problem.needs.cost, 6));
  }
  return out;
}

topology::Graph graph(const Problem& problem, const Links& links) {
  topology::Graph out{.name = problem.name, .routers = static_cast<std::uint32_t>(problem.dies.size())};
  for (std::uint32_t d = 0; d < out.routers; ++d) {
    topology::add_terminal(out, d);
    out.places.push_back(problem.dies[d].place);
    out.names.push_back(die_name(problem, d));
  }
  for (const auto l : links) {
    const auto& c = problem.candidates[l];
    topology::add_link(out, c.a, c.b, c.latency, c.width, c.length);
  }
  return out;
}

std::vector<Candidate> candidates(const std::vector<Die>& dies, const LinkKind& kind) {
  std::vector<Candidate> out;
  for (std::uint32_t a = 0; a < dies.size(); ++a) {
    for (std::uint32_t b = a + 1; b < dies.size(); ++b) {
      const double length = gap(dies[a], dies[b]);
      const double cycles = std::ceil(kind.latency + kind.latency_of_mm * length - 1e-9);
      const Candidate link{.a = a,
                           .b = b,
                           .length = length,
                           .reach = kind.reach,
                           .latency = static_cast<std::uint32_t>(std::clamp(cycles, 1.0, 1e6)),
                           .width = kind.width,
                           .cost = kind.cost + kind.cost_of_mm * length,
                           .beachfront = kind.beachfront};
      // One beyond reach stays in the list, for the reasons.
      out.insert(out.end(), length <= kind.reach ? kind.parallel : 1, link);
    }
  }
  return out;
}

}  // namespace marquetry::synthesis
