#include "session/commands/network_subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "config/json.h"
#include "config/parse.h"
#include "exchange/booksim/read.h"
#include "exchange/network_case.h"
#include "exchange/rapidchiplet/read.h"
#include "proxy/network.h"
#include "session/documents.h"
#include "topology/generators.h"
#include "traffic/patterns.h"

namespace marquetry {
namespace {

using Subject = std::optional<NetworkSubject>;

std::vector<std::string_view> names_of(const auto& rows) {
  std::vector<std::string_view> out;
  for (const auto& row : rows) out.push_back(row.name);
  return out;
}

Subject of_chiplets(std::optional<proxy::Design> design, const std::string& file) {
  if (!design) return std::nullopt;
  NetworkSubject out{.network = proxy::network_case(*design, {}), .origin = file};
  out.network.routing = chiplet_routing;
  out.network.notes.insert(out.network.notes.begin(), design->notes.begin(), design->notes.end());
  out.chiplets = std::move(design);
  return out;
}

Subject of_case(const std::string& file, Diagnostics& diagnostics) {
  const auto root = parse_json_file(file, diagnostics);
  if (!root) return std::nullopt;
  if (exchange::is_rapidchiplet_case(*root))
    return of_chiplets(exchange::read_rapidchiplet_case(*root, diagnostics), file);
  auto network = exchange::read_network_case(*root, std::filesystem::path{file}.parent_path(), diagnostics);
  if (!network) return std::nullopt;
  return NetworkSubject{.network = std::move(*network), .origin = file};
}

Subject of_booksim(const std::string& file, Diagnostics& diagnostics) {
  auto run = exchange::load_booksim(file, diagnostics);
  if (!run) return std::nullopt;
  return NetworkSubject{
      .network = std::move(run->network), .measures_throughput = run->measures_throughput, .origin = file};
}

Subject of_design(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto file = given.one("design");
  const auto root = read_document(session, given, diagnostics);
  if (!root || !is_design_of_dies(*root, diagnostics)) return std::nullopt;
  refine::NetworkOptions options;
  if (const auto vcs = given.count("vcs")) options.router.vcs = static_cast<std::uint32_t>(*vcs);
  auto input = read_network_input(session, given, *root, options, network_steps, diagnostics);
  if (input == nullptr) return std::nullopt;
  NetworkSubject out{.network = input->package.network, .origin = file};
  out.design = std::move(input);
  return out;
}

// "37", "4x6" or "4^3".
std::optional<topology::Size> read_size(const std::string& text, Diagnostics& diagnostics) {
  topology::Size size;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size.routers);
  if (error == std::errc{} && stop == end && size.routers > 0) return size;
  if (error == std::errc{} && stop != end && (*stop == 'x' || *stop == '^') && size.routers > 0) {
    auto& first = *stop == 'x' ? size.rows : size.k;
    auto& second = *stop == 'x' ? size.columns : size.n;
    first = std::exchange(size.routers, 0);
    const auto [last, fault] = std::from_chars(stop + 1, end, second);
    if (fault == std::errc{} && last == end && second > 0) return size;
  }
  diagnostics.error(
      {.file = "--size"}, fmt::format("'{}' is no size", text),
      "give a number of dies, rows x columns, or radix ^ dimensions: --size 37, --size 4x6, --size 4^3");
  return std::nullopt;
}

Subject of_topology(const Arguments& given, Diagnostics& diagnostics) {
  const auto name = given.one("topology");
  const auto* row = topology::find_generator(name);
  if (row == nullptr) {
    diagnostics.error({.file = "--topology"}, fmt::format("no topology '{}'", name),
                      suggest(name, names_of(topology::generators())));
    return std::nullopt;
  }
  if (!given.has("size")) {
    diagnostics.error({.file = "--topology"}, fmt::format("how large is the {}?", name),
                      fmt::format("--topology {} --size 16", name));
    return std::nullopt;
  }
  const auto size = read_size(given.one("size"), diagnostics);
  if (!size) return std::nullopt;
  std::string why;
  auto graph = row->build(*size, why);
  if (!graph) {
    diagnostics.error({.file = "--size"}, fmt::format("no {} of {}: {}", name, given.one("size"), why));
    return std::nullopt;
  }
  NetworkSubject out{.origin = "--topology", .is_topology = true};
  out.network.graph = std::move(*graph);
  out.network.name = fmt::format("{} {}", name, given.one("size"));
  out.network.routing.clear();
  const auto nodes = static_cast<std::uint32_t>(out.network.graph.terminals.size());
  out.network.traffic = {.kind = traffic::Kind::uniform, .nodes = nodes, .includes_self = true};
  return out;
}

// "3,5,9"
std::vector<std::uint32_t> read_spots(const std::string& text, std::uint32_t nodes,
                                      Diagnostics& diagnostics) {
  std::vector<std::uint32_t> out;
  for (const char* at = text.data(); at < text.data() + text.size();) {
    std::uint32_t node = 0;
    const auto [stop, error] = std::from_chars(at, text.data() + text.size(), node);
    const bool ends = stop == text.data() + text.size() || *stop == ',';
    if (error != std::errc{} || !ends || node >= nodes) {
      diagnostics.error({.file = "--spots"},
                        fmt::format("'{}' must be a list of nodes from 0 to {}", text, nodes - 1),
                        "for example --spots 0,5");
      return {};
    }
    out.push_back(node);
    at = stop + 1;
  }
  return out;
}

void set_traffic(const Arguments& given, simulate::NetworkCase& network, Diagnostics& diagnostics) {
  if (!given.has("traffic")) {
    if (given.has("spots"))
      diagnostics.error({.file = "--spots"}, "belongs to --traffic hotspot or background");
    return;
  }
  const auto name = given.one("traffic");
  const auto* row = traffic::find_pattern(name);
  if (row == nullptr)
    return diagnostics.error({.file = "--traffic"}, fmt::format("no pattern of traffic '{}'", name),
                             suggest(name, names_of(traffic::patterns())));
  const auto nodes = static_cast<std::uint32_t>(network.graph.terminals.size());
  traffic::PatternArguments arguments{.includes_self = network.traffic.includes_self};
  if (given.has("spots")) arguments.spots = read_spots(given.one("spots"), nodes, diagnostics);
  if (const auto seed = given.count("seed")) arguments.seed = *seed;
  if (!diagnostics.ok()) return;
  std::string why;
  auto made = row->make(nodes, arguments, why);
  if (made)
    network.traffic = std::move(*made);
  else
    diagnostics.error({.file = "--traffic"},
                      fmt::format("'{}' does not fit these {} nodes: {}", name, nodes, why));
}

void set_count(const Arguments& given, std::string_view name, std::uint32_t most, std::uint32_t& field,
               Diagnostics& diagnostics) {
  const auto value = given.count(name);
  if (!value) return;
  if (*value >= 1 && *value <= most)
    field = static_cast<std::uint32_t>(*value);
  else
    diagnostics.error({.file = fmt::format("--{}", name)}, fmt::format("must lie between 1 and {}", most));
}

}  // namespace

