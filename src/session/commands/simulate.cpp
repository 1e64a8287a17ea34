// simulate: the network cycle by cycle: latency and what it accepts, where it saturates, how long collectives
// and traces take, and why a point fails.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "base/parallel.h"
#include "report/simulation.h"
#include "session/commands/network_subject.h"
#include "session/commands/rows.h"
#include "session/progress.h"
#include "traffic/collectives.h"
#include "traffic/trace.h"

namespace marquetry {
namespace {

using simulate::State;

constexpr std::array<std::string_view, 2> presets{"default", "booksim2"};
constexpr double usual_rate = 0.1;  // flits a node and cycle, as BookSim2 takes where nothing is said
constexpr double longest_time = 1e6;

std::vector<Argument> simulate_arguments() {
  auto out = network_subject_arguments();
  const std::vector<Argument> own{
      {.name = "rate",
       .kind = ArgumentKind::number,
       .metavar = "R",
       .help = "offered load; the file's, else 0.1",
       .unit = "flits a node and cycle"},
      {.name = "saturation", .kind = ArgumentKind::flag, .help = "find the load at which it saturates"},
      {.name = "zero-load", .kind = ArgumentKind::flag, .help = "list the latency of each pair without load"},
      {.name = "collective",
       .kind = ArgumentKind::name,
       .metavar = "NAME",
       .help = "how long an operation of all nodes takes: all-reduce, all-to-all ..."},
      {.name = "flits", .kind = ArgumentKind::count, .metavar = "N", .help = "of its whole vector"},
      {.name = "bytes",
       .kind = ArgumentKind::count,
       .metavar = "N",
       .help = "the same, where the width of a flit is known"},
      file_argument("trace", "FILE.csv", "how long messages take that wait for each other"),
      {.name = "preset",
       .kind = ArgumentKind::choice,
       .metavar = "P",
       .help = "booksim2: draw for draw as BookSim2; the default with --booksim",
       .choices = presets},
      {.name = "time",
       .kind = ArgumentKind::number,
       .metavar = "S",
       .help = "end by then, with what there is",
       .unit = "seconds"},
      {.name = "cycles", .kind = ArgumentKind::count, .metavar = "N", .help = "simulate at most so many"}};
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

// What is to be done, once all arguments are checked.
struct Plan {
  std::optional<double> rate{};
  bool saturation{}, zero_load{};
  std::optional<traffic::Messages> messages{};
  std::vector<std::string> names{};  // of a trace's messages
  simulate::Options options{};
  double seconds{};  // 0: no limit
};

std::optional<std::uint64_t> flits_of(const simulate::NetworkCase& network, const Arguments& given,
                                      Diagnostics& diagnostics) {
  if (given.has("flits") && given.has("bytes")) {
    diagnostics.error({.file = "--bytes"}, "give --flits or --bytes, not both");
    return std::nullopt;
  }
  constexpr std::uint64_t most = 1'000'000'000;
  const char* name = given.has("bytes") ? "--bytes" : "--flits";
  auto flits = given.count("flits");
  if (const auto bytes = given.count("bytes")) {
    if (!network.flit_bits) {
      diagnostics.error({.file = name}, "it is not known how many bits a flit has",
                        "give --flits, or 'flit_bits' in the case");
      return std::nullopt;
    }
    flits = static_cast<std::uint64_t>(std::ceil(static_cast<double>(*bytes) * 8 / *network.flit_bits));
  }
  if (!flits) {
    diagnostics.error({.file = "--collective"}, "how large is its vector?",
                      "for example --flits 1024, or --bytes 65536");
    return std::nullopt;
  }
  if (*flits >= 1 && *flits <= most) return flits;
  diagnostics.error({.file = name}, fmt::format("must make 1 to {} flits, not {}", most, *flits));
  return std::nullopt;
}

void plan_messages(const simulate::NetworkCase& network, const Arguments& given, Plan& plan,
                   Diagnostics& diagnostics) {
  const auto nodes = static_cast<std::uint32_t>(network.graph.terminals.size());
  if (given.has("collective") && given.has("trace"))
    diagnostics.error({.file = "--trace"}, "give --collective or --trace, not both");
  for (const auto* size : {"flits", "bytes"})
    if (given.has(size) && !given.has("collective"))
      diagnostics.error({.file = fmt::format("--{}", size)}, "belongs to --collective");
  if (!diagnostics.ok()) return;
  if (given.has("trace")) {
    auto trace = traffic::read_trace(given.one("trace"), nodes, diagnostics);
    if (!trace) return;
    plan.messages = std::move(trace->messages);
    plan.messages->name = given.one("trace");
    plan.names = std::move(trace->names);
  } else if (given.has("collective")) {
    const auto name = given.one("collective");
    const auto* row = traffic::find_collective(name);
    if (row == nullptr) {
      std::vector<std::string_view> names;
      for (const auto& known : traffic::collectives()) names.push_back(known.name);
      diagnostics.error({.file = "--collective"}, fmt::format("no collective operation '{}'", name),
                        suggest(name, names));
      return;
    }
    const auto flits = flits_of(network, given, diagnostics);
    if (!flits) return;
    std::vector<std::uint32_t> order(nodes);
    for (std::uint32_t n = 0; n < nodes; ++n) order[n] = n;
    std::string why;
    plan.messages = row->make(order, *flits, why);
    if (!plan.messages) diagnostics.error({.file = "--collective"}, why);
  }
}

std::optional<Plan> plan_of(const NetworkSubject& subject, const Arguments& given, bool is_booksim,
                            Diagnostics& diagnostics) {
  Plan plan{.saturation = given.has("saturation"), .zero_load = given.has("zero-load")};
  plan_messages(subject.network, given, plan, diagnostics);
  const bool asks_else = plan.saturation || plan.zero_load || given.has("collective") || given.has("trace");
  plan.rate = given.has("rate") ? given.number("rate") : subject.network.rate;
  if (!plan.rate && !asks_else) plan.rate = usual_rate;
  // Messages have the network for themselves.
  if (plan.messages && !given.has("rate")) plan.rate.reset();
  if (plan.messages && plan.rate)
    diagnostics.error({.file = "--rate"}, "messages that wait for each other have no rate", "leave it out");
  if (given.has("rate") && plan.rate && !(*plan.rate > 0 && *plan.rate <= 1)) {
    diagnostics.error({.file = "--rate"},
                      fmt::format("{} is no load: it lies above 0 and at most at 1", *plan.rate),
                      "a node sends at most one flit a cycle");
  } else if (plan.rate && !(*plan.rate > 0)) {
    diagnostics.error({.file = subject.origin}, "at a rate of 0 nothing is sent",
                      "give another one: --rate 0.1");
  }
  const bool booksim = given.has("preset") ? given.one("preset") == "booksim2" : is_booksim;
  plan.options = {.model = booksim ? simulate::Model::booksim2 : simulate::Model::standard,
                  .rate = plan.rate.value_or(0),
                  .measures_throughput = subject.measures_throughput};
  if (const auto cycles = given.count("cycles")) {
    plan.options.most_cycles = *cycles;
    if (*cycles == 0) diagnostics.error({.file = "--cycles"}, "must be 1 or more");
  }
  if (const auto time = given.number("time")) {
    plan.seconds = *time;
    if (!(*time > 0 && *time <= longest_time))
      diagnostics.error({.file = "--time"}, "must be above 0, in seconds", "for example --time 10");
  }
  if (!diagnostics.ok()) return std::nullopt;
  return plan;
}

void simulate_all(Plan plan, const simulate::NetworkCase& network, const routing::Routing& routing,
                  report::SimulationReport& report) {
  if (plan.rate) {
    report.result = simulate::simulate(network, routing, plan.options);
    report.run.cycles += report.result->cycles;
  }
  if (plan.messages) {
    report::ExchangeFigures figures{.name = plan.messages->name, .messages = plan.messages->messages.size()};
    for (const auto& m : plan.messages->messages) figures.flits += m.flits;
    figures.completion = simulate::simulate(network, routing, *plan.messages, plan.options);
    figures.bound = simulate::message_bound(network, routing, *plan.messages);
    figures.names = std::move(plan.names);
    report.run.cycles += figures.completion.cycles;
    report.exchange = std::move(figures);
  }
  if (plan.saturation) {
    report.saturation = simulate::saturation(network, routing, plan.options, 0.005, report.run.threads);
    for (const auto& point : report.saturation->curve) report.run.cycles += point.cycles;
  }
}

// The load itself may have come to its end before the search for others was cut short.
bool is_cut_short(const report::SimulationReport& report) {
  if (report.state() == State::interrupted) return true;
  return report.saturation && std::ranges::any_of(report.saturation->curve, [](const auto& point) {
           return point.state == State::interrupted;
         });
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  auto subject = read_network_subject(session, given, "simulate", diagnostics);
  if (!subject) return refusal(message::wrong_input);
  if (given.has("seed")) subject->network.sampling.seed = session.options.seed;
  auto plan = plan_of(*subject, given, given.has("booksim"), diagnostics);
  if (!plan) return refusal(message::wrong_arguments);
  flow::Options effort{.seed = session.options.seed};
  if (plan->seconds > 0) effort.seconds = std::min(effort.seconds, plan->seconds);
  const auto routing = subject_routing(*subject, routing_name(*subject, given), effort, diagnostics);
  if (!routing) return refusal(message::wrong_arguments);

  const auto begin = std::chrono::steady_clock::now();
  auto report = report::simulation_report(subject->network, *routing, plan->options.model);
  report.lists_zero_load = plan->zero_load;
  report.run.threads = session.options.threads > 0 ? session.options.threads : parallel::default_threads();
  {
    Progress progress{session.options,
                      {.seconds = plan->seconds, .what = "cycles", .stops = plan->seconds > 0}};
    plan->options.stop = &progress.interrupted();
    simulate_all(std::move(*plan), subject->network, *routing, report);
  }
  report.run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

  Output output{.text = report::simulation_text(report), .json = json_text(report::simulation_json(report))};
  if (is_cut_short(report)) {
    output.status = status::failed;
    output.message = message::interrupted;
  } else if (report.state() == State::refused) {
    const auto why = report.exchange ? report.exchange->completion.why
                     : report.result ? report.result->why
                                     : report.saturation->curve.front().why;
    diagnostics.error({.file = subject->origin}, why);
    return refusal(message::wrong_input);
  }
  return output;
}

}  // namespace

Command simulate_command() {
  static const auto arguments = simulate_arguments();
  return {.name = "simulate",
          .summary = "the network cycle by cycle: latency, saturation, collectives, and why a point fails",
          .arguments = arguments,
          .example = "marquetry simulate --topology mesh --size 4x4 --rate 0.3 --saturation",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
