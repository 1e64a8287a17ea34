// explore: the front of a design's choices with its certificate, and the answer: how near they come to a
// product, and what would help.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "base/parallel.h"
#include "report/answer_json.h"
#include "report/exploration_json.h"
#include "report/exploration_text.h"
#include "session/commands/design_input.h"
#include "session/commands/rows.h"
#include "session/finalists.h"
#include "session/progress.h"

namespace marquetry {
namespace {

constexpr std::array<std::string_view, 1> methods{"exact"};

const std::array arguments{
    design_argument(),
    Argument{.name = "profile",
             .kind = ArgumentKind::name,
             .metavar = "P",
             .help = "what may be used, in place of the design's own profiles",
             .takes = Takes::many,
             .of = NameOf::profile},
    Argument{.name = "reference",
             .kind = ArgumentKind::name,
             .metavar = "PRODUCT",
             .help = "the product to be matched, in place of the design's own",
             .of = NameOf::product},
    Argument{.name = "epsilon",
             .kind = ArgumentKind::number,
             .metavar = "E",
             .help = "thin the front to points within a factor 1 + E of all others",
             .fallback = "0"},
    Argument{.name = "method",
             .kind = ArgumentKind::choice,
             .metavar = "M",
             .help = "how to search",
             .choices = methods,
             .fallback = "exact"},
    set_argument(),
    file_argument("out", "DIR", "write exploration.json and front.csv into this folder"),
};

bool can_explore(const DesignInput& input, double epsilon, Diagnostics& diagnostics) {
  if (!(epsilon >= 0 && epsilon < 1e6)) {
    diagnostics.error({.file = "--epsilon"}, "must be a share of 0 or more", "for example 0.01 for 1 %");
  }
  const auto count = input.prepared.objectives.size();
  if (count == 0) {
    diagnostics.error(input.design.where, "no objectives: nothing to explore for",
                      "add [objectives] with minimize = [\"cost.unit_usd\"] and maximize = [...]");
  }
  if (count > solver::most_objectives) {
    diagnostics.error(
        input.design.where,
        fmt::format("{} objectives; at most {} can be explored at once", count, solver::most_objectives),
        "make some of them constraints");
  }
  explore::check_reference(input.design, diagnostics);
  return diagnostics.ok();
}

bool write_results(const std::string& folder, const std::string& json, const std::string& csv,
                   Diagnostics& diagnostics) {
  return make_folder(folder, diagnostics) &&
         write_file(std::filesystem::path{folder} / "exploration.json", json + "\n", diagnostics) &&
         write_file(std::filesystem::path{folder} / "front.csv", csv, diagnostics);
}

Output infeasible(const Prepared& prepared, const explore::Exploration& found, double epsilon,
                  const report::RunFigures& run) {
  constexpr std::uint64_t budget = 200'000;
  Assessor assess{prepared};
  const auto nearest = assess(explore::least_violation(prepared, budget));
  auto json = report::exploration_json(prepared, found, {}, epsilon, run);
  report::add_answer(prepared, found, {}, json);
  json["least_violation"] = report::evaluation_json(prepared, nearest);
  return {.status = status::infeasible,
          .text = report::infeasible_text(prepared, found, nearest),
          .json = json_text(json),
          .message = message::nothing_feasible};
}

// For the session's report_front, get_front and write_front.
void keep_front(Session& session, const Arguments& given, const Output& output, std::string csv) {
  if (!given.has(from_session)) return;
  auto& open = *session.open;
  open.front = output.json;
  open.front_text = output.text;
  open.front_csv = std::move(csv);
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto input = read_design_input(session, given, diagnostics);
  if (input == nullptr) return refusal(message::wrong_input);
  const double epsilon = given.number("epsilon").value_or(0);
  if (!can_explore(*input, epsilon, diagnostics)) return refusal(message::wrong_input);
  const Prepared& prepared = input->prepared;

  const auto begin = std::chrono::steady_clock::now();
  const int threads = session.options.threads > 0 ? session.options.threads : parallel::default_threads();
  Progress progress{session.options, {.total = space_size(input->design)}};
  const auto found = explore::explore(
      prepared,
      {.threads = threads, .epsilon = epsilon, .done = &progress.done(), .stop = &progress.interrupted()},
      diagnostics);
  progress.finish();
  if (!found) return refusal(message::space_too_large);
  const report::RunFigures figures{
      .seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
      .threads = threads};
  if (found->front.empty() && found->proved) {
    const auto output = infeasible(prepared, *found, epsilon, figures);
    keep_front(session, given, output, report::exploration_csv(prepared, {}));
    return output;
  }

  Assessor assess{prepared};
  std::vector<Assessment> front;
  for (const auto& choice : found->front) front.push_back(assess(choice));
  const auto finalists = finalists_of(prepared, *found, assess, session.options.seed, threads);
  auto json = report::exploration_json(prepared, *found, front, epsilon, figures);
  report::add_answer(prepared, *found, finalists, json);
  Output output;
  output.json = json_text(json);
  if (given.has("out") &&
      !write_results(given.one("out"), output.json, report::exploration_csv(prepared, front), diagnostics)) {
    return refusal(message::cannot_write);
  }
  output.text = front.empty()
                    ? "interrupted before any feasible choice was found\n"
                    : report::exploration_text(prepared, *found, front, finalists, epsilon, figures);
  keep_front(session, given, output, report::exploration_csv(prepared, front));
  if (!found->proved) {
    output.status = status::failed;
    output.message = message::interrupted;
  }
  return output;
}

}  // namespace

Command explore_command() {
  return {.name = "explore",
          .summary = "the proved front of a design's choices, and how near it comes to a product",
          .arguments = arguments,
          .example = "marquetry explore designs/accelerator.toml",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
