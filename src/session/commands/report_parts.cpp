// report_*: one part of the evaluation of the design that is open.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "report/evaluation_json.h"
#include "report/table.h"
#include "session/commands/assessed.h"
#include "session/commands/rows.h"
#include "session/subjects.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

// Figures of a section of the evaluation, and its breakdown where it has one.
std::string section_text(const Assessed& assessed, std::string_view section, const Json& json) {
  const auto& a = assessed.assessment;
  report::Table table{.columns = {report::Align::left, report::Align::right, report::Align::left,
                                  report::Align::left, report::Align::left}};
  const auto prefix = std::string{section} + ".";
  for (const auto& figure : figure_values(assessed.design(), a.system, a.evaluation)) {
    if (!figure.path.starts_with(prefix)) continue;
    const auto range = std::ranges::find(a.ranges, figure.path, &FigureRange::path);
    table.rows.push_back(
        {figure.path.substr(prefix.size()), report::readable(figure.value), figure.unit,
         range == a.ranges.end()
             ? ""
             : fmt::format("{} .. {}", report::readable(range->low), report::readable(range->high)),
         std::ranges::find(a.estimates, figure.path) == a.estimates.end() ? "" : "estimate"});
  }
  auto text = report::print(table);
  if (!json.contains("breakdown")) return text;
  report::Table parts{.columns = {report::Align::left, report::Align::right}};
  for (const auto& item : json["breakdown"]) {
    const auto number = std::ranges::find_if(item, [](const Json& v) { return v.is_number(); });
    if (number != item.end())
      parts.rows.push_back({item["item"].get<std::string>(), report::readable(number->get<double>())});
  }
  return text + "\nof which\n" + report::print(parts);
}

constexpr std::string_view report_prefix = "report_";

Output report_section(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto section = given.one(command_name).substr(report_prefix.size());
  const auto assessed = assess_open(session, diagnostics);
  if (!assessed) return refusal(assessed.failure);
  const auto json = report::evaluation_json(assessed.input->prepared, assessed.assessment);
  return {.text = section_text(assessed, section, json[section]), .json = json_text(json[section])};
}

// The last exploration; a new one where the design has changed since.
Output report_front(Session& session, const Arguments&, Diagnostics& diagnostics) {
  auto& open = *session.open;
  if (!open.front.empty()) return {.text = open.front_text, .json = open.front};
  auto given = arguments_of(open);
  const auto explore = explore_command();
  check_arguments(explore.arguments, given, explore.name, diagnostics);
  return explore.run(session, given, diagnostics);
}

constexpr Command row(std::string_view name, std::string_view summary,
                      Output (*run)(Session&, const Arguments&, Diagnostics&)) {
  return {.name = name, .summary = summary, .example = name, .run = run, .where = Where::open_design};
}

}  // namespace

std::vector<Command> report_commands() {
  return {row("report_cost", "what a unit costs, and of what", report_section),
          row("report_yield", "yields of dies and of the assembly", report_section),
          row("report_area", "areas of dies, interposer and package", report_section),
          row("report_power", "where the power goes", report_section),
          row("report_thermal", "temperatures", report_section),
          row("report_network", "latency, bisection, throughput", report_section),
          row("report_performance", "each workload, and what binds it", report_section),
          row("report_front", "the proved front of the design as it is now", report_front)};
}

}  // namespace marquetry
