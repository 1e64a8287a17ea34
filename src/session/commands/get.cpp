// get_*: the objects of the design that is open, as lists and dicts that a script can work with. Keys end in
// their unit.
#include <fmt/format.h>
#include <fnmatch.h>

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

constexpr std::array die_arguments{
    Argument{.name = "min_area",
             .kind = ArgumentKind::number,
             .metavar = "A",
             .help = "dies of at least that area",
             .unit = "mm2"},
    Argument{.name = "node",
             .kind = ArgumentKind::name,
             .metavar = "NODE",
             .help = "dies of that process node",
             .of = NameOf::row},
};

constexpr std::array figure_arguments{
    Argument{.name = "pattern",
             .kind = ArgumentKind::text,
             .metavar = "PATTERN",
             .help = "a path, or several by * and ?: cost.*",
             .positional = true,
             .fallback = "*",
             .of = NameOf::figure},
};

std::string cell(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return report::readable(value.get<double>());
  if (!value.is_array()) return json_text(value);
  std::string text;
  for (const auto& item : value) text += (text.empty() ? "" : ", ") + cell(item);
  return text;
}

// A line for each object, a column for each key of the first.
Output listed(const Json& objects) {
  report::Table table;
  if (!objects.empty()) {
    auto& head = table.rows.emplace_back();
    for (const auto& [key, value] : objects[0].items()) {
      head.push_back(key);
      table.columns.push_back(value.is_number() ? report::Align::right : report::Align::left);
    }
  }
  for (const auto& object : objects) {
    auto& row = table.rows.emplace_back();
    for (const auto& item : object.items()) row.push_back(cell(item.value()));
  }
  return {.text = objects.empty() ? "none\n" : report::print(table), .json = json_text(objects)};
}

Json die_json(const Assessed& a, std::size_t d) {
  const auto& row = a.design().dies[d];
  const auto& die = a.assessment.system.dies[d];
  const auto& e = a.assessment.evaluation;
  const auto& outline = e.outlines[d];
  const auto& power = e.die_powers[d];
  return {{"name", row.id},
          {"node", chosen(a.design(), a.assessment.choice, row.node)},
          {"count", report::count_or_number(die.count)},
          {"on", row.on},
          {"width_mm", outline.width / unit::mm},
          {"height_mm", outline.height / unit::mm},
          {"area_mm2", outline.area / unit::mm2},
          {"power_w", (power.dynamic + power.leakage) / unit::W},
          {"temperature_c", (e.thermal.dies[d] - unit::freezing_point) / unit::K},
          {"yield", e.die_costs[d].yield},
          {"known_good_usd", e.die_costs[d].known_good / unit::USD}};
}

Output get_dies(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto assessed = assess_open(session, diagnostics);
  if (!assessed) return refusal(assessed.failure);
  auto dies = Json::array();
  for (std::size_t d = 0; d < assessed.design().dies.size(); ++d) {
    auto die = die_json(assessed, d);
    if (die["area_mm2"] < given.number("min_area").value_or(0)) continue;
    if (given.has("node") && die["node"] != given.one("node")) continue;
    dies.push_back(std::move(die));
  }
  return listed(dies);
}

Output get_memories(Session& session, const Arguments&, Diagnostics& diagnostics) {
  const auto assessed = assess_open(session, diagnostics);
  if (!assessed) return refusal(assessed.failure);
  const auto& design = assessed.design();
  const auto& choice = assessed.assessment.choice;
  auto memories = Json::array();
  for (const auto& memory : design.memories) {
    memories.push_back({{"name", memory.id},
                        {"memory", chosen(design, choice, memory.memory)},
                        {"host", memory.host},
                        {"stacks", report::count_or_number(chosen(design, choice, memory.stacks))}});
  }
  return listed(memories);
}

Output get_links(Session& session, const Arguments&, Diagnostics& diagnostics) {
  const auto assessed = assess_open(session, diagnostics);
  if (!assessed) return refusal(assessed.failure);
  const auto& design = assessed.design();
  const auto& a = assessed.assessment;
  auto links = Json::array();
  for (std::size_t n = 0; n < design.links.size(); ++n) {
    const auto& link = design.links[n];
    links.push_back({{"name", link.id},
                     {"from", link.from},
                     {"to", link.to},
                     {"link", chosen(design, a.choice, link.link)},
                     {"topology", chosen(design, a.choice, link.topology)},
                     {"modules", report::count_or_number(chosen(design, a.choice, link.modules))},
                     {"wire_mm", a.evaluation.network.wire[n] / unit::mm}});
  }
  return listed(links);
}

