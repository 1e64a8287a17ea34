// Why nothing fits, in the user's words, with the least amount that would do.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "synthesis/synthesise.h"

namespace marquetry::synthesis {
namespace {

std::string in_quotes(const Problem& problem, std::uint32_t die) {
  return "'" + die_name(problem, die) + "'";
}
std::string mm(double length) { return significant(length, 3) + " mm"; }

// "die 'a'" or "dies 'a', 'b', 'c' and 4 more"
std::string dies_text(const Problem& problem, const std::vector<std::uint32_t>& dies) {
  constexpr std::size_t most = 4;
  std::string out = dies.size() == 1 ? "die " : "dies ";
  for (std::size_t i = 0; i < std::min(most, dies.size()); ++i)
    out += (i > 0 ? ", " : "") + in_quotes(problem, dies[i]);
  if (dies.size() > most) out += " and " + std::to_string(dies.size() - most) + " more";
  return out;
}

// The pieces that the links within reach leave, and for each but the largest the shortest way out.
void add_reach(const Problem& problem, std::vector<Reason>& out) {
  const auto n = problem.dies.size();
  std::vector<std::uint32_t> piece(n);
  std::iota(piece.begin(), piece.end(), 0U);
  for (const auto& c : problem.candidates) {
    if (in_reach(c)) std::ranges::replace(piece, std::uint32_t{piece[c.a]}, std::uint32_t{piece[c.b]});
  }
  std::vector<std::vector<std::uint32_t>> members(n);
  for (std::uint32_t d = 0; d < n; ++d) members[piece[d]].push_back(d);
  std::erase_if(members, [](const auto& m) { return m.empty(); });
  const auto largest = std::ranges::max_element(members, {}, [](const auto& m) { return m.size(); });
  for (auto m = members.begin(); m != members.end(); ++m) {
    if (m == largest) continue;
    const Candidate* nearest = nullptr;
    for (const auto& c : problem.candidates) {
      if ((piece[c.a] == piece[m->front()]) == (piece[c.b] == piece[m->front()])) continue;
      if (nearest == nullptr || c.length - c.reach < nearest->length - nearest->reach) nearest = &c;
    }
    const std::string alone = dies_text(problem, *m) + (m->size() == 1 ? " alone" : " apart from the others");
    if (nearest == nullptr) {
      out.push_back({"no link may be built that leaves " + dies_text(problem, *m), "list one"});
      continue;
    }
    const bool is_inside = piece[nearest->a] == piece[m->front()];
    const auto inside = is_inside ? nearest->a : nearest->b, outside = is_inside ? nearest->b : nearest->a;
    out.push_back({"reach " + mm(nearest->reach) + " leaves " + alone + ": the nearest, " +
                       in_quotes(problem, outside) + ", is " + mm(nearest->length) + " away" +
                       (m->size() == 1 ? "" : " (from " + in_quotes(problem, inside) + ")"),
                   "links of " + mm(nearest->length) + " reach, or place the dies " +
                       mm(nearest->length - nearest->reach) + " nearer"});
  }
}

void add_room(const Problem& problem, std::vector<Reason>& out) {
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) {
    double narrowest = infinity;
    for (const auto& c : problem.candidates) {
      if ((c.a == d || c.b == d) && in_reach(c)) narrowest = std::min(narrowest, c.beachfront);
    }
    if (!std::isfinite(narrowest)) continue;
    const auto& die = problem.dies[d];
    if (die.phys == 0)
      out.push_back({"die " + in_quotes(problem, d) + " has no PHY", "give it at least one"});
    if (narrowest > die.beachfront + 1e-9) {
      out.push_back({"die " + in_quotes(problem, d) + " has " + mm(die.beachfront) +
                         " of beachfront, but its narrowest link needs " + mm(narrowest),
                     "it would need " + mm(narrowest - die.beachfront) + " more"});
    }
  }
}

void add_ports(const Problem& problem, std::vector<Reason>& out) {
  const double most = port_bound(problem);
  if (problem.needs.throughput <= most * (1 + 1e-9)) return;
  out.push_back({"a throughput of " + significant(problem.needs.throughput, 3) +
                     " is asked for, but a die sends and receives at most 1 flit a cycle",
                 "with this traffic the most is " + significant(most, 3)});
}

std::string lifted_text(const Problem& problem, Lift lift, const std::vector<double>& amounts) {
  std::string out;
  for (std::uint32_t d = 0; d < amounts.size(); ++d) {
    if (amounts[d] < 1e-6) continue;
    out += out.empty() ? "" : ", and ";
    switch (lift) {
      case Lift::beachfront:
        out += "die " + in_quotes(problem, d) + " would need " + mm(amounts[d]) + " more beachfront";
        break;
      case Lift::phys:
        out += "die " + in_quotes(problem, d) + " would need " + significant(amounts[d], 3) +
               (amounts[d] > 1.5 ? " more PHYs" : " more PHY");
        break;
      case Lift::cost:
        out += "the links would have to cost " + significant(problem.needs.cost + amounts[d], 5) + ", not " +
               significant(problem.needs.cost, 5);
        break;
      case Lift::nothing:
        break;
    }
  }
  return out;
}

void add_lift(const Problem& problem, Lift lift, const Options& options, std::vector<Reason>& out) {
  const bool is_small = milp::has_integer_programs() && whole_size(problem) <= options.exact_size;
  const auto whole = whole_program(problem, is_small ? Integers::kept : Integers::relaxed, lift);
  if (whole.program.lift.empty()) return;
  const auto solved = milp::solve(whole.program.model, {.seconds = options.seconds, .stop = options.stop});
  if (solved.values.empty()) return;
  std::vector<double> amounts;
  for (const auto v : whole.program.lift) amounts.push_back(solved.values[v]);
  const auto text = lifted_text(problem, lift, amounts);
  if (text.empty()) return;
  const bool is_least = is_small && solved.status == milp::Status::optimal;
  out.push_back({text, is_least   ? "this alone would do, and nothing less of it"
                       : is_small ? "this alone would do"
                                  : "this at least, by the linear relaxation"});
}

}  // namespace

