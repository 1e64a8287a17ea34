#include "session/commands/network_synthesis.h"

#include "base/parallel.h"
#include "synthesis/read.h"

namespace marquetry {

std::vector<Argument> network_synthesis_arguments() {
  return {
      file_argument("synthesise", "FILE.json", "choose the links of these dies first (docs/synthesis.md)"),
      {.name = "steps",
       .kind = ArgumentKind::count,
       .metavar = "N",
       .help = "moves of each search for links: the same bytes where --time does not end them"},
      {.name = "front",
       .kind = ArgumentKind::flag,
       .help = "with --synthesise: also the trade-offs of throughput, latency, cost, resilience"}};
}

std::optional<NetworkSynthesis> read_network_synthesis(Session& session, const Arguments& given,
                                                       double seconds, Diagnostics& diagnostics) {
  const auto file = given.one("synthesise");
  for (const auto* name : {"case", "booksim", "rapidchiplet", "topology"}) {
    if (given.has(name))
      diagnostics.error({.file = "marquetry route"},
                        "give one network: --synthesise, or --" + std::string{name});
  }
  auto problem = synthesis::load_problem(file, diagnostics);
  if (!problem || !diagnostics.ok()) return std::nullopt;
  NetworkSynthesis out{.report = {.problem = std::move(*problem)}};
  const auto& dies = out.report.problem;
  const auto& options = session.options;
  Progress progress{options, {.seconds = seconds, .what = "seconds"}};
  const synthesis::Options effort{
      .seconds = seconds,
      .steps = given.count("steps").value_or(0),
      .seed = options.seed,
      .threads = options.threads > 0 ? options.threads : parallel::default_threads(),
      .stop = &progress.interrupted()};
  out.report.result = synthesis::synthesise(dies, effort);
  const auto& result = out.report.result;
  if (result.links.empty()) return out;
  if (given.has("front"))
    out.report.front =
        synthesis::front(dies, {.throughput = 1, .latency = 1, .cost = 1, .resilience = 1}, effort);
  NetworkSubject subject{.origin = file};
  auto& network = subject.network;
  network.name = dies.name.empty() ? file : dies.name;
  network.graph = synthesis::graph(dies, result.links);
  network.traffic = {.name = "as synthesised for",
                     .kind = traffic::Kind::matrix,
                     .nodes = static_cast<std::uint32_t>(dies.dies.size()),
                     .weights = dies.traffic};
  network.router.pipeline = dies.router;
  network.packet = dies.packet;
  complete_network_subject(given, subject, diagnostics);
  if (!diagnostics.ok()) return std::nullopt;
  out.subject = std::move(subject);
  return out;
}

}  // namespace marquetry