Output get_figures(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto assessed = assess_open(session, diagnostics);
  if (!assessed) return refusal(assessed.failure);
  const auto pattern = given.one("pattern");
  const auto& a = assessed.assessment;
  auto figures = Json::array();
  for (const auto& figure : figure_values(assessed.design(), a.system, a.evaluation)) {
    if (fnmatch(pattern.c_str(), figure.path.c_str(), 0) != 0) continue;
    const auto range = std::ranges::find(a.ranges, figure.path, &FigureRange::path);
    const bool spreads = range != a.ranges.end();
    figures.push_back({{"path", figure.path},
                       {"value", figure.value},
                       {"unit", figure.unit},
                       {"low", spreads ? range->low : figure.value},
                       {"high", spreads ? range->high : figure.value},
                       {"estimate", std::ranges::find(a.estimates, figure.path) != a.estimates.end()}});
  }
  if (!figures.empty()) return listed(figures);
  const auto paths = figure_paths(assessed.design());
  diagnostics.error({.file = "get_figures"}, fmt::format("no figure '{}'", pattern),
                    suggest(pattern, std::vector<std::string_view>(paths.begin(), paths.end())));
  return refusal(message::unknown_figure);
}

Output get_variables(Session& session, const Arguments&, Diagnostics&) {
  const auto& open = *session.open;
  auto variables = Json::array();
  for (const auto& variable : open.now.design->variables) {
    auto values = Json::array();
    for (const auto& value : variable.domain) values.push_back(value.text);
    const auto setting = std::ranges::find(open.now.settings, variable.name, variable_of);
    variables.push_back(
        {{"name", variable.name},
         {"value", setting == open.now.settings.end() ? "" : setting->substr(variable.name.size() + 1)},
         {"values", values}});
  }
  return listed(variables);
}

Output get_constraints(Session& session, const Arguments&, Diagnostics&) {
  const auto& open = *session.open;
  auto constraints = Json::array();
  for (const auto& constraint : open.now.design->constraints) {
    constraints.push_back({{"constraint", constraint.path},
                           {"kind", constraint.is_least ? "min" : "max"},
                           {"limit", constraint.text}});
  }
  return listed(constraints);
}

// The front of the last exploration: what was chosen, and the objectives.
Output get_front(Session& session, const Arguments&, Diagnostics& diagnostics) {
  const auto& open = *session.open;
  if (open.front.empty()) {
    diagnostics.error({.file = "get_front"}, "the design has not been explored as it is now",
                      "run 'explore' first");
    return refusal(message::wrong_arguments);
  }
  auto front = Json::array();
  const auto exploration = Json::parse(open.front);
  for (const auto& point : exploration["front"]) {
    Json row = point["choice"];
    for (const auto& objective : open.now.design->objectives) {
      Json::json_pointer at;
      std::string_view path = objective.path;
      for (std::size_t dot = 0; dot != std::string_view::npos; path.remove_prefix(dot + 1)) {
        dot = path.find('.');
        at.push_back(std::string{path.substr(0, dot)});
        if (dot == std::string_view::npos) break;
      }
      row[objective.path] = point.contains(at) ? point[at] : Json{};
    }
    front.push_back(std::move(row));
  }
  return listed(front);
}

constexpr Command row(std::string_view name, std::string_view summary, std::string_view example,
                      Output (*run)(Session&, const Arguments&, Diagnostics&),
                      std::span<const Argument> arguments = {}) {
  return {.name = name,
          .summary = summary,
          .arguments = arguments,
          .example = example,
          .run = run,
          .where = Where::open_design};
}

}  // namespace

std::vector<Command> get_commands() {
  return {row("get_dies", "the dies of the system, each a dict", "get_dies -min_area 50", get_dies,
              die_arguments),
          row("get_memories", "its memories", "get_memories", get_memories),
          row("get_links", "its links between dies", "get_links", get_links),
          row("get_figures", "its figures, with units and ranges", "get_figures cost.*", get_figures,
              figure_arguments),
          row("get_variables", "the variables of the design, their values and what is chosen",
              "get_variables", get_variables),
          row("get_constraints", "what it must keep", "get_constraints", get_constraints),
          row("get_front", "the front of the last exploration, a dict a point", "get_front", get_front)};
}

}  // namespace marquetry
