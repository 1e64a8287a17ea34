// Maximum concurrent flow (Shahrokhi, Matula, J. ACM 37, 1990) with capacities that are bought: the
// fixed-charge network design of Magnanti, Wong, Transportation Science 18(1), 1984, flows aggregated by
// destination; their shortest paths are not, since that relaxation is much tighter (same place).
#include "synthesis/program.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace marquetry::synthesis {
namespace {

using milp::Row;
using milp::Term;

constexpr double edge_slack = 1e-9;

std::size_t add_variable(Program& program, double high = milp::infinity) {
  program.model.variables.push_back({0, 0, high, false});
  return program.model.variables.size() - 1;
}

double rate(const Problem& problem, std::size_t from, std::size_t to) {
  return problem.traffic[from * problem.dies.size() + to];
}

// As few as carry what it sends and receives: widest first.
double fewest_links(const Problem& problem, std::uint32_t die) {
  const auto n = problem.dies.size();
  double sent = 0, received = 0;
  for (std::size_t o = 0; o < n; ++o) {
    if (o == die) continue;
    sent += rate(problem, die, o);
    received += rate(problem, o, die);
  }
  std::vector<double> widths;
  for (const auto& c : problem.candidates) {
    if ((c.a == die || c.b == die) && in_reach(c)) widths.push_back(c.width);
  }
  std::ranges::sort(widths, std::greater{});
  double left = problem.needs.throughput * std::max(sent, received) - edge_slack, count = 0;
  for (const double w : widths) {
    if (left <= 0) break;
    left -= w;
    ++count;
  }
  return std::max(1.0, count);
}

bool same(const Candidate& x, const Candidate& y) {
  return x.a == y.a && x.b == y.b && x.length == y.length && x.latency == y.latency && x.width == y.width &&
         x.cost == y.cost && x.beachfront == y.beachfront;
}

void add_die_limits(Program& program, const Problem& problem, std::uint32_t die, Lift lift) {
  Row edge, count;
  for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
    const auto& c = problem.candidates[i];
    if (program.link[i] == Program::absent || (c.a != die && c.b != die)) continue;
    edge.terms.push_back({program.link[i], c.beachfront});
    count.terms.push_back({program.link[i], 1});
  }
  const auto& limits = problem.dies[die];
  count.low = fewest_links(problem, die);
  edge.high = std::isfinite(limits.beachfront) ? limits.beachfront + edge_slack : milp::infinity;
  count.high = most_links(problem, die);
  if (lift == Lift::beachfront || lift == Lift::phys) {
    const auto more = add_variable(program);
    program.model.variables[more].cost = 1;
    program.lift.push_back(more);
    // Only the limit that is not lifted holds the number of links now.
    count.high = lift == Lift::beachfront && limits.phys != topology::none ? limits.phys : milp::infinity;
    if (lift == Lift::beachfront) edge.terms.push_back({more, -1});
    if (lift == Lift::phys) {
      count.low = -milp::infinity;
      program.model.variables[more].integer = true;
      count.high = limits.phys == topology::none ? milp::infinity : limits.phys;
      count.terms.push_back({more, -1});
    }
  }
  if (std::isfinite(edge.high)) program.model.rows.push_back(std::move(edge));
  // More needed than there is room for: without the cut, the rest of the program says it.
  if (count.low > count.high) count.low = -milp::infinity;
  program.model.rows.push_back(std::move(count));
}

// Each link takes a place at two dies: of an odd number of places one stays empty.
void add_pairing(Program& program, const Problem& problem) {
  std::uint64_t places = 0;
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) places += most_links(problem, d);
  Row all{.high = static_cast<double>(places / 2)};
  for (const auto x : program.link) {
    if (x != Program::absent) all.terms.push_back({x, 1});
  }
  program.model.rows.push_back(std::move(all));
}

// Both directions of the candidates that work, with their variable.
struct Arc {
  std::uint32_t from{}, to{};
  std::size_t candidate{};
};
std::vector<Arc> arcs(const Program& program, const Problem& problem, const Failure& failure) {
  std::vector<Arc> out;
  for (std::size_t i = 0; i < problem.candidates.size(); ++i) {
    const auto& c = problem.candidates[i];
    if (program.link[i] == Program::absent || i == failure.candidate || c.a == failure.die ||
        c.b == failure.die)
      continue;
    out.push_back({c.a, c.b, i});
    out.push_back({c.b, c.a, i});
  }
  return out;
}

}  // namespace

double port_bound(const Problem& problem, std::uint32_t without) {
  const auto n = problem.dies.size();
  double most = 0;
  for (std::size_t d = 0; d < n; ++d) {
    double sent = 0, received = 0;
    for (std::size_t o = 0; o < n; ++o) {
      if (o == without || d == without) continue;
      sent += rate(problem, d, o);
      received += rate(problem, o, d);
    }
    most = std::max({most, sent, received});
  }
  return most > 0 ? 1 / most : infinity;
}

Program program(const Problem& problem, Integers integers, Lift lift) {
  Program out;
  Row sum{.high = problem.needs.cost};
  for (const auto& c : problem.candidates) {
    if (!in_reach(c)) {
      out.link.push_back(Program::absent);
      continue;
    }
    const auto x = add_variable(out, 1);
    out.model.variables[x].integer = integers == Integers::kept;
    // Of links side by side the first ones are built.
    const auto before = out.link.size();
    if (before > 0 && out.link.back() != Program::absent && same(problem.candidates[before - 1], c))
      out.model.rows.push_back({{{out.link.back(), 1}, {x, -1}}, 0, milp::infinity});
    out.link.push_back(x);
    sum.terms.push_back({x, c.cost});
  }
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) add_die_limits(out, problem, d, lift);
  if (lift == Lift::nothing || lift == Lift::cost) add_pairing(out, problem);
  if (lift == Lift::cost && std::isfinite(sum.high)) {
    const auto more = add_variable(out);
    out.model.variables[more].cost = 1;
    out.lift.push_back(more);
    sum.terms.push_back({more, -1});
  }
  if (std::isfinite(sum.high)) out.model.rows.push_back(std::move(sum));
  return out;
}

