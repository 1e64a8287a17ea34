// deliver: what the supply of each die loses between its regulators and the die, and what breaks its limit.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "config/json.h"
#include "exchange/delivery_case.h"
#include "refine/supply.h"
#include "report/delivery.h"
#include "session/commands/design_input.h"
#include "session/commands/placed_design.h"
#include "session/commands/rows.h"
#include "session/messages.h"
#include "session/progress.h"

namespace marquetry {
namespace {

const std::array arguments{
    subject_argument("a design file"),
    file_argument("case", "FILE.json", "supply nets in neutral JSON instead"),
    set_argument(),
    Argument{.name = "delivery",
             .kind = ArgumentKind::name,
             .metavar = "NAME",
             .help = "a row of the library's deliveries: where the regulators are",
             .fallback = "board-12v"},
    Argument{.name = "grid",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "cells along the longer side of a design's package",
             .fallback = "64"},
    Argument{.name = "steps",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "moves of the placer, for a design",
             .fallback = "100000"},
    file_argument("svg", "FILE", "draw the drop of the dies into this file"),
};

struct DeliverInput {
  delivery::Case nets{};
  report::DeliveryRun run{};
};

std::optional<DeliverInput> placed_input(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto cells = given.count("grid").value_or(0);
  if (cells < 4 || cells > 512)
    diagnostics.error({.file = "--grid"}, fmt::format("{} cells: from 4 to 512 are possible", cells));
  const auto input = read_design_input(session, given, diagnostics);
  if (input == nullptr) return std::nullopt;
  const auto& prepared = input->prepared;
  const auto* row = find(prepared.library->deliveries, given.one("delivery"));
  if (row == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& delivery : prepared.library->deliveries) names.push_back(delivery.id);
    diagnostics.error({.file = "--delivery"}, fmt::format("no delivery '{}'", given.one("delivery")),
                      suggest(given.one("delivery"), names));
  }
  const auto choice = single_choice(input->design, diagnostics);
  if (!choice || !diagnostics.ok()) return std::nullopt;
  const auto system = compose(prepared, *choice);
  const auto analytic = evaluate(system, prepared.models);
  const auto placed = place_design(session, prepared, *choice, system, analytic,
                                   given.count("steps").value_or(0), diagnostics);
  if (!placed) return std::nullopt;
  const auto& refined = placed->refined;
  const auto placed_system = marquetry::placed(system, refined.physical);
  const auto powers = evaluate(system, refined.physical, analytic, prepared.models);
  DeliverInput out{.nets = refine::supply_case(prepared, *choice, placed_system, powers, refined.package,
                                               refined.layout, *row, static_cast<std::size_t>(cells)),
                   .run = {.delivery = row->id, .interrupted = placed->is_interrupted}};
  if (out.nets.nets.empty())
    diagnostics.error({.file = input->design.file}, "no die draws power: there is nothing to deliver",
                      "give a die modules, or 'power'");
  for (const auto& net : out.nets.nets)
    for (const auto& fault : delivery::faults(out.nets.plane, net))
      diagnostics.error({.file = input->design.file}, fault.message,
                        "a finer --grid may tell its cells apart");
  if (!diagnostics.ok()) return std::nullopt;
  return out;
}

std::optional<DeliverInput> read_input(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (given.has("design") == given.has("case")) {
    diagnostics.error(
        {.file = "deliver"},
        given.has("case") ? "both a design and --case are given" : "nothing is given to deliver",
        "give DESIGN or --case FILE.json");
    return std::nullopt;
  }
  if (given.has("design")) return placed_input(session, given, diagnostics);
  const auto root = parse_json_file(given.one("case"), diagnostics);
  if (!root) return std::nullopt;
  auto nets = exchange::read_delivery_case(*root, diagnostics);
  if (!nets) return std::nullopt;
  return DeliverInput{.nets = std::move(*nets)};
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  auto input = read_input(session, given, diagnostics);
  if (!input) return refusal(message::wrong_input);
  Progress progress{session.options, {.what = "nets"}};
  const auto report = delivery::deliver(input->nets, {.stop = &progress.interrupted()});
  progress.finish();
  if (given.has("design")) input->run.package = refine::lost_in_package(report);
  input->run.interrupted = input->run.interrupted || progress.interrupted();
  Output output{.text = report::delivery_text(input->nets, report, input->run),
                .json = json_text(report::delivery_json(input->nets, report, input->run))};
  const auto file = given.one("svg");
  if (!file.empty() &&
      !write_file(file, report::field_svg(report::drop_map(input->nets, report)), diagnostics))
    return refusal(message::cannot_write);
  if (input->run.interrupted) {
    output.status = status::failed;
    output.message = message::interrupted;
  } else if (!report.is_solved()) {
    output.status = status::failed;
    output.message = message::not_converged;
  } else if (!report.violations.empty()) {
    output.status = status::infeasible;
    output.message = message::nothing_feasible;
  }
  return output;
}

}  // namespace

Command deliver_command() {
  return {.name = "deliver",
          .summary = "voltage drop of each die, currents of bumps and vias, losses and decoupling",
          .arguments = arguments,
          .example = "marquetry deliver designs/ascend-910.toml --svg drop.svg",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
