// heat: temperatures of a package, steady or over a trace, with a proved error; limits that are broken, and
// thermal runaway.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "session/commands/heat_input.h"
#include "session/commands/rows.h"
#include "session/progress.h"
#include "thermal/models.h"

namespace marquetry {
namespace {

using conduction::State;

// Finer than the digits that HotSpot 7 and 3D-ICE print.
constexpr double usual_tolerance = 1e-4, least_tolerance = 1e-9, most_tolerance = 10;  // K
constexpr std::size_t rough_cells = 32;

std::vector<Argument> heat_arguments() {
  auto out = heat_input_arguments();
  const std::vector<Argument> own{
      {.name = "tolerance",
       .kind = ArgumentKind::number,
       .metavar = "K",
       .help = "largest error of any temperature; 0.0001",
       .unit = "kelvin"},
      {.name = "limit",
       .kind = ArgumentKind::number,
       .metavar = "T",
       .help = "what blocks without a limit of their own must stay below: 105 for logic",
       .unit = "degC"},
      {.name = "transient", .kind = ArgumentKind::flag, .help = "follow the trace of powers step by step"},
      {.name = "gradient",
       .kind = ArgumentKind::flag,
       .help = "what each power, place and thickness does to the peak"},
      {.name = "compare",
       .kind = ArgumentKind::flag,
       .help = "what the other model says too, on 32 x 32 cells at most"},
      {.name = "show",
       .kind = ArgumentKind::text,
       .metavar = "LAYER",
       .help = "which layer --svg and --map show, or all; the hottest with power"},
      file_argument("svg", "FILE", "draw the temperatures into this file"),
      file_argument("map", "FILE.csv", "write the temperatures of a layer's cells, the highest row first"),
      file_argument("csv", "FILE.csv",
                    "write the temperatures of the blocks; with --transient at each time")};
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

struct Plan {
  conduction::Request request{};
  bool transient{}, gradient{}, compares{};
};

// What stores nothing follows its powers at once: no step is short enough.
void check_capacities(const thermal::Stack& stack, Diagnostics& diagnostics) {
  constexpr double least = 1e-3;  // J/(m3 K): air has 1200, solids 1e6
  for (const auto& layer : stack.layers)
    if (!(layer.material.capacity >= least))
      diagnostics.error(layer.where, fmt::format("layer '{}' has no heat capacity", layer.name),
                        "over time it needs one, in J/(m3 K): silicon has 1.75e6");
}

std::optional<Plan> plan_of(const Arguments& given, HeatInput& input, Diagnostics& diagnostics) {
  Plan plan{.request = {.tolerance = given.number("tolerance").value_or(usual_tolerance)},
            .transient = given.has("transient"),
            .gradient = given.has("gradient"),
            .compares = given.has("compare")};
  if (!(plan.request.tolerance >= least_tolerance && plan.request.tolerance <= most_tolerance))
    diagnostics.error({.file = "--tolerance"},
                      fmt::format("must lie between {} and {} K", least_tolerance, most_tolerance));
  if (plan.transient && !input.heat.trace)
    diagnostics.error({.file = "--transient"}, fmt::format("{} has no powers over time", input.origin),
                      "leave it out: the steady state needs none");
  if (plan.transient) check_capacities(input.heat.stack, diagnostics);
  if (plan.gradient && input.heat.settings.model != thermal::Model::physical)
    diagnostics.error({.file = "--gradient"}, "is made for the model physical only", "leave out --model");
  if (const auto limit = given.number("limit")) {
    if (!(*limit > -report::freezing && *limit < 5000))
      diagnostics.error({.file = "--limit"}, fmt::format("{} degC is no temperature", *limit));
    for (auto& layer : input.heat.stack.layers)
      for (auto& block : layer.blocks)
        if (layer.heats && block.limit == 0 && block.power + block.leakage.power > 0)
          block.limit = *limit + report::freezing;
  }
  return diagnostics.ok() ? std::optional{plan} : std::nullopt;
}

thermal::Settings rough_settings(const thermal::Settings& settings) {
  auto rough = settings;
  rough.columns = std::min(rough.columns, rough_cells);
  rough.rows = std::min(rough.rows, rough_cells);
  return rough;
}

// On few cells, to a few hundredths of a kelvin: it says how far apart the models are, no more.
report::OtherHeat other_model(const report::HeatReport& report) {
  const auto rough = rough_settings(report.input.settings);
  report::OtherHeat out{.settings = rough};
  out.settings.model =
      rough.model == thermal::Model::physical ? thermal::Model::hotspot7 : thermal::Model::physical;
  const conduction::Request request{.tolerance = 0.02, .certify = false};
  out.peak = thermal::steady(report.input.stack, out.settings, request).peak;
  out.same_cells = thermal::steady(report.input.stack, rough, request).peak;
  return out;
}

bool leaks(const thermal::Stack& stack) {
  for (const auto& layer : stack.layers)
    for (const auto& block : layer.blocks)
      if (block.leakage.power > 0) return true;
  return false;
}

// Some hundred solves: on few cells, where the state on all of them is known to rest.
thermal::Runaway distance(const thermal::Stack& stack, const thermal::Settings& settings, State state,
                          const std::atomic<bool>& stop) {
  const auto used = state == State::solved ? rough_settings(settings) : settings;
  const conduction::Request request{.tolerance = 0.02, .certify = false, .stop = &stop};
  const auto rest = state == State::solved ? thermal::steady(stack, used, request).rise : conduction::Field{};
  const auto assembled = thermal::assemble(stack, used, rest);
  const auto leaking = thermal::leaks(stack, assembled);
  return thermal::distance_to_runaway(assembled.grid, thermal::sources(stack, assembled), leaking, 400,
                                      &stop);
}

void heat_all(const Plan& plan, report::HeatReport& report, const std::atomic<bool>& stop) {
  auto request = plan.request;
  request.stop = &stop;
  const auto& stack = report.input.stack;
  report.tolerance = request.tolerance;
  report.heat = thermal::steady(stack, report.input.settings, request);
  if (leaks(stack) && report.heat.outcome.state != State::interrupted)
    report.runaway = distance(stack, report.input.settings, report.heat.outcome.state, stop);
  if (report.heat.outcome.state != State::solved) return;
  if (plan.gradient)
    report.gradient = thermal::gradient(stack, report.input.settings, report.heat.rise,
                                        {.solve = {.tolerance = 1e-6, .certify = false, .stop = &stop}});
  if (plan.compares) report.other = other_model(report);
  if (plan.transient) {
    report.march = thermal::march_of(report.input);
    report.march->stop = &stop;
    report.transient = thermal::transient(stack, report.input.settings, *report.input.trace, *report.march);
    report.march->stop = nullptr;
  }
}

// What went wrong, if anything, as status and message.
void judge(const report::HeatReport& report, const std::string& origin, Output& output,
           Diagnostics& diagnostics) {
  const auto fail = [&](int status, Message why) {
    output.status = status;
    output.message = why;
  };
  const auto state = report.heat.outcome.state;
  const auto arrival = report.transient ? report.transient->arrival : thermal::Arrival::finished;
  if (state == State::interrupted || arrival == thermal::Arrival::interrupted) {
    fail(status::failed, message::interrupted);
  } else if (state == State::not_converged) {
    diagnostics.error(
        {.file = origin},
        fmt::format("temperatures did not come within {} K in {} iterations: about {:.2g} K are left",
                    report.tolerance, report.heat.outcome.iterations, report.heat.outcome.estimate),
        "allow a larger error: --tolerance 0.01");
    fail(status::failed, message::not_converged);
  } else if (arrival == thermal::Arrival::not_converged || arrival == thermal::Arrival::out_of_steps) {
    diagnostics.error({.file = origin},
                      fmt::format("the transient ended after {} s of the trace", report.transient->time),
                      "allow a larger error: --tolerance 0.01");
    fail(status::failed, message::not_converged);
  } else if (state == State::floating) {
    diagnostics.error({.file = origin}, "nothing takes the heat away from some part of the stack",
                      "give it a heat sink, or a conductivity above 0 towards one");
    fail(status::wrong_input, message::wrong_input);
  } else if (state == State::indefinite || arrival == thermal::Arrival::runaway) {
    fail(status::infeasible, message::nothing_feasible);
  } else {
    if (report::is_beyond_cooling(report)) fail(status::infeasible, message::nothing_feasible);
    for (const auto& violation : report::violations(report))
      if (violation.is_hard) fail(status::infeasible, message::nothing_feasible);
  }
}

bool write_files(const Arguments& given, const report::HeatReport& report, Diagnostics& diagnostics) {
  const auto which = given.one("show");
  const auto layers = report::shown_layers(report, which);
  if (layers.empty()) {
    std::vector<std::string_view> names{"all"};
    for (const auto& layer : report.heat.layers) names.push_back(layer.name);
    diagnostics.error({.file = "--show"}, fmt::format("no layer '{}'", which), suggest(which, names));
    return false;
  }
  if (given.has("svg") && !write_file(given.one("svg"), report::heat_svg(report, layers), diagnostics))
    return false;
  if (given.has("map") && !write_file(given.one("map"), report::heat_map_csv(report, layers[0]), diagnostics))
    return false;
  return !given.has("csv") || write_file(given.one("csv"), report::heat_csv(report), diagnostics);
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  auto input = read_heat_input(session, given, "heat", diagnostics);
  if (!input) return refusal(message::wrong_input);
  const auto plan = plan_of(given, *input, diagnostics);
  if (!plan) return refusal(message::wrong_arguments);
  const auto begin = std::chrono::steady_clock::now();
  report::HeatReport report{.input = std::move(input->heat),
                            .unions = std::move(input->unions),
                            .separator = input->separator,
                            .flux = input->flux};
  {
    Progress progress{session.options, {.what = "solves"}};
    heat_all(*plan, report, progress.interrupted());
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  Output output;
  judge(report, input->origin, output, diagnostics);
  const auto state = report.heat.outcome.state;
  if (state == State::floating || state == State::not_converged) return output;
  if (state == State::solved && !write_files(given, report, diagnostics))
    return refusal(given.has("show") ? message::wrong_arguments : message::cannot_write);
  output.text = report::heat_text(report);
  output.json = json_text(report::heat_json(report));
  return output;
}

}  // namespace

Command heat_command() {
  static const auto arguments = heat_arguments();
  return {.name = "heat",
          .summary = "temperatures, steady or over time, with a proved error, and which limits they break",
          .arguments = arguments,
          .example = "marquetry heat designs/ascend-910.toml --svg ascend-910-heat.svg",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
