#include "report/exploration_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/objective_text.h"
#include "report/supply_loss.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using explore::Exploration;

constexpr std::size_t shown_points = 12;

double value_of(const ObjectiveFigure& objective, const Assessment& a) {
  return objective.figure.report(objective.figure.si(a.evaluation));
}

// The best of each objective, the knee, the nearest to the reference, and points between, by the first
// objective.
std::vector<std::size_t> telling_points(const Prepared& prepared, const Exploration& exploration,
                                        const std::vector<Assessment>& front) {
  std::set<std::size_t> chosen{exploration.knee};
  if (exploration.reference) chosen.insert(exploration.nearest);
  for (const auto& objective : prepared.objectives) {
    const auto cost = [&](const Assessment& a) { return objective.cost(a.evaluation); };
    chosen.insert(static_cast<std::size_t>(std::ranges::min_element(front, {}, cost) - front.begin()));
  }
  std::vector<std::size_t> order(front.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto first = [&](std::size_t i) { return prepared.objectives.front().cost(front[i].evaluation); };
  std::ranges::stable_sort(order, {}, first);
  for (std::size_t k = 0; k < shown_points && chosen.size() < std::min(shown_points, front.size()); ++k) {
    chosen.insert(order[k * order.size() / shown_points]);
  }
  std::vector<std::size_t> out(chosen.begin(), chosen.end());
  std::ranges::stable_sort(out, {}, first);
  return out;
}

// Variables that are the same all over the front are said once.
std::vector<bool> varies(const std::vector<Assessment>& front) {
  std::vector<bool> out(front.front().choice.size());
  for (std::size_t v = 0; v < out.size(); ++v) {
    out[v] =
        std::ranges::any_of(front, [&](const auto& a) { return a.choice[v] != front.front().choice[v]; });
  }
  return out;
}

std::string front_text(const Prepared& prepared, const Exploration& exploration,
                       const std::vector<Assessment>& front) {
  const Design& design = *prepared.design;
  const auto open = varies(front);
  std::string common;
  Table table;
  std::vector<std::string> head{""};
  std::vector<std::string> units{""};
  table.columns.push_back(Align::left);
  for (const auto& objective : prepared.objectives) {
    head.push_back(short_name(path_of(objective.figure, design)));
    units.push_back(unit_of(objective, prepared));
    table.columns.push_back(Align::right);
  }
  for (std::size_t v = 0; v < open.size(); ++v) {
    if (!open[v]) {
      common += fmt::format("{}{} = {}", common.empty() ? "" : ", ", design.variables[v].name,
                            design.variables[v].domain[front.front().choice[v]].text);
      continue;
    }
    head.push_back(design.variables[v].name);
    units.emplace_back();
    table.columns.push_back(Align::right);
  }
  table.rows = {head, units};
  for (const std::size_t i : telling_points(prepared, exploration, front)) {
    std::string mark = i == exploration.knee ? "knee" : "";
    if (exploration.reference && i == exploration.nearest) mark += mark.empty() ? "nearest" : ", nearest";
    std::vector<std::string> row{mark};
    for (const auto& objective : prepared.objectives) row.push_back(readable(value_of(objective, front[i])));
    for (std::size_t v = 0; v < open.size(); ++v) {
      if (open[v]) row.push_back(design.variables[v].domain[front[i].choice[v]].text);
    }
    table.rows.push_back(std::move(row));
  }
  std::string out = print(table);
  if (!common.empty()) out += fmt::format("  the same in all: {}\n", common);
  return out;
}

std::string reference_text(const Prepared& prepared, const Exploration& exploration,
                           const std::vector<Assessment>& front) {
  const auto& product = *exploration.reference->product;
  std::string out = fmt::format("\nagainst {} (the nearest point)\n", product.name);
  Table table{.columns = {Align::left, Align::right, Align::right, Align::left, Align::right},
              .rows = {{"", "ours", "theirs", "", "ratio"}}};
  for (std::size_t o = 0; o < prepared.objectives.size(); ++o) {
    const auto& objective = prepared.objectives[o];
    const auto& theirs = exploration.reference->values[o];
    const std::string path = path_of(objective.figure, *prepared.design);
    table.rows.push_back({short_name(path), readable(value_of(objective, front[exploration.nearest])),
                          theirs ? readable(objective.figure.report(*theirs)) : "not public",
                          unit_of(objective, prepared),
                          theirs ? fmt::format("{:.2f}", *exploration.distance[o]) : ""});
  }
  out += print(table);
  for (const auto& objective : prepared.objectives) {
    if (objective.figure.figure->path.starts_with("cost.") && product.price.known) {
      out += fmt::format("  its cost is what buyers pay ({} .. {} USD, {}), ours what a unit costs to make\n",
                         readable(product.price.low), readable(product.price.high),
                         product.price.origin.estimate ? "press reports" : "published");
      break;
    }
  }
  if (exploration.packages > 0) {
    out += fmt::format("  packages to match one on every workload: {:.0f} ({:.2f})\n",
                       std::ceil(exploration.packages), exploration.packages);
  }
  return out;
}

std::string relaxation_text(const Prepared& prepared, const Exploration& exploration) {
  if (exploration.relaxations.empty()) return "\nlifting any one limit gains nothing\n";
  std::string out = "\nif one limit alone were lifted, best first\n";
  Table table{.columns = {Align::left, Align::left, Align::left}};
  for (const auto& relaxation : exploration.relaxations) {
    const Limit& limit = prepared.rules.limits[relaxation.limit];
    std::string gains;
    for (std::size_t o = 0; o < relaxation.gain.size(); ++o) {
      if (relaxation.gain[o] < 5e-4) continue;
      gains += fmt::format("{}{} {:.1f} % better", gains.empty() ? "" : ", ",
                           short_name(path_of(prepared.objectives[o].figure, *prepared.design)),
                           100 * relaxation.gain[o]);
    }
    if (exploration.front.empty()) gains = "makes it feasible; the least that would do: " + relaxation.least;
    if (gains.empty()) gains = "best values stay";
    if (relaxation.shortfall_gain && *relaxation.shortfall_gain > 5e-4) {
      gains += fmt::format("; {:.3f} nearer", *relaxation.shortfall_gain);
    }
    table.rows.push_back({limit.path + " (" + limit.text + ")", "-> " + relaxation.to, gains});
  }
  return out + print(table);
}

}  // namespace

