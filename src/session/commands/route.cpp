// route: how packets find their way through a package, what that carries, and whether it can deadlock.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "base/parallel.h"
#include "report/network_json.h"
#include "report/network_svg.h"
#include "report/network_text.h"
#include "report/routing_rows.h"
#include "routing/layers.h"
#include "session/commands/network_synthesis.h"
#include "session/commands/rows.h"
#include "session/progress.h"
#include "traffic/patterns.h"

namespace marquetry {
namespace {

constexpr double usual_seconds = 10, longest_time = 1e6;
// Nodes up to which circles are parted into layers.
constexpr std::size_t most_parted = 600;
constexpr std::uint32_t most_vcs = 64;

const std::vector<Argument>& arguments() {
  static const auto all = [] {
    auto out = network_subject_arguments();
    out.push_back({.name = "time",
                   .kind = ArgumentKind::number,
                   .metavar = "S",
                   .help = "how long to look for the best of all routings, at most; default 10",
                   .unit = "seconds"});
    for (auto& argument : network_synthesis_arguments()) out.push_back(std::move(argument));
    out.push_back({.name = "layers",
                   .kind = ArgumentKind::flag,
                   .help = "part the virtual channels into layers without a circle"});
    out.push_back(
        {.name = "all", .kind = ArgumentKind::flag, .help = "hold every routing that fits against this one"});
    out.push_back({.name = "table", .kind = ArgumentKind::flag, .help = "print the routing's tables"});
    out.push_back(file_argument("svg", "FILE", "draw the network and its loads into this file"));
    return out;
  }();
  return all;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::optional<double> time_limit(const Arguments& given, Diagnostics& diagnostics) {
  const double seconds = given.number("time").value_or(usual_seconds);
  if (seconds > 0 && seconds <= longest_time) return seconds;
  diagnostics.error({.file = "--time"}, fmt::format("must lie above 0, up to {} seconds", longest_time));
  return std::nullopt;
}

struct Chosen {
  routing::Routing routing{};
  std::optional<flow::Optimum> optimum{};
  double optimum_seconds{};
};

// The row, or tables made from the optimum.
std::optional<Chosen> chosen_routing(const NetworkSubject& subject, const std::string& name,
                                     const std::vector<double>& matrix, const report::NetworkEffort& effort,
                                     Diagnostics& diagnostics) {
  const auto& network = subject.network;
  const auto start = std::chrono::steady_clock::now();
  const flow::Options options{.seconds = effort.seconds, .seed = effort.seed, .stop = effort.stop};
  if (name == optimised_routing || name == spread_routing) {
    auto made = optimised_tables(subject, name, options, diagnostics);
    if (!made) return std::nullopt;
    return Chosen{std::move(made->routing), std::move(made->optimum), seconds_since(start)};
  }
  auto routing = subject_routing(subject, name, options, diagnostics);
  if (!routing) return std::nullopt;
  Chosen out{.routing = std::move(*routing)};
  if (network.graph.terminals.size() <= most_optimised && traffic::sends(network.traffic))
    out.optimum = report::network_optimum(network, matrix, effort);
  out.optimum_seconds = seconds_since(start);
  return out;
}

// Layers of virtual channels that part the circles of a table that can deadlock; 0 where it cannot, or is too
// large to look. With --layers the routing is parted so.
std::uint32_t part_circles(const simulate::NetworkCase& network, bool asked, routing::Routing& routing,
                           Diagnostics& diagnostics) {
  const SourceSpot where{.file = "--layers"};
  if (!routing.is_table()) {
    if (asked) diagnostics.error(where, fmt::format("'{}' is a rule, not a table", routing.name));
    return 0;
  }
  if (routing.layers > 1 || network.graph.terminals.size() > most_parted ||
      routing::certify(network.graph, routing).deadlock_free)
    return 0;
  std::string why;
  const auto found = routing::in_layers(network.graph, routing, most_vcs, why);
  if (!found) return 0;
  if (!asked) return found->layers;
  if (auto parted = routing::in_layers(network.graph, routing, network.router.vcs, why))
    routing = std::move(parted->routing);
  else
    diagnostics.error(where, why, fmt::format("--vcs {}", found->layers));
  return found->layers;
}

// Ways that a packet cannot take: to nowhere, or through chiplets that pass nothing on.
bool check_ways(const NetworkSubject& subject, const report::NetworkReport& report,
                const std::vector<double>& matrix, Diagnostics& diagnostics) {
  const SourceSpot where{.file = "--routing"};
  // Tables made for a traffic lead nowhere else.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lost;
  const auto nodes = report.network.graph.terminals.size();
  for (const auto& pair : report.certificate.lost) {
    if (matrix[pair.first * nodes + pair.second] > 0) lost.push_back(pair);
  }
  if (!lost.empty()) {
    const auto [from, to] = lost.front();
    diagnostics.error(
        where,
        fmt::format("'{}' leads no packet from node {} to node {}{}", report.routing.name, from, to,
                    lost.size() > 1 ? fmt::format(", nor between {} more pairs", lost.size() - 1) : ""),
        "'shortest' and 'optimised' reach every node");
    return false;
  }
  if (!subject.chiplets || report.routing.name == chiplet_routing) return true;
  const auto& design = *subject.chiplets;
  for (std::uint32_t c = 0; c < report.loads.size(); ++c) {
    const auto& channel = report.network.graph.channels[c];
    if (design.relays(channel.to)) continue;
    double taken = 0;
    for (const auto& flow : design.traffic) taken += flow.destination == channel.to ? flow.load : 0;
    double arrives = 0;
    for (std::uint32_t other = 0; other < report.loads.size(); ++other)
      arrives += report.network.graph.channels[other].to == channel.to ? report.loads[other] : 0;
    if (arrives <= taken * (1 + 1e-9)) continue;
    diagnostics.error(where,
                      fmt::format("'{}' leads packets through chiplet {}, which does not relay",
                                  report.routing.name, channel.to),
                      "use --routing rapidchiplet");
    return false;
  }
  return true;
}

report::ChipletFigures chiplet_figures(const proxy::Design& design) {
  const auto next = design.next_hop.empty() ? proxy::lowest_next_hops(design) : design.next_hop;
  const auto every = find_preset("rapidchiplet-2023")->quirks();
  report::ChipletFigures out{.theirs = proxy::evaluate(design, next, every),
                             .ours = proxy::evaluate(design, next, {}),
                             .findings = proxy::findings(design)};
  for (std::size_t q = 0; q < quirk_rows.size(); ++q) {
    if (every.has(q)) out.fixes.push_back({quirk_rows[q], proxy::evaluate(design, next, every.without(q))});
  }
  return out;
}

Output nothing_synthesised(const NetworkSynthesis& synthesis) {
  const auto& report = synthesis.report;
  const bool is_proved = report.result.status == synthesis::Status::infeasible;
  return {.status = is_proved ? status::infeasible : status::failed,
          .text = report::synthesis_text(report),
          .json = json_text(nlohmann::ordered_json{{"synthesis", report::synthesis_json(report)}}),
          .message = is_proved ? message::nothing_feasible : Message{}};
}

Output told(const Arguments& given, const report::NetworkReport& report, const std::vector<double>& matrix,
            int threads, const std::optional<NetworkSynthesis>& synthesis) {
  const bool tables = given.has("table");
  auto json = report::network_json(report, tables ? report::Tables::shown : report::Tables::left_out);
  std::vector<report::RoutingRow> rows;
  if (given.has("all")) rows = report::routing_rows(report.network, report.routing, matrix, threads);
  if (!rows.empty()) json["routings"] = report::routing_rows_json(rows);
  if (synthesis) json["synthesis"] = report::synthesis_json(synthesis->report);
  Output output{.text = (synthesis ? report::synthesis_text(synthesis->report) + "\n" : "") +
                        report::network_text(report) +
                        (rows.empty() ? "" : report::routing_rows_text(rows, report.routing.name)) +
                        (tables ? report::tables_text(report) : ""),
                .json = json_text(json)};
  if (report.run.interrupted) {
    output.status = status::failed;
    output.message = message::interrupted;
  }
  return output;
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = time_limit(given, diagnostics);
  if (!seconds) return refusal(message::wrong_arguments);
  std::optional<NetworkSynthesis> synthesis;
  if (given.has("synthesise")) {
    synthesis = read_network_synthesis(session, given, *seconds, diagnostics);
    if (!synthesis) return refusal(message::wrong_input);
    if (!synthesis->subject) return nothing_synthesised(*synthesis);
  }
  const auto subject =
      synthesis ? std::move(synthesis->subject) : read_network_subject(session, given, "route", diagnostics);
  if (!subject) return refusal(message::wrong_input);
  const auto& network = subject->network;
  const auto matrix = traffic::matrix(network.traffic);
  const auto name = routing_name(*subject, given);

  Progress progress{session.options, {.seconds = *seconds, .what = "rounds"}};
  const report::NetworkEffort effort{
      .seconds = *seconds,
      .seed = session.options.seed,
      .threads = session.options.threads > 0 ? session.options.threads : parallel::default_threads(),
      .stop = &progress.interrupted()};
  auto chosen = chosen_routing(*subject, name, matrix, effort, diagnostics);
  const auto layers = chosen ? part_circles(network, given.has("layers"), chosen->routing, diagnostics) : 0;
  if (!diagnostics.ok()) {
    progress.finish();
    return refusal(message::wrong_arguments);
  }
  auto report = report::network_report(network, chosen->routing, matrix, std::move(chosen->optimum), effort);
  progress.finish();
  if (given.has("all") && network.graph.terminals.size() > most_parted) {
    diagnostics.error({.file = "--all"}, fmt::format("is for at most {} nodes", most_parted));
    return refusal(message::wrong_arguments);
  }
  if (!check_ways(*subject, report, matrix, diagnostics)) return refusal(message::wrong_arguments);
  report.fewest_vcs = layers;
  if (subject->chiplets) report.chiplets = chiplet_figures(*subject->chiplets);
  report.run = {
      .optimum_seconds = chosen->optimum_seconds,
      .threads = session.options.threads,
      .interrupted = progress.interrupted() || (subject->design && subject->design->is_interrupted)};

  const auto file = given.one("svg");
  if (!file.empty() && !write_file(file, report::network_svg(report), diagnostics))
    return refusal(message::cannot_write);
  report.run.seconds = seconds_since(begin);
  return told(given, report, matrix, effort.threads, synthesis);
}

}  // namespace

Command route_command() {
  return {.name = "route",
          .summary = "the package's network: what its routing carries, how fast, and whether it can deadlock",
          .arguments = arguments(),
          .example = "marquetry route --topology mesh --size 4x4 --svg mesh.svg",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
