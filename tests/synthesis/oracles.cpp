#include "synthesis/oracles.h"

#include <algorithm>
#include <cmath>

#include "milp/milp.h"

namespace marquetry::test {

using namespace synthesis;

namespace {

struct Step {
  std::uint32_t to{};
  std::size_t arc{};
};

bool is_out(const Candidate& c, std::uint32_t number, const Failure& failure) {
  return number == failure.candidate || c.a == failure.die || c.b == failure.die;
}

// Every simple path from `here` to `goal`, as arcs.
void all_paths(const std::vector<std::vector<Step>>& steps, std::uint32_t here, std::uint32_t goal,
               std::vector<char>& seen, std::vector<std::size_t>& path,
               std::vector<std::vector<std::size_t>>& out) {
  if (here == goal) {
    out.push_back(path);
    return;
  }
  seen[here] = 1;
  for (const auto& step : steps[here]) {
    if (seen[step.to] != 0) continue;
    path.push_back(step.arc);
    all_paths(steps, step.to, goal, seen, path, out);
    path.pop_back();
  }
  seen[here] = 0;
}

}  // namespace

Problem grid_of_dies(std::size_t rows, std::size_t columns, const LinkKind& kind) {
  Problem p;
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x)
      p.dies.push_back({.place = {static_cast<double>(x), static_cast<double>(y)}});
  }
  p.candidates = candidates(p.dies, kind);
  const auto n = p.dies.size();
  p.traffic.assign(n * n, 1 / static_cast<double>(n - 1));
  for (std::size_t d = 0; d < n; ++d) p.traffic[d * n + d] = 0;
  return p;
}

Problem random_problem(std::size_t dies, Rng rng) {
  Problem p;
  for (std::size_t d = 0; d < dies; ++d) {
    p.dies.push_back({.place = {rng.uniform() * 4, rng.uniform() * 4},
                      .beachfront = 1 + 2 * rng.uniform(),
                      .phys = static_cast<std::uint32_t>(2 + rng.below(3))});
  }
  for (std::uint32_t a = 0; a < dies; ++a) {
    for (std::uint32_t b = a + 1; b < dies; ++b) {
      Candidate c{.a = a, .b = b, .length = gap(p.dies[a], p.dies[b])};
      c.latency = static_cast<std::uint32_t>(1 + rng.below(4));
      c.width = 0.25 * static_cast<double>(1 + rng.below(4));
      c.cost = static_cast<double>(1 + rng.below(9));
      c.beachfront = c.width * (0.4 + 0.4 * rng.uniform());
      p.candidates.push_back(c);
    }
  }
  p.traffic.assign(dies * dies, 0);
  for (std::size_t s = 0; s < dies; ++s) {
    for (std::size_t d = 0; d < dies; ++d) {
      if (s != d && rng.below(5) != 0) p.traffic[s * dies + d] = rng.uniform();
    }
  }
  return p;
}

double load_over_paths(const Problem& problem, const Links& links, const Failure& failure) {
  const auto n = problem.dies.size();
  std::vector<std::vector<Step>> steps(n);
  std::vector<milp::Row> arcs(2 * links.size());
  for (std::size_t k = 0; k < links.size(); ++k) {
    const auto& c = problem.candidates[links[k]];
    if (is_out(c, links[k], failure)) continue;
    steps[c.a].push_back({c.b, 2 * k});
    steps[c.b].push_back({c.a, 2 * k + 1});
    arcs[2 * k].high = arcs[2 * k + 1].high = c.width;
  }
  milp::Model model;
  model.sense = milp::Sense::maximise;
  model.variables.push_back({.cost = 1});  // the load
  std::vector<milp::Row> sent(n), received(n);
  for (std::uint32_t s = 0; s < n; ++s) sent[s].high = received[s].high = 1;
  for (std::uint32_t s = 0; s < n; ++s) {
    for (std::uint32_t d = 0; d < n; ++d) {
      const double t = problem.traffic[s * n + d];
      if (s == d || t <= 0 || s == failure.die || d == failure.die) continue;
      std::vector<char> seen(n);
      std::vector<std::size_t> path;
      std::vector<std::vector<std::size_t>> paths;
      all_paths(steps, s, d, seen, path, paths);
      milp::Row demand{.terms = {{0, -t}}, .low = 0, .high = 0};
      for (const auto& way : paths) {
        const auto flow = model.variables.size();
        model.variables.push_back({});
        demand.terms.push_back({flow, 1});
        for (const auto arc : way) arcs[arc].terms.push_back({flow, 1});
      }
      model.rows.push_back(demand);
      sent[s].terms.push_back({0, t});
      received[d].terms.push_back({0, t});
    }
  }
  for (auto* rows : {&arcs, &sent, &received}) {
    for (auto& row : *rows) {
      if (!row.terms.empty()) model.rows.push_back(std::move(row));
    }
  }
  const auto solved = milp::solve(model);
  return solved.status == milp::Status::optimal ? solved.objective : -1;
}

