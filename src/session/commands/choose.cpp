// set_choice, reset_choice, what_if: the variables of the design that is open.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "report/evaluation_text.h"
#include "session/changes.h"
#include "session/commands/design_input.h"
#include "session/commands/rows.h"
#include "session/subjects.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

constexpr Argument variable{.name = "variable",
                            .kind = ArgumentKind::name,
                            .metavar = "VARIABLE",
                            .help = "of the design that is open",
                            .positional = true,
                            .need = Need::required,
                            .of = NameOf::variable};

constexpr std::array set_arguments{
    variable,
    Argument{.name = "value",
             .kind = ArgumentKind::text,
             .metavar = "VALUE",
             .help = "one of its domain, or another of its kind",
             .positional = true,
             .need = Need::required,
             .of = NameOf::value},
};

constexpr std::array reset_arguments{
    Argument{.name = "variable",
             .kind = ArgumentKind::name,
             .metavar = "VARIABLE",
             .help = "the one to leave open again; all of them where none is named",
             .positional = true,
             .of = NameOf::variable},
};

constexpr std::array what_if_arguments{
    Argument{.name = "settings",
             .kind = ArgumentKind::text,
             .metavar = "VAR=VALUE",
             .help = "what is tried",
             .positional = true,
             .takes = Takes::many,
             .need = Need::required,
             .of = NameOf::assignment},
};

Output settings_of(const OpenDesign& open) {
  Output output;
  auto choice = Json::object();
  for (const auto& setting : open.now.settings) {
    const auto name = variable_of(setting);
    const auto value = setting.substr(name.size() + 1);
    choice[name] = value;
    output.text += fmt::format("{} = {}\n", name, value);
  }
  output.json = json_text(Json{{"choice", choice}});
  return output;
}

// The settings with this one in place of what it said before.
std::vector<std::string> with(std::vector<std::string> settings, const std::string& setting) {
  std::erase_if(settings, [&](const auto& other) { return variable_of(other) == variable_of(setting); });
  settings.push_back(setting);
  return settings;
}

Output set_choice(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  auto& open = *session.open;
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return refusal(message::wrong_library);
  const auto setting = given.one("variable") + "=" + given.one("value");
  auto tried = *open.now.design;
  if (!set_variables(tried, {setting}, *library, diagnostics)) return refusal(message::unknown_variable);
  auto next = open.now;
  next.settings = with(std::move(next.settings), setting);
  next.change = fmt::format("set_choice {} {}", given.one("variable"), given.one("value"));
  change(open, std::move(next));
  return settings_of(open);
}

Output reset_choice(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  auto& open = *session.open;
  const auto name = given.one("variable");
  std::vector<std::string_view> names;
  for (const auto& known : open.now.design->variables) names.push_back(known.name);
  if (!name.empty() && std::ranges::find(names, name) == names.end()) {
    diagnostics.error({.file = "reset_choice"}, fmt::format("no variable '{}'", name), suggest(name, names));
    return refusal(message::unknown_variable);
  }
  auto next = open.now;
  std::erase_if(next.settings, [&](const auto& other) { return name.empty() || variable_of(other) == name; });
  next.change = name.empty() ? "reset_choice" : "reset_choice " + name;
  change(open, std::move(next));
  return settings_of(open);
}

// A system of the open design with these settings; nothing after complaints.
struct Tried {
  std::unique_ptr<DesignInput> input{};
  Choice choice{};
  std::vector<FigureValue> figures{};
  std::vector<Violation> violations{};
};

std::optional<Tried> tried(Session& session, const std::vector<std::string>& settings,
                           Diagnostics& diagnostics) {
  auto given = arguments_of(*session.open);
  given.remove("set");
  for (const auto& setting : settings) given.add("set", setting);
  Tried out{.input = read_design_input(session, given, diagnostics)};
  if (out.input == nullptr) return std::nullopt;
  const auto choice = single_choice(out.input->design, diagnostics);
  if (!choice) return std::nullopt;
  const auto& prepared = out.input->prepared;
  const auto system = compose(prepared, *choice);
  const auto evaluation = evaluate(system, prepared.models);
  out.choice = *choice;
  out.figures = figure_values(out.input->design, system, evaluation);
  out.violations = violations(*prepared.design, prepared.rules, prepared.caps, system, evaluation, *choice);
  return out;
}

Output what_if(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto& open = *session.open;
  auto settings = open.now.settings;
  for (const auto& setting : given.all("settings")) settings = with(std::move(settings), setting);
  const auto before = tried(session, open.now.settings, diagnostics);
  const auto after = before ? tried(session, settings, diagnostics) : std::nullopt;
  if (!after) return refusal(message::unknown_variable);
  const auto moved = changes(before->figures, after->figures);
  Output output{.text = changes_text(moved)};
  if (!after->violations.empty()) output.text += report::violations_text(after->violations);
  auto choice = Json::object();
  for (const auto& setting : settings) {
    const auto name = variable_of(setting);
    choice[name] = setting.substr(name.size() + 1);
  }
  auto broken = Json::array();
  for (const auto& violation : after->violations) broken.push_back(violation.path);
  output.json = json_text(Json{{"choice", choice},
                               {"feasible", after->violations.empty()},
                               {"violations", broken},
                               {"changes", changes_json(moved)}});
  return output;
}

}  // namespace

std::vector<Command> choose_commands() {
  return {{.name = "set_choice",
           .summary = "fix a variable of the design that is open",
           .arguments = set_arguments,
           .example = "set_choice dies 4",
           .run = set_choice,
           .where = Where::open_design},
          {.name = "reset_choice",
           .summary = "leave a variable, or all of them, open again",
           .arguments = reset_arguments,
           .example = "reset_choice dies",
           .run = reset_choice,
           .where = Where::open_design},
          {.name = "what_if",
           .summary = "which figures other values would move, without choosing them",
           .arguments = what_if_arguments,
           .example = "what_if dies=2",
           .run = what_if,
           .where = Where::open_design}};
}

}  // namespace marquetry
