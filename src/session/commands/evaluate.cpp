// evaluate: all figures of one system.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "report/evaluation_json.h"
#include "report/evaluation_text.h"
#include "report/heated.h"
#include "report/programme.h"
#include "session/changes.h"
#include "session/commands/placed_design.h"
#include "session/commands/rows.h"
#include "session/subjects.h"

namespace marquetry {
namespace {

constexpr std::array<std::string_view, 3> fidelities{"analytic", "physical", "signoff"};

const std::array arguments{
    design_argument(),
    set_argument(),
    Argument{.name = "fidelity",
             .kind = ArgumentKind::choice,
             .metavar = "RUNG",
             .help = "how deep to look: with counts alone, or placed (this version has no signoff)",
             .choices = fidelities,
             .fallback = "analytic"},
    Argument{.name = "steps",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "moves of the placer, for the physical rung",
             .fallback = "100000"},
    file_argument("svg", "FILE", "a map of the temperatures, on the physical rung"),
    Argument{.name = "preset",
             .kind = ArgumentKind::name,
             .metavar = "NAME",
             .help = "a named set of models",
             .fallback = "default",
             .of = NameOf::preset},
};

bool can_do(const Arguments& given, Diagnostics& diagnostics) {
  if (given.one("fidelity") == "signoff") {
    diagnostics.error({.file = "--fidelity"},
                      fmt::format("the {} rung is not part of this version", given.one("fidelity")),
                      "use --fidelity physical");
  }
  if (given.has("svg") && given.one("fidelity") != "physical") {
    diagnostics.error({.file = "--svg"}, "temperatures have a map on the physical rung only",
                      "add --fidelity physical");
  }
  if (find_preset(given.one("preset")) == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& preset : presets) names.push_back(preset.name);
    diagnostics.error({.file = "--preset"}, fmt::format("no preset '{}'", given.one("preset")),
                      suggest(given.one("preset"), names));
  }
  return diagnostics.ok();
}

// A file of another kind than a design of dies.
Output document_output(const DocumentKind& kind, const Node& root, const Arguments& given,
                       Diagnostics& diagnostics) {
  if (!has_figures(kind, root, diagnostics)) return refusal(message::wrong_input);
  const auto& settings = given.all("set");
  if (!settings.empty()) {
    diagnostics.error({.file = "--set"},
                      fmt::format("[{}] has no variable to set: '{}'", kind.section, settings[0]),
                      "change the number in the file");
    return refusal(message::unknown_variable);
  }
  const auto& preset = *find_preset(given.one("preset"));
  auto result = kind.evaluate(root, preset, preset.quirks(), diagnostics);
  if (!result) return refusal(message::wrong_input);
  Output output{.text = std::move(result->text), .json = std::move(result->json)};
  if (!result->feasible) {
    output.status = status::infeasible;
    output.message = message::nothing_feasible;
  }
  return output;
}

// Only a design of dies can be placed here.
Output nothing_to_place(std::string_view what, Diagnostics& diagnostics) {
  diagnostics.error({.file = "--fidelity"}, fmt::format("there is no physical rung of {}", what),
                    "use --fidelity analytic");
  return refusal(message::wrong_arguments);
}

Output family_output(const DesignInput& input, Diagnostics& diagnostics) {
  const auto& preset = *input.prepared.preset;
  const auto family = evaluate_family(*input.prepared.library, input.design, preset, diagnostics);
  if (!family) return refusal(message::wrong_input);
  Output output{.text = report::family_text(input.design, *family, preset),
                .json = json_text(report::family_json(input.design, *family, preset))};
  if (std::ranges::any_of(family->products, [](const auto& product) { return !product.feasible; })) {
    output.status = status::infeasible;
    output.message = message::nothing_feasible;
  }
  return output;
}

bool write_map(const Arguments& given, const Design& design, const Assessment& assessment,
               Diagnostics& diagnostics) {
  const auto file = given.one("svg");
  if (file.empty() || !assessment.physical) return true;
  if (!assessment.physical->heated) {
    diagnostics.error({.file = "--svg"}, "no grid was solved: the library has no section for the packaging",
                      "add a row of sections for its family");
    return false;
  }
  return write_file(file, report::heated_svg(*assessment.physical->heated, design.name), diagnostics);
}

// What moved since the session's design was last evaluated; its figures are kept for the next time.
std::string since_last(Session& session, const Prepared& prepared, const Assessment& assessment) {
  auto& last = session.open->figures;
  auto figures = figure_values(*prepared.design, assessment.system, assessment.evaluation);
  const auto text = last.empty()
                        ? std::string{}
                        : "\nchanged since the last evaluation\n" + changes_text(changes(last, figures));
  last = std::move(figures);
  return text;
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (!can_do(given, diagnostics)) return refusal(message::wrong_arguments);
  const auto root = read_document(session, given, diagnostics);
  if (!root) return refusal(message::wrong_input);
  const bool places = given.one("fidelity") == "physical";
  if (const auto* kind = find_document_kind(*root)) {
    if (places) return nothing_to_place(fmt::format("a file with [{}]", kind->section), diagnostics);
    return document_output(*kind, *root, given, diagnostics);
  }
  const auto input = read_design_input(session, given, *root, diagnostics);
  if (input == nullptr) return refusal(message::wrong_input);
  if (!input->design.family.empty()) {
    if (places) return nothing_to_place("a family of products", diagnostics);
    if (given.has("set")) {
      diagnostics.error({.file = "--set"}, "the products of this family set its variables themselves",
                        "change the 'set' of a [[product]], or drop the products");
      return refusal(message::unknown_variable);
    }
    return family_output(*input, diagnostics);
  }
  const auto choice = single_choice(input->design, diagnostics);
  if (!choice) return refusal(message::unknown_variable);
  Assessor assess{input->prepared};
  auto assessment = assess(*choice);
  Output output;
  if (places) {
    const auto deeper = place_design(session, input->prepared, assessment.choice, assessment.system,
                                     assessment.evaluation, given.count("steps").value_or(0), diagnostics);
    if (!deeper) return refusal(message::wrong_input);
    assessment = refined(input->prepared, std::move(assessment), deeper->refined.physical);
    if (deeper->is_interrupted) {
      output.status = status::failed;
      output.message = message::interrupted;
    }
  }
  if (!write_map(given, input->design, assessment, diagnostics)) return refusal(message::cannot_write);
  output.text = report::evaluation_text(input->prepared, assessment);
  auto json = report::evaluation_json(input->prepared, assessment);
  if (!input->design.volumes.empty()) {
    const auto lifetime = evaluate_lifetime(assessment.system, input->prepared.models, input->design.volumes);
    output.text += "\nover the years\n" + report::lifetime_text(lifetime);
    json["lifetime"] = report::lifetime_json(lifetime);
  }
  output.json = json_text(json);
  if (given.has(from_session)) output.text += since_last(session, input->prepared, assessment);
  if (output.status == status::done && !assessment.violations.empty()) {
    output.status = status::infeasible;
    output.message = message::nothing_feasible;
  }
  return output;
}

}  // namespace

Command evaluate_command() {
  return {.name = "evaluate",
          .summary = "all figures of one system",
          .arguments = arguments,
          .example = "marquetry evaluate designs/h200.toml",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
