// uncertainty: figures over all uncertain numbers of the library at once, and the odds between two designs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "base/parallel.h"
#include "chance/sobol.h"
#include "report/uncertainty.h"
#include "session/commands/chance_input.h"
#include "session/commands/rows.h"
#include "session/progress.h"

namespace marquetry {
namespace {

constexpr std::uint64_t most_samples = 10'000'000;

constexpr std::array<std::string_view, 5> usual_figures{
    "cost.unit_usd", "cost.per_good_unit_usd", "yield.assembly", "carbon.embodied_kg", "power.total_w"};

const std::array arguments{
    design_argument(),
    Argument{.name = "other",
             .kind = ArgumentKind::file,
             .metavar = "OTHER",
             .help = "a second design, compared with the first in the same worlds",
             .positional = true},
    set_argument(),
    Argument{.name = "other-set",
             .kind = ArgumentKind::text,
             .metavar = "VAR=VALUE",
             .help = "fix a variable of OTHER; without OTHER, of a second choice of DESIGN",
             .takes = Takes::many},
    Argument{.name = "samples",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "worlds that are drawn",
             .fallback = "16384"},
    Argument{.name = "figure",
             .kind = ArgumentKind::name,
             .metavar = "PATH",
             .help = "a figure, by its dotted path; by default costs, yield, carbon and power",
             .takes = Takes::many},
    preset_argument(),
};

// The arguments under which the second subject is read; those of the first where nothing else is said.
Arguments arguments_of_other(const Arguments& given) {
  Arguments out;
  out.add("design", given.one(given.has("other") ? "other" : "design"));
  out.add("preset", given.one("preset"));
  const auto variable = [](const std::string& setting) { return setting.substr(0, setting.find('=')); };
  const auto& own = given.all("other-set");
  for (const auto& setting : own) out.add("set", setting);
  if (given.has("other")) return out;
  for (const auto& setting : given.all("set")) {
    if (std::ranges::count(own, variable(setting), variable) == 0) out.add("set", setting);
  }
  return out;
}

// The same design with two choices is told apart by what was set.
std::vector<std::string> names_of(const std::vector<SubjectInput>& inputs, const Arguments& given) {
  std::vector<std::string> names;
  for (const auto& input : inputs) names.push_back(input.design->design.name);
  if (names.size() < 2 || names[0] != names[1]) return names;
  for (std::size_t s = 0; s < 2; ++s) {
    std::string settings;
    const auto& all = given.all(s == 0 ? "set" : "other-set");
    for (const auto& setting : all) settings += (settings.empty() ? "" : ", ") + setting;
    names[s] += settings.empty() ? (s == 0 ? " (1)" : " (2)") : " (" + settings + ")";
  }
  return names;
}

bool can_sample(const Arguments& given, Diagnostics& diagnostics) {
  const auto samples = given.count("samples").value_or(0);
  if (samples >= 2 * chance::scramblings && samples <= most_samples) return true;
  diagnostics.error({.file = "--samples"}, fmt::format("{} worlds cannot be drawn", samples),
                    fmt::format("give a number from {} to {}", 2 * chance::scramblings, most_samples));
  return false;
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (!can_sample(given, diagnostics)) return refusal(message::wrong_arguments);
  std::vector<Arguments> asked{given};
  if (given.has("other") || given.has("other-set")) asked.push_back(arguments_of_other(given));
  std::vector<SubjectInput> inputs;
  std::vector<chance::Subject> subjects;
  for (const auto& arguments_of_one : asked) {
    Message failure;
    auto input = read_subject(session, arguments_of_one, diagnostics, failure);
    if (!input) return refusal(failure);
    subjects.push_back(input->subject);
    inputs.push_back(std::move(*input));
  }
  report::UncertaintyRun run{
      .names = names_of(inputs, given), .paths = given.all("figure"), .seed = session.options.seed};
  if (run.paths.empty()) run.paths.assign(usual_figures.begin(), usual_figures.end());
  std::vector<std::vector<FigureRef>> figures;
  for (const auto& path : run.paths) {
    auto& refs = figures.emplace_back();
    for (const auto& input : inputs) {
      const auto& design = input.design->design;
      if (const auto figure = figure_named(path, design, {.file = design.file}, diagnostics))
        refs.push_back(*figure);
    }
    if (refs.size() < inputs.size()) return refusal(message::unknown_figure);
    run.units.push_back(refs.front().figure->unit);
  }
  const auto joint = chance::joint_of(subjects, diagnostics);
  if (!joint) return refusal(message::wrong_library);
  run.joint = &*joint;
  const int threads = session.options.threads > 0 ? session.options.threads : parallel::default_threads();
  const auto samples = static_cast<std::size_t>(*given.count("samples"));
  Progress progress{session.options, {.total = static_cast<double>(samples)}};
  const auto result = chance::uncertainty(*joint, subjects, figures,
                                          {.samples = samples,
                                           .seed = session.options.seed,
                                           .threads = threads,
                                           .done = &progress.done(),
                                           .stop = &progress.interrupted()});
  progress.finish();
  if (!result) return {.status = status::failed, .message = message::interrupted};
  return {.text = report::uncertainty_text(run, *result),
          .json = json_text(report::uncertainty_json(run, *result))};
}

}  // namespace

Command uncertainty_command() {
  return {.name = "uncertainty",
          .summary = "figures over all uncertain numbers at once, and the odds between two designs",
          .arguments = arguments,
          .example = "marquetry uncertainty designs/h200.toml --samples 4096",
          .run = run};
}

}  // namespace marquetry
