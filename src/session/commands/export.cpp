// export: a network, a stack to heat, or a package, into the files of another tool.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "exchange/formats.h"
#include "session/commands/assembly_input.h"
#include "session/commands/heat_input.h"
#include "session/commands/network_subject.h"
#include "session/commands/rows.h"
#include "thermal/heat.h"

namespace marquetry {
namespace {

std::vector<Argument> export_arguments() {
  static const std::string format_help =
      fmt::format("whose files they shall be: {}", fmt::join(exchange::export_format_names(), ", "));
  std::vector<Argument> out{{.name = "format",
                             .kind = ArgumentKind::name,
                             .metavar = "FORMAT",
                             .help = format_help,
                             .positional = true,
                             .need = Need::required,
                             .of = NameOf::export_format}};
  for (const auto& argument : network_subject_arguments()) out.push_back(argument);
  // What says what is heated, where it is not there already.
  for (const auto& argument : heat_input_arguments()) {
    const auto same = [&](const auto& other) { return other.name == argument.name; };
    if (std::ranges::none_of(out, same)) out.push_back(argument);
  }
  out.push_back({.name = "steps",
                 .kind = ArgumentKind::count,
                 .metavar = "N",
                 .help = "moves of the placer, for a package of dies; 100000 unless given"});
  out.push_back({.name = "out",
                 .kind = ArgumentKind::file,
                 .metavar = "FILE",
                 .help = "the file to write",
                 .need = Need::required,
                 .letter = "o"});
  return out;
}

using Files = std::vector<std::filesystem::path>;

Output written(const Files& files, nlohmann::ordered_json json, const Diagnostics& diagnostics) {
  json["files"] = nlohmann::ordered_json::array();
  json["warnings"] = nlohmann::ordered_json::array();
  std::string text;
  for (const auto& file : files) {
    json["files"].push_back(file.generic_string());
    text += fmt::format("{}: written\n", file.generic_string());
  }
  for (const auto& d : diagnostics.all())
    if (d.severity == Severity::warning)
      json["warnings"].push_back(render({d.severity, d.where, d.message, {}}));
  return {.text = text, .json = json_text(json)};
}

// The files of others have no leakage: it becomes power, that of the temperatures at which it rests.
void settle_leakage(thermal::HeatCase& heat) {
  auto& layers = heat.stack.layers;
  const auto leaks = [](const thermal::Layer& layer) {
    return std::ranges::any_of(layer.blocks, [](const auto& block) { return block.leakage.power > 0; });
  };
  if (std::ranges::none_of(layers, leaks)) return;
  const auto at_rest = thermal::steady(heat.stack, heat.settings);
  if (at_rest.outcome.state != conduction::State::solved) return;
  for (const auto& t : at_rest.blocks) {
    auto& block = layers[t.layer].blocks[t.block];
    const auto& [power, slope, reference] = block.leakage;
    block.power += power * std::exp(slope * (t.mean - reference));
    block.leakage = {};
  }
}

Output export_heat(const exchange::HeatExportFormat& format, Session& session, const Arguments& given,
                   Diagnostics& diagnostics) {
  auto input = read_heat_input(session, given, "export", diagnostics);
  if (!input) return refusal(message::wrong_input);
  settle_leakage(input->heat);
  const auto files = format.write(input->heat, given.one("out"), diagnostics);
  if (files.empty()) return refusal(message::cannot_write);
  return written(files,
                 {{"format", format.name},
                  {"stack", input->heat.stack.name},
                  {"layers", input->heat.stack.layers.size()}},
                 diagnostics);
}

std::size_t bumps_of(const assembly::Assembly& package) {
  std::size_t bumps = 0;
  for (const auto& instance : package.instances)
    for (const auto& region : package.chiplets[instance.chiplet].regions) bumps += region.bumps.size();
  return bumps;
}

Output export_assembly(const exchange::AssemblyExportFormat& format, Session& session, const Arguments& given,
                       Diagnostics& diagnostics) {
  const auto package = read_assembly_input(session, given, diagnostics);
  if (!package) return refusal(message::wrong_input);
  const auto files = format.write(*package, given.one("out"), diagnostics);
  if (files.empty()) return refusal(message::cannot_write);
  return written(files,
                 {{"format", format.name},
                  {"package", package->name},
                  {"chiplets", package->chiplets.size()},
                  {"instances", package->instances.size()},
                  {"bumps", bumps_of(*package)},
                  {"nets", package->nets.size()}},
                 diagnostics);
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  if (const auto* package = exchange::find_assembly_export_format(given.one("format")))
    return export_assembly(*package, session, given, diagnostics);
  if (const auto* heat = exchange::find_heat_export_format(given.one("format")))
    return export_heat(*heat, session, given, diagnostics);
  const auto* format = exchange::find_export_format(given.one("format"));
  if (format == nullptr) {
    diagnostics.error({.file = "marquetry export"}, fmt::format("no format '{}'", given.one("format")),
                      suggest(given.one("format"), exchange::export_format_names()));
    return refusal(message::wrong_arguments);
  }
  auto subject = read_network_subject(session, given, "export", diagnostics);
  if (!subject) return refusal(message::wrong_input);
  subject->network.routing = routing_name(*subject, given);
  const auto files = format->write(subject->network, given.one("out"), diagnostics);
  if (files.empty()) return refusal(message::cannot_write);

  return written(files,
                 {{"format", format->name},
                  {"network", subject->network.name},
                  {"routers", subject->network.graph.routers},
                  {"nodes", subject->network.graph.terminals.size()}},
                 diagnostics);
}

}  // namespace

Command export_command() {
  static const auto arguments = export_arguments();
  return {.name = "export",
          .summary = "a network, a stack to heat, or a package, into the files of another tool",
          .arguments = arguments,
          .example = "marquetry export booksim --topology mesh --size 4x4 -o mesh.cfg",
          .run = run};
}

}  // namespace marquetry