std::vector<Reason> plain_reasons(const Problem& problem) {
  std::vector<Reason> out;
  add_reach(problem, out);
  add_room(problem, out);
  add_ports(problem, out);
  return out;
}

std::vector<Reason> least_relaxations(const Problem& problem, const Options& options) {
  std::vector<Reason> out;
  auto each = options;
  each.seconds = options.seconds / 4;
  if (problem.needs.throughput > 0) {
    auto without = problem;
    without.goal = Goal::throughput;
    without.needs.throughput = 0;
    if (const auto most = bound(without, each); !most.infeasible && most.value < problem.needs.throughput) {
      out.push_back({"a throughput of " + significant(problem.needs.throughput, 3) +
                         " is asked for, but within the other limits no choice of links carries more than " +
                         significant(most.value, 3),
                     "ask for less, or give way in one of the limits below"});
    }
  }
  for (const auto lift : {Lift::beachfront, Lift::phys, Lift::cost}) add_lift(problem, lift, each, out);
  if (std::isfinite(problem.needs.latency)) {
    auto without = problem;
    without.goal = Goal::latency;
    without.needs.latency = infinity;
    const auto least = bound(without, each);
    if (!least.infeasible && least.value > problem.needs.latency) {
      out.push_back({"a mean latency of " + significant(problem.needs.latency, 4) +
                         " cycles is asked for, but within the other limits none is below " +
                         significant(least.value, 4),
                     "ask for less"});
    }
  }
  if (out.empty()) {
    out.push_back({"no choice of links keeps all limits and needs at once",
                   "no single limit would do: widen several, or ask for less"});
  }
  return out;
}

}  // namespace marquetry::synthesis
