#include "session/names.h"

#include <algorithm>
#include <array>

#include "evaluation/figures.h"
#include "exchange/formats.h"
#include "presets/presets.h"
#include "routing/routings.h"
#include "session/command.h"
#include "topology/generators.h"
#include "traffic/patterns.h"

namespace marquetry {
namespace {

using Names = std::vector<std::string>;

Names rows_of(Session& session, std::string_view category) {
  Diagnostics unheard;
  Names names;
  const auto* library = library_of(session, unheard);
  if (library == nullptr) return names;
  for_each_category(*library, [&](const auto& rows) {
    using T = typename std::remove_cvref_t<decltype(rows)>::value_type;
    if (!category.empty() && category != T::singular) return;
    for (const auto& row : rows) names.push_back(row.id);
  });
  return names;
}

const Design* design_of(const Session& session) {
  return session.open ? session.open->now.design.get() : nullptr;
}

Names variables_of(const Session& session) {
  Names names;
  if (const auto* design = design_of(session)) {
    for (const auto& variable : design->variables) names.push_back(variable.name);
  }
  return names;
}

Names values_of(const Session& session, std::string_view variable) {
  Names names;
  const auto* design = design_of(session);
  if (design == nullptr) return names;
  const auto found = std::ranges::find(design->variables, variable, &Variable::name);
  if (found == design->variables.end()) return names;
  for (const auto& value : found->domain) names.push_back(value.text);
  return names;
}

Names assignments_of(const Session& session) {
  Names names;
  for (const auto& variable : variables_of(session)) {
    for (const auto& value : values_of(session, variable)) names.push_back(variable + "=" + value);
  }
  return names;
}

Names texts(const auto& words) { return {words.begin(), words.end()}; }

template <class Rows>
Names names_in(const Rows& rows) {
  Names names;
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

Names unsorted(NameOf kind, Session& session, const std::string& before) {
  switch (kind) {
    case NameOf::row:
    case NameOf::category:
      return rows_of(session, {});
    case NameOf::product:
      return rows_of(session, "product");
    case NameOf::profile:
      return rows_of(session, "profile");
    case NameOf::preset:
      return names_in(presets);
    case NameOf::figure:
      return design_of(session) != nullptr ? figure_paths(*design_of(session)) : Names{};
    case NameOf::variable:
      return variables_of(session);
    case NameOf::value:
      return values_of(session, before);
    case NameOf::assignment:
      return assignments_of(session);
    case NameOf::command:
      return names_in(commands());
    case NameOf::import_format:
      return texts(exchange::import_format_names());
    case NameOf::export_format:
      return texts(exchange::export_format_names());
    case NameOf::topology:
      return names_in(topology::generators());
    case NameOf::routing:
      return names_in(routing::rows());
    case NameOf::traffic:
      return names_in(traffic::patterns());
    case NameOf::nothing:
      return {};
  }
  return {};
}

}  // namespace

std::vector<std::string> names_of(NameOf kind, Session& session, const std::string& before) {
  auto names = unsorted(kind, session, before);
  std::ranges::sort(names);
  return names;
}

}  // namespace marquetry
