#include "report/exploration_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/wrap.h"
#include "report/answer_text.h"
#include "report/limits_text.h"
#include "report/supply_loss.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

using explore::Exploration;

constexpr std::size_t shown_points = 12;
constexpr std::size_t widest_line = 120;

std::string_view plural(double number) { return number == 1 ? "" : "s"; }

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

// Two tables where one would be too wide: figures, then choices, line by line.
std::string front_tables(const Table& table, std::size_t figures) {
  const std::string whole = print(table);
  if (whole.find('\n') <= widest_line) return whole;
  Table left, right;
  const auto split = static_cast<std::ptrdiff_t>(figures);
  left.columns.assign(table.columns.begin(), table.columns.begin() + split);
  right.columns.assign(table.columns.begin() + split, table.columns.end());
  for (auto* part : {&left, &right}) part->columns.insert(part->columns.begin(), Align::right);
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto& row = table.rows[r];
    const std::string number = r < 2 ? "" : std::to_string(r - 1);
    auto& a = left.rows.emplace_back(row.begin(), row.begin() + split);
    a.insert(a.begin(), number);
    if (r == 1) continue;  // units: choices have none
    auto& b = right.rows.emplace_back(row.begin() + split, row.end());
    b.insert(b.begin(), number);
  }
  return print(left) + "\n" + print(right);
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
    head.push_back(figure_name(path_of(objective.figure, design)));
    units.push_back(unit_of(objective.figure, prepared));
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
  std::string out = front_tables(table, 1 + prepared.objectives.size());
  if (!common.empty()) out += wrapped("  the same in all: " + common, "    ");
  return out;
}

}  // namespace

std::string exploration_text(const Prepared& prepared, const Exploration& exploration,
                             const std::vector<Assessment>& front, const std::vector<Finalist>& finalists,
                             double epsilon, const RunFigures& run) {
  const Design& design = *prepared.design;
  std::string out = fmt::format("{}{}{}\n", design.name, design.title.empty() ? "" : ": ", design.title);
  out += fmt::format("  {} choice{} of {} variable{}", readable(exploration.space), plural(exploration.space),
                     design.variables.size(), plural(static_cast<double>(design.variables.size())));
  for (const auto& profile : design.profiles) out += fmt::format(", profile {}", profile.id);
  out += fmt::format("\n  {} point{} on the front, {}; {:.2f} s, {:.2g} choices a second\n", front.size(),
                     plural(static_cast<double>(front.size())),
                     !exploration.proved ? "INTERRUPTED: the best so far"
                     : epsilon > 0       ? fmt::format("proved to within {:.3g} %", 100 * epsilon)
                                         : "proved complete",
                     run.seconds, exploration.space / std::max(run.seconds, 1e-9));
  out += summary_text(prepared, exploration, finalists);
  if (exploration.reference) out += finalists_text(prepared, exploration, finalists);
  if (!prepared.rules.limits.empty()) {
    out += relaxations_text(prepared, exploration) + pairs_text(prepared, exploration);
    out += prices_text(prepared, exploration);
  }
  out +=
      fmt::format("\nfront ({} of {})\n",
                  std::min(front.size(), telling_points(prepared, exploration, front).size()), front.size());
  out += front_text(prepared, exploration, front);
  if (exploration.supply) out += supply_loss_text(prepared, exploration);
  const std::size_t detailed = exploration.reference ? exploration.nearest : exploration.knee;
  out += fmt::format("\n{} point in full\n{}", exploration.reference ? "the nearest" : "the knee",
                     evaluation_text(prepared, front[detailed]));
  return out;
}

std::string infeasible_text(const Prepared& prepared, const Exploration& exploration,
                            const Assessment& nearest) {
  const Design& design = *prepared.design;
  std::string out = exploration.space > 1 ? fmt::format("{}: none of {} choices is feasible\n", design.name,
                                                        readable(exploration.space))
                                          : fmt::format("{}: its only choice is not feasible\n", design.name);
  if (!exploration.relaxations.empty()) return out + relaxations_text(prepared, exploration);
  out += "\nno single limit makes it feasible\n";
  if (!exploration.pairs.empty()) out += pairs_text(prepared, exploration);
  out += wrapped("the choice that breaks least: " + choice_text(design, nearest.choice));
  return out + "breaks\n" + violations_text(nearest.violations);
}

}  // namespace marquetry::report