std::size_t add_flow(Program& program, const Problem& problem, const Failure& failure) {
  const auto n = problem.dies.size();
  const auto ways = arcs(program, problem, failure);
  const double most = port_bound(problem, failure.die);
  // With a die out the two others may have nothing to send: any load goes.
  const auto load = add_variable(program, std::isfinite(most) ? most : port_bound(problem));
  std::vector<Row> capacity(ways.size());
  for (std::size_t d = 0; d < n; ++d) {
    std::vector<double> supply(n);
    for (std::size_t s = 0; s < n; ++s)
      supply[s] = s == d || s == failure.die || d == failure.die ? 0 : rate(problem, s, d);
    if (std::ranges::all_of(supply, [](double t) { return t <= 0; })) continue;
    std::vector<Row> balance(n, Row{.low = 0, .high = 0});
    for (std::size_t w = 0; w < ways.size(); ++w) {
      if (ways[w].from == d) continue;
      const auto flow = add_variable(program);
      balance[ways[w].from].terms.push_back({flow, 1});
      if (ways[w].to != d) balance[ways[w].to].terms.push_back({flow, -1});
      capacity[w].terms.push_back({flow, 1});
    }
    for (std::size_t s = 0; s < n; ++s) {
      if (s == d) continue;
      if (supply[s] > 0) balance[s].terms.push_back({load, -supply[s]});
      if (!balance[s].terms.empty()) program.model.rows.push_back(std::move(balance[s]));
    }
  }
  for (std::size_t w = 0; w < ways.size(); ++w) {
    capacity[w].high = 0;
    capacity[w].terms.push_back(
        {program.link[ways[w].candidate], -problem.candidates[ways[w].candidate].width});
    program.model.rows.push_back(std::move(capacity[w]));
  }
  return load;
}

double latency_constant(const Problem& problem) {
  return 3 + static_cast<double>(problem.router.cycles() + problem.packet - 1);
}

std::vector<Term> add_latency(Program& program, const Problem& problem) {
  const auto n = problem.dies.size();
  const auto ways = arcs(program, problem, {});
  double total = 0;
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t d = 0; d < n; ++d) total += s == d ? 0 : rate(problem, s, d);
  }
  std::vector<Term> mean;
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t d = s + 1; d < n; ++d) {
      // There and back are the same way.
      const double weight = (rate(problem, s, d) + rate(problem, d, s)) / total;
      if (weight <= 0) continue;
      std::vector<Row> balance(n, Row{.low = 0, .high = 0});
      balance[s].low = balance[s].high = 1;
      balance[d].low = balance[d].high = -1;
      for (std::size_t w = 0; w < ways.size(); w += 2) {
        const auto& c = problem.candidates[ways[w].candidate];
        const auto there = add_variable(program), back = add_variable(program);
        for (const auto flow : {there, back}) {
          const bool forward = flow == there;
          balance[ways[w].from].terms.push_back({flow, forward ? 1.0 : -1.0});
          balance[ways[w].to].terms.push_back({flow, forward ? -1.0 : 1.0});
          mean.push_back({flow, weight * (c.latency + problem.router.cycles())});
        }
        program.model.rows.push_back(
            {{{there, 1}, {back, 1}, {program.link[ways[w].candidate], -1}}, -milp::infinity, 0});
      }
      for (auto& row : balance) {
        if (row.terms.empty() && row.low == 0) continue;
        program.model.rows.push_back(std::move(row));
      }
    }
  }
  return mean;
}

void add_connection(Program& program, const Problem& problem) {
  const auto n = problem.dies.size();
  const auto ways = arcs(program, problem, {});
  const auto others = static_cast<double>(n - 1);
  std::vector<Row> balance(n, Row{.low = 1, .high = 1});  // each sends one to die 0
  for (const auto& way : ways) {
    if (way.from == 0) continue;
    const auto flow = add_variable(program);
    balance[way.from].terms.push_back({flow, 1});
    if (way.to != 0) balance[way.to].terms.push_back({flow, -1});
    program.model.rows.push_back({{{flow, 1}, {program.link[way.candidate], -others}}, -milp::infinity, 0});
  }
  for (std::size_t d = 1; d < n; ++d) program.model.rows.push_back(std::move(balance[d]));
}

bool traffic_connects(const Problem& problem) {
  const auto n = problem.dies.size();
  std::vector<std::size_t> piece(n);
  std::iota(piece.begin(), piece.end(), std::size_t{0});
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t d = 0; d < n; ++d) {
      if (s != d && rate(problem, s, d) > 0)
        std::ranges::replace(piece, std::size_t{piece[s]}, std::size_t{piece[d]});
    }
  }
  return std::ranges::all_of(piece, [&](std::size_t p) { return p == piece[0]; });
}

Links chosen(const Program& program, const std::vector<double>& values) {
  Links out;
  for (std::uint32_t i = 0; i < program.link.size(); ++i) {
    if (program.link[i] != Program::absent && values[program.link[i]] > 0.5) out.push_back(i);
  }
  return out;
}

}  // namespace marquetry::synthesis