double mean_latency(const Problem& problem, const Links& links) {
  const auto n = problem.dies.size();
  std::vector<double> way(n * n, infinity);
  for (std::size_t d = 0; d < n; ++d) way[d * n + d] = 0;
  for (const auto l : links) {
    const auto& c = problem.candidates[l];
    const double hop = c.latency + problem.router.cycles();
    way[c.a * n + c.b] = std::min(way[c.a * n + c.b], hop);
    way[c.b * n + c.a] = std::min(way[c.b * n + c.a], hop);
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        way[i * n + j] = std::min(way[i * n + j], way[i * n + k] + way[k * n + j]);
    }
  }
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < n * n; ++i) {
    if (problem.traffic[i] <= 0) continue;
    sum += problem.traffic[i] * way[i];
    total += problem.traffic[i];
  }
  // Injection, ejection and retirement, the router at the end, and the flits behind the head.
  return 3 + problem.router.cycles() + sum / total + problem.packet - 1;
}

double load_after_worst_failure(const Problem& problem, const Links& links) {
  double least = infinity;
  const auto n = static_cast<std::uint32_t>(problem.dies.size());
  for (std::uint32_t die = 0; die < n; ++die) {
    double left = 0;
    for (std::uint32_t s = 0; s < n; ++s) {
      for (std::uint32_t d = 0; d < n; ++d) left += s == die || d == die ? 0 : problem.traffic[s * n + d];
    }
    if (left > 0) least = std::min(least, load_over_paths(problem, links, {.die = die}));
  }
  for (const auto l : links) least = std::min(least, load_over_paths(problem, links, {.candidate = l}));
  return least;
}

bool keeps_limits(const Problem& problem, const Links& links) {
  double cost = 0;
  for (std::uint32_t d = 0; d < problem.dies.size(); ++d) {
    double edge = 0;
    std::uint32_t count = 0;
    for (const auto l : links) {
      const auto& c = problem.candidates[l];
      if (c.length > c.reach + 1e-9) return false;
      if (c.a != d && c.b != d) continue;
      edge += c.beachfront;
      ++count;
    }
    if (edge > problem.dies[d].beachfront + 1e-8 || count > problem.dies[d].phys) return false;
  }
  for (const auto l : links) cost += problem.candidates[l].cost;
  return cost <= problem.needs.cost + 1e-8;
}

bool is_connected(const Problem& problem, const Links& links) {
  std::vector<char> seen(problem.dies.size());
  seen[0] = 1;
  for (std::size_t round = 0; round < seen.size(); ++round) {
    for (const auto l : links) {
      const auto& c = problem.candidates[l];
      if (seen[c.a] != 0 || seen[c.b] != 0) seen[c.a] = seen[c.b] = 1;
    }
  }
  return std::ranges::all_of(seen, [](char s) { return s != 0; });
}

std::optional<double> best_by_counting(const Problem& problem) {
  std::optional<double> best;
  for (std::uint32_t mask = 0; mask < 1U << problem.candidates.size(); ++mask) {
    Links links;
    for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
      if ((mask >> i & 1U) != 0) links.push_back(i);
    }
    if (!keeps_limits(problem, links) || !is_connected(problem, links)) continue;
    double now = 0;
    const auto& needs = problem.needs;
    if (problem.goal == Goal::cost) {
      for (const auto l : links) now += problem.candidates[l].cost;
      if (best && now >= *best) continue;
    }
    if (problem.goal == Goal::latency) {
      now = mean_latency(problem, links);
      if (best && now >= *best) continue;
    }
    if (std::isfinite(needs.latency) && mean_latency(problem, links) > needs.latency + 1e-9) continue;
    if (problem.goal == Goal::throughput || needs.throughput > 0) {
      const double load = load_over_paths(problem, links);
      if (load < needs.throughput - 1e-9) continue;
      if (problem.goal == Goal::throughput) now = load;
    }
    if (problem.goal == Goal::resilience || needs.resilience > 0) {
      const double load = load_after_worst_failure(problem, links);
      if (load < needs.resilience - 1e-9) continue;
      if (problem.goal == Goal::resilience) now = load;
    }
    if (!best || is_better(problem.goal, now, *best)) best = now;
  }
  return best;
}

}  // namespace marquetry::test