std::string exploration_text(const Prepared& prepared, const Exploration& exploration,
                             const std::vector<Assessment>& front, double epsilon, const RunFigures& run) {
  const Design& design = *prepared.design;
  std::string out = fmt::format("{}{}{}\n", design.name, design.title.empty() ? "" : ": ", design.title);
  out += fmt::format("  {} choices of {} variables", readable(exploration.space), design.variables.size());
  for (const auto& profile : design.profiles) out += fmt::format(", profile {}", profile.id);
  out += fmt::format("\n  {} {} on the front, {}; {:.2f} s, {:.2g} choices a second\n", front.size(),
                     front.size() == 1 ? "point" : "points",
                     !exploration.proved ? "INTERRUPTED: the best so far"
                     : epsilon > 0       ? fmt::format("proved to within {:.3g} %", 100 * epsilon)
                                         : "proved complete",
                     run.seconds, exploration.space / std::max(run.seconds, 1e-9));
  out +=
      fmt::format("\nfront ({} of {})\n",
                  std::min(front.size(), telling_points(prepared, exploration, front).size()), front.size());
  out += front_text(prepared, exploration, front);
  if (exploration.reference) out += reference_text(prepared, exploration, front);
  if (!prepared.rules.limits.empty()) out += relaxation_text(prepared, exploration);
  if (exploration.supply) out += supply_loss_text(prepared, exploration);
  const std::size_t detailed = exploration.reference ? exploration.nearest : exploration.knee;
  out += fmt::format("\n{} point in full\n{}", exploration.reference ? "the nearest" : "the knee",
                     evaluation_text(prepared, front[detailed]));
  return out;
}

std::string infeasible_text(const Prepared& prepared, const Exploration& exploration,
                            const Assessment& nearest) {
  const Design& design = *prepared.design;
  std::string out =
      fmt::format("{}: none of {} choices is feasible\n", design.name, readable(exploration.space));
  if (!exploration.relaxations.empty()) return out + relaxation_text(prepared, exploration);
  out += fmt::format("\nno single limit makes it feasible; the choice that breaks least\n  {}\nbreaks\n{}",
                     choice_text(design, nearest.choice), violations_text(nearest.violations));
  return out;
}

}  // namespace marquetry::report
