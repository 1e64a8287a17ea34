// compare: designs, choices, products and presets side by side; what mending each quirk of a peer is worth.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "session/commands/rows.h"
#include "session/subjects.h"

namespace marquetry {
namespace {

const std::array arguments{
    Argument{
        .name = "design",
        .kind = ArgumentKind::text,
        .metavar = "DESIGN",
        .help =
            "a file, FILE@VAR=VALUE,... for a choice of it, or a product of the library, which is measured "
            "on the workloads of the first design, else on a standard set",
        .positional = true,
        .takes = Takes::many,
        .need = Need::required},
    set_argument(),
    Argument{.name = "preset",
             .kind = ArgumentKind::text,
             .metavar = "NAME,...",
             .help = "peers' models to put beside ours",
             .of = NameOf::preset},
};

std::vector<const Preset*> presets_of(const Arguments& given, Diagnostics& diagnostics) {
  std::vector<const Preset*> found{&presets.front()};
  for (std::string_view list : given.all("preset")) {
    while (!list.empty()) {
      const auto name = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), name.size() + 1));
      const auto* preset = find_preset(name);
      if (preset == nullptr) {
        std::vector<std::string_view> names;
        for (const auto& row : presets) names.push_back(row.name);
        diagnostics.error({.file = "--preset"}, fmt::format("no preset '{}'", name), suggest(name, names));
      } else if (std::ranges::find(found, preset) == found.end()) {
        found.push_back(preset);
      }
    }
  }
  return found;
}

std::optional<FigureValue> headline_of(const Subject& subject, const Preset& preset, const Quirks& quirks,
                                       Diagnostics& diagnostics) {
  const auto column = column_of(subject, preset, quirks, diagnostics);
  if (!column) return std::nullopt;
  const auto found = std::ranges::find(column->figures, subject.headline(preset), &FigureValue::path);
  return found == column->figures.end() ? std::nullopt : std::optional{*found};
}

// From the preset to ours, one quirk after the other.
std::optional<report::Fixes> fixes_of(const Subject& subject, const Preset& preset,
                                      Diagnostics& diagnostics) {
  const auto all = preset.quirks();
  const auto peers = headline_of(subject, preset, all, diagnostics);
  if (!peers) return std::nullopt;
  report::Fixes fixes{.subject = subject.name, .preset = std::string{preset.name}, .peers = *peers};
  Quirks left = all;
  double before = peers->value;
  for (std::size_t q = 0; q < quirk_rows.size(); ++q) {
    if (!all.has(q)) continue;
    left = left.without(q);
    const auto alone = headline_of(subject, preset, all.without(q), diagnostics);
    const auto together = headline_of(subject, preset, left, diagnostics);
    if (!alone || !together) return std::nullopt;
    const auto& row = quirk_rows[q];
    fixes.rows.push_back({std::string{row.id}, std::string{row.peer}, std::string{row.right},
                          alone->value - peers->value, together->value - before});
    before = together->value;
  }
  fixes.ours = *peers;
  fixes.ours.value = before;
  return fixes;
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto chosen = presets_of(given, diagnostics);
  if (!diagnostics.ok()) return refusal(message::wrong_arguments);
  std::vector<Subject> subjects;
  for (const auto& word : given.all("design")) {
    auto subject = read_subject(session, given, word, diagnostics);
    if (subject) subjects.push_back(std::move(*subject));
  }
  if (!diagnostics.ok()) return refusal(message::wrong_input);
  auto design = std::ranges::find_if(subjects, [](const auto& s) { return s.input != nullptr; });
  std::optional<Subject> standard;
  if (design == subjects.end() && std::ranges::any_of(subjects, &Subject::is_product)) {
    standard = standard_workloads(session, given, diagnostics);
    if (!standard) return refusal(message::wrong_input);
  }
  report::Comparison comparison;
  for (const auto& subject : subjects) {
    if (subject.is_product()) {
      comparison.columns.push_back(product_column(subject, standard ? *standard : *design));
      continue;
    }
    for (const auto* preset : chosen) {
      auto column = column_of(subject, *preset, preset->quirks(), diagnostics);
      if (!column) return refusal(message::wrong_input);
      comparison.columns.push_back(std::move(*column));
      if (preset->peer.empty()) continue;
      if (auto fixes = fixes_of(subject, *preset, diagnostics)) comparison.fixes.push_back(std::move(*fixes));
    }
  }
  if (!diagnostics.ok()) return refusal(message::wrong_input);
  if (chosen.size() == 1) comparison.break_evens = report::break_evens(comparison.columns);
  return {.text = report::comparison_text(comparison),
          .json = json_text(report::comparison_json(comparison))};
}

}  // namespace

Command compare_command() {
  return {.name = "compare",
          .summary = "designs, choices, products or presets side by side",
          .arguments = arguments,
          .example = "marquetry compare designs/epyc-rome.toml --preset actuary-2022",
          .run = run};
}

}  // namespace marquetry
