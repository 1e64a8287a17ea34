// place: where each die, PHY and bridge goes, how much wire that costs, and how near it is to the best.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "layout/faults.h"
#include "report/layout_json.h"
#include "report/layout_svg.h"
#include "report/layout_text.h"
#include "session/commands/place_input.h"
#include "session/commands/rows.h"
#include "session/progress.h"

namespace marquetry {
namespace {

const std::array arguments{
    subject_argument("a design, or a file with a table [placement]"),
    file_argument("case", "FILE.json", "a layout case in neutral JSON instead"),
    set_argument(),
    Argument{.name = "time",
             .kind = ArgumentKind::number,
             .metavar = "S",
             .help = "how long to search; 5 unless --steps are given",
             .unit = "seconds"},
    Argument{.name = "steps",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "how many moves to make: the same bytes each time, for any number of threads"},
    Argument{.name = "exact",
             .kind = ArgumentKind::flag,
             .help = "prove the optimum, as far as the time goes: for some 8 dies"},
    Argument{.name = "objective",
             .kind = ArgumentKind::choice,
             .metavar = "WHAT",
             .help = "what is made small; weights add to it; a design: wire + 3 x area, else wire",
             .choices = place_objectives},
    Argument{.name = "metric",
             .kind = ArgumentKind::choice,
             .metavar = "M",
             .help = "how wire is measured; auto: PHYs, else bump clumps, else nets",
             .choices = place_metrics,
             .fallback = "auto"},
    Argument{.name = "setting",
             .kind = ArgumentKind::choice,
             .metavar = "S",
             .help = "of a floorplan: scaled as published figures are compared, native as given, or free of "
                     "an outline",
             .choices = place_settings},
    Argument{.name = "wire-weight", .kind = ArgumentKind::number, .metavar = "W", .help = "per mm of wire"},
    Argument{.name = "area-weight",
             .kind = ArgumentKind::number,
             .metavar = "W",
             .help = "per mm2 of the carrier"},
    Argument{.name = "cost-weight",
             .kind = ArgumentKind::number,
             .metavar = "W",
             .help = "per USD of carrier and package; of a design"},
    Argument{.name = "temperature-weight",
             .kind = ArgumentKind::number,
             .metavar = "W",
             .help = "per K of the hottest die"},
    Argument{.name = "front",
             .kind = ArgumentKind::flag,
             .help = "several layouts, from the least wire to the coolest"},
    file_argument("svg", "FILE", "draw the layout into this file"),
};

// Not every constraint can be kept, or none was found that does.
void judge(const report::LayoutReport& report, Output& output) {
  if (report.run.interrupted) {
    output.status = status::failed;
    output.message = message::interrupted;
  } else if (!report.legal()) {
    output.status = status::infeasible;
    output.message = message::no_layout;
  }
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto input = read_place_input(session, given, diagnostics);
  if (input == nullptr) return refusal(message::wrong_input);
  const auto& problem = input->problem;
  for (const auto& fault : layout::faults(problem))
    diagnostics.error({.file = problem.name}, fault.message, fault.hint);
  if (!diagnostics.ok()) return refusal(message::wrong_input);
  auto options = place_options(*input, given, session.options, diagnostics);
  if (!diagnostics.ok()) return refusal(message::wrong_arguments);
  for (const auto& note : input->notes) diagnostics.warning({.file = problem.name}, note);

  report::LayoutRun about{.setting = input->setting,
                          .metric = given.one("metric"),
                          .objective = place_objective(*input, given),
                          .seed = options.seed,
                          .threads = options.threads,
                          .time = given.number("time"),
                          .steps = given.count("steps")};
  placement::Result result;
  auto obstacles = layout::obstacles(problem);
  if (obstacles.empty()) {
    Progress progress{session.options,
                      {.total = static_cast<double>(options.steps),
                       .seconds = options.steps > 0 && !about.time ? 0 : options.seconds,
                       .what = "moves"}};
    options.stop = &progress.interrupted();
    options.done = &progress.done();
    result = placement::place(problem, options);
    progress.finish();
    about.interrupted = progress.interrupted();
  }
  auto report = report::layout_report(problem, result, about);
  report.obstacles = std::move(obstacles);
  if (const auto* layout = report.layout(); layout != nullptr && input->cost)
    report.cost = input->cost({layout->carrier.width(), layout->carrier.height()});
  Output output{.text = report::layout_text(report), .json = json_text(report::layout_json(report))};
  const auto file = given.one("svg");
  if (const auto* layout = report.layout();
      layout != nullptr && !file.empty() &&
      !write_file(file, report::layout_svg(problem, *layout), diagnostics)) {
    return refusal(message::cannot_write);
  }
  judge(report, output);
  return output;
}

}  // namespace

Command place_command() {
  return {.name = "place",
          .summary = "where each die, PHY and bridge goes, with wire, heat and the distance to the best",
          .arguments = arguments,
          .example = "marquetry place designs/ascend-910.toml --time 2 --svg ascend-910.svg",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
