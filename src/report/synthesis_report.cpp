#include "report/synthesis_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;
using namespace synthesis;

constexpr std::array<const char*, 4> states{"optimal", "feasible", "infeasible", "unknown"};
constexpr std::array<const char*, 4> goals{"throughput", "cost", "latency", "resilience"};

const char* state(const Result& result) { return states[static_cast<std::size_t>(result.status)]; }
const char* goal(const Problem& problem) { return goals[static_cast<std::size_t>(problem.goal)]; }

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string proof(const SynthesisReport& report) {
  const auto& result = report.result;
  const char* way = is_better(report.problem.goal, 1, 0) ? "more" : "less";
  if (result.status == Status::optimal)
    return fmt::format("best {}: proved within {} % by {}", goal(report.problem), readable(100 * result.gap),
                       result.bound_by);
  return fmt::format("{} {}; no choice of links has {} than {} ({})", goal(report.problem),
                     readable(value(report.problem.goal, result.figures)), way, readable(result.bound),
                     result.bound_by);
}

void add_figures(Table& table, const std::string& name, const Figures& f, std::size_t links) {
  table.rows.push_back({name, fmt::format("{}", links), fixed(f.throughput, 3), fixed(f.latency, 2),
                        readable(f.cost), fixed(f.resilience, 3)});
}

Table figure_table() {
  return {.columns = {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right},
          .rows = {{"", "links", "throughput", "latency", "cost", "after any failure"}}};
}

std::string links_text(const SynthesisReport& report) {
  Table table{.columns = {Align::left, Align::left, Align::right, Align::right, Align::right, Align::right},
              .rows = {{"from", "to", "mm", "cycles", "width", "cost"}}};
  for (const auto l : report.result.links) {
    const auto& c = report.problem.candidates[l];
    table.rows.push_back({die_name(report.problem, c.a), die_name(report.problem, c.b), readable(c.length),
                          fmt::format("{}", c.latency), readable(c.width), readable(c.cost)});
  }
  return print(table);
}

Json figures_json(const Figures& f) {
  return {{"throughput", number(f.throughput)},
          {"throughput_at_most", number(f.throughput_most)},
          {"latency_cycles", number(f.latency)},
          {"cost", number(f.cost)},
          {"resilience", number(f.resilience)}};
}

Json links_json(const Problem& problem, const Links& links) {
  auto out = Json::array();
  for (const auto l : links) {
    const auto& c = problem.candidates[l];
    out.push_back({{"from", die_name(problem, c.a)},
                   {"to", die_name(problem, c.b)},
                   {"length_mm", c.length},
                   {"latency_cycles", c.latency},
                   {"width", c.width},
                   {"cost", c.cost},
                   {"beachfront_mm", c.beachfront}});
  }
  return out;
}

}  // namespace

std::string synthesis_text(const SynthesisReport& report) {
  const auto& [problem, result, front] = report;
  auto out = fmt::format("links for {}: {} dies, {} that may be built\n",
                         problem.name.empty() ? "the traffic" : problem.name, problem.dies.size(),
                         std::ranges::count_if(problem.candidates, in_reach));
  if (result.status == Status::infeasible || result.status == Status::unknown) {
    out += result.status == Status::infeasible ? "  none keeps all limits and needs\n"
                                               : "  none found, and none ruled out: give it more --time\n";
    for (const auto& reason : result.reasons)
      out += fmt::format("  {}\n    hint: {}\n", reason.message, reason.hint);
    return out;
  }
  out += fmt::format("  {}\n", proof(report));
  if (!result.missing.empty()) out += fmt::format("  {}\n", result.missing);
  out += "\n" + links_text(report) + "\n";
  auto table = figure_table();
  add_figures(table, "these links", result.figures, result.links.size());
  for (std::size_t i = 0; i < front.size(); ++i)
    add_figures(table, fmt::format("trade-off {}", i + 1), front[i].figures, front[i].links.size());
  return out + print(table) +
         "  throughput in flits a node and cycle, latency in cycles, mean without load\n";
}

Json synthesis_json(const SynthesisReport& report) {
  const auto& [problem, result, front] = report;
  Json out{
      {"name", problem.name}, {"status", state(result)}, {"goal", goal(problem)}, {"steps", result.steps}};
  if (result.status == Status::optimal || result.status == Status::feasible) {
    out["value"] = number(value(problem.goal, result.figures));
    out["bound"] = number(result.bound);
    out["gap"] = number(result.gap);
    out["bound_by"] = result.bound_by;
    out["figures"] = figures_json(result.figures);
    out["links"] = links_json(problem, result.links);
  }
  if (!result.missing.empty()) out["missing"] = result.missing;
  out["reasons"] = Json::array();
  for (const auto& reason : result.reasons)
    out["reasons"].push_back({{"message", reason.message}, {"hint", reason.hint}});
  if (!front.empty()) {
    out["front"] = Json::array();
    for (const auto& point : front) {
      out["front"].push_back(
          {{"figures", figures_json(point.figures)}, {"links", links_json(problem, point.links)}});
    }
  }
  return out;
}

}  // namespace marquetry::report
