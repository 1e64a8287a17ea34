#include "evaluation/prepare.h"

#include <fmt/format.h>

namespace marquetry {
namespace {

void find_objectives(const Design& design, Prepared& prepared, Diagnostics& diagnostics) {
  for (const auto& objective : design.objectives) {
    const auto figure = figure_named(objective.path, design, objective.where, diagnostics);
    if (figure) prepared.objectives.push_back({*figure, objective.maximize});
  }
}

void find_models(const Design& design, Prepared& prepared, Diagnostics& diagnostics) {
  prepared.models.quirks = prepared.preset->quirks();
  if (design.yield_model.empty()) return;
  prepared.models.yield = yield::find(design.yield_model);
  if (prepared.models.yield != nullptr) return;
  std::vector<std::string_view> names;
  for (const auto& model : yield::models) names.push_back(model.name);
  diagnostics.error(design.where, fmt::format("no yield model '{}'", design.yield_model),
                    suggest(design.yield_model, names));
}

}  // namespace

std::optional<Prepared> prepare(const Library& library, const Design& design, Diagnostics& diagnostics,
                                const Preset& preset) {
  Prepared prepared{.library = &library, .design = &design, .preset = &preset};
  prepared.rules = make_rules(library, design);
  prepared.caps = find_caps(prepared.rules, design, diagnostics);
  find_objectives(design, prepared, diagnostics);
  find_models(design, prepared, diagnostics);
  auto plan = make_plan(library, design, Lifting<double>{}, diagnostics);
  if (!plan || !diagnostics.ok()) return std::nullopt;
  prepared.plan = std::move(*plan);
  return prepared;
}

std::string models_text(const Prepared& prepared) {
  std::string text{prepared.preset->name};
  if (prepared.models.yield != Models{}.yield) {
    text += fmt::format(" with yield {}", prepared.models.yield->name);
  }
  return text;
}

System<double> compose(const Prepared& prepared, const Choice& choice) {
  return compose(prepared.plan, std::span<const Range>{point(choice)});
}

double space_size(const Design& design) {
  double size = 1;
  for (const auto& variable : design.variables) size *= static_cast<double>(variable.domain.size());
  return size;
}

Choice choice_at(const Design& design, std::uint64_t index) {
  Choice choice(design.variables.size());
  for (std::size_t v = choice.size(); v-- > 0;) {
    const auto n = design.variables[v].domain.size();
    choice[v] = static_cast<std::uint32_t>(index % n);
    index /= n;
  }
  return choice;
}

}  // namespace marquetry