void complete_network_subject(const Arguments& given, NetworkSubject& subject, Diagnostics& diagnostics) {
  const auto faults = topology::faults(subject.network.graph);
  for (const auto& fault : faults) diagnostics.error({.file = subject.origin}, fault.message, fault.hint);
  set_count(given, "vcs", 64, subject.network.router.vcs, diagnostics);
  set_count(given, "packet", 4096, subject.network.packet, diagnostics);
  if (faults.empty()) set_traffic(given, subject.network, diagnostics);
}

std::vector<Argument> network_subject_arguments() {
  return {
      subject_argument("a design of dies, which is placed first"),
      file_argument("case", "FILE.json", "a network in neutral JSON instead"),
      file_argument("booksim", "CONFIG", "a configuration of BookSim2 instead"),
      file_argument("rapidchiplet", "FILE.json", "a design.json of RapidChiplet instead"),
      {.name = "topology",
       .kind = ArgumentKind::name,
       .metavar = "NAME",
       .help = "a topology by name instead",
       .of = NameOf::topology},
      {.name = "size",
       .kind = ArgumentKind::text,
       .metavar = "N|RxC|K^N",
       .help = "of the topology: dies, rows and columns, or radix and dimensions (levels of a tree)"},
      set_argument(),
      {.name = "routing",
       .kind = ArgumentKind::name,
       .metavar = "NAME",
       .help = "how packets find their way",
       .of = NameOf::routing},
      {.name = "traffic",
       .kind = ArgumentKind::name,
       .metavar = "NAME",
       .help = "who sends to whom",
       .of = NameOf::traffic},
      {.name = "spots",
       .kind = ArgumentKind::text,
       .metavar = "N,N",
       .help = "the nodes of --traffic hotspot"},
      {.name = "vcs", .kind = ArgumentKind::count, .metavar = "N", .help = "virtual channels of each port"},
      {.name = "packet", .kind = ArgumentKind::count, .metavar = "N", .help = "flits of a packet"}};
}

Subject read_network_subject(Session& session, const Arguments& given, std::string_view command,
                             Diagnostics& diagnostics) {
  const SourceSpot where{.file = fmt::format("marquetry {}", command)};
  const bool of_session = given.has(from_session);
  const bool has_design = given.has("design");
  int named = 0;
  for (const auto* name : {"case", "booksim", "rapidchiplet", "topology"}) named += given.has(name);
  if (named + (has_design && !of_session) > 1) {
    diagnostics.error(where, "give one network: a DESIGN, --case, --booksim, --rapidchiplet or --topology");
    return std::nullopt;
  }
  if (given.has("size") && !given.has("topology"))
    diagnostics.error({.file = "--size"}, "belongs to --topology");
  Subject subject;
  if (given.has("case")) {
    subject = of_case(given.one("case"), diagnostics);
  } else if (given.has("booksim")) {
    subject = of_booksim(given.one("booksim"), diagnostics);
  } else if (given.has("rapidchiplet")) {
    const auto file = given.one("rapidchiplet");
    subject = of_chiplets(exchange::read_rapidchiplet(file, diagnostics), file);
  } else if (given.has("topology")) {
    subject = of_topology(given, diagnostics);
  } else if (has_design) {
    subject = of_design(session, given, diagnostics);
  } else {
    diagnostics.error(where, "no network: give a DESIGN, --case FILE.json, or --topology NAME --size N",
                      fmt::format("see 'marquetry {} --help'", command));
  }
  // Tables and traffic grow with the square: about a gigabyte at this size.
  constexpr std::size_t most_nodes = 4096;
  if (const auto nodes = subject ? subject->network.graph.terminals.size() : 0; nodes > most_nodes)
    diagnostics.error({.file = given.has("topology") ? "--size" : subject->origin},
                      fmt::format("{} nodes are more than can be looked at: at most {}", nodes, most_nodes));
  else if (subject)
    complete_network_subject(given, *subject, diagnostics);
  return subject && diagnostics.ok() ? std::move(subject) : std::nullopt;
}

}  // namespace marquetry
