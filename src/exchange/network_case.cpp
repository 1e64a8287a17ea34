#include "exchange/network_case.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "config/json.h"
#include "exchange/network_parts.h"
#include "routing/routings.h"

namespace marquetry::exchange {
namespace {

// What a published comparison found: no input.
constexpr std::array<std::string_view, 4> results{"zero_load", "saturation", "overload", "curve"};

routing::Pipeline read_pipeline(Fields& fields, const routing::Pipeline& usual) {
  constexpr std::uint32_t longest_stage = 1000;
  routing::Pipeline out{.routing = fields.count_or("routing_delay", usual.routing, 0, longest_stage),
                        .vc_alloc = fields.count_or("vc_alloc_delay", usual.vc_alloc, 1, longest_stage),
                        .sw_alloc = fields.count_or("sw_alloc_delay", usual.sw_alloc, 1, longest_stage),
                        .st_prepare = fields.count_or("st_prepare_delay", usual.st_prepare, 0, longest_stage),
                        .st_final = fields.count_or("st_final_delay", usual.st_final, 0, longest_stage),
                        .credit = fields.count_or("credit_delay", usual.credit, 0, longest_stage),
                        .speculative = fields.flag_or("speculative", usual.speculative)};
  if (out.st_prepare + out.st_final == 0) {
    const auto* node = fields.optional("st_final_delay");
    fields.diagnostics().error(node == nullptr ? name_spot(fields.table()) : node->where,
                               fields.what() + ": nothing crosses a switch in no time",
                               "give 'st_final_delay' at least 1 cycle");
    out.st_final = 1;
  }
  return out;
}

routing::Allocator read_allocator(Fields& fields, std::string_view key) {
  constexpr std::array<std::string_view, 2> names{"islip", "separable_input_first"};
  const auto name = fields.text_or(key, names[0]);
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<routing::Allocator>(found - names.begin());
  fields.diagnostics().error(fields.optional(key)->where, "no allocator '" + name + "'",
                             suggest(name, {names.begin(), names.end()}));
  return {};
}

void read_pipelines(Fields& fields, std::uint32_t routers, routing::Router& router) {
  std::set<std::uint32_t> seen;
  for (const auto& item : fields.items("pipelines")) {
    Fields one{item, "a pipeline", fields.diagnostics()};
    const auto* which = one.required("router", "whose pipeline it is");
    if (which == nullptr) continue;
    const auto number = one.checked_count(*which, "router", 0, routers - 1);
    if (router.of_router.empty()) router.of_router.assign(routers, router.pipeline);
    router.of_router[number] = read_pipeline(one, router.pipeline);
    one.reject_unknown_keys();
    if (!seen.insert(number).second)
      fields.diagnostics().error(which->where,
                                 "router " + std::to_string(number) + " has two pipelines: keep one");
  }
}

// Settings that a case may state, but only in the one way that is simulated.
void check_fixed(Fields& fields) {
  const auto* speedup = fields.optional("internal_speedup");
  if (speedup != nullptr && fields.checked(*speedup, "internal_speedup", 0, 1e6) != 1)
    fields.diagnostics().error(speedup->where, "an internal speedup of other than 1 is not simulated",
                               "take input_speedup instead");
  if (const auto priority = fields.text_or("priority", "none"); priority != "none")
    fields.diagnostics().error(fields.optional("priority")->where,
                               "packets of different priority are not simulated", "set it to \"none\"");
}

// By our name, or by BookSim2's for its topology.
std::string read_routing(Fields& network) {
  const auto usual = simulate::NetworkCase{}.routing;
  const auto name = network.text_or("routing", usual);
  const auto* row = routing::find(name);
  if (row == nullptr) row = routing::find_booksim(name, network.text_or("topology", ""));
  if (row != nullptr) return std::string{row->name};
  std::vector<std::string_view> names;
  for (const auto& known : routing::rows()) names.push_back(known.name);
  network.diagnostics().error(network.optional("routing")->where, "no routing '" + name + "'",
                              suggest(name, names));
  return usual;
}

// BookSim2's k, n and nodes of a router in x.
NodeGrid node_grid(Fields& network) {
  const auto k = network.count_or("k", 0, 1, most_routers), n = network.count_or("n", 0, 1, 32);
  const auto c = network.count_or("c", 1, 1, most_nodes);
  const auto side = static_cast<std::uint32_t>(std::lround(std::sqrt(c)));
  return n > 0 ? NodeGrid{k * side, n} : NodeGrid{};
}

std::optional<simulate::NetworkCase> read_parts(Fields& top, const std::filesystem::path& folder) {
  auto& diagnostics = top.diagnostics();
  simulate::NetworkCase made;
  made.name = top.text_or("case", top.text_or("name", "case"));
  const auto* network_node = top.required("network", "the graph: topology, size, links");
  if (network_node == nullptr) return std::nullopt;
  Fields network{*network_node, "'network'", diagnostics};
  auto graph = read_graph(network);
  made.routing = read_routing(network);
  if (!graph) return std::nullopt;
  network.reject_unknown_keys();
  made.graph = std::move(*graph);
  if (made.graph.name.empty()) made.graph.name = made.name;
  const auto nodes = static_cast<std::uint32_t>(made.graph.terminals.size());
  if (const auto* given = top.optional("nodes");
      given != nullptr && top.checked_count(*given, "nodes", 1, most_nodes) != nodes)
    diagnostics.error(given->where, "the case says " + quoted(*given) + " nodes, but its network has " +
                                        std::to_string(nodes));

  if (const auto* pattern = top.optional("traffic")) {
    Fields traffic{*pattern, "'traffic'", diagnostics};
    if (auto read = read_traffic(traffic, nodes, node_grid(network), folder)) made.traffic = std::move(*read);
  } else {
    made.traffic = {.kind = traffic::Kind::uniform, .nodes = nodes, .includes_self = true};
  }

  const Node nothing = empty_table();
  const auto* router = top.optional("router");
  Fields routers{router == nullptr ? nothing : *router, "'router'", diagnostics};
  made.router = read_router(routers, made.graph.routers);
  const auto* simulation = top.optional("simulation");
  Fields sampling{simulation == nullptr ? nothing : *simulation, "'simulation'", diagnostics};
  made.sampling = read_sampling(sampling);

  made.packet = top.count_or("packet_size_flits", 1, 1, longest_packet);
  if (const auto* rate = top.optional("rate")) made.rate = top.checked(*rate, "rate", 0, 1);
  if (const auto* cycle = top.optional("cycle_ns"))
    made.cycle_ns = top.checked(*cycle, "cycle_ns", 1e-6, 1e6);
  if (const auto* bits = top.optional("flit_bits")) made.flit_bits = top.checked(*bits, "flit_bits", 1, 1e9);
  for (const auto& note : top.items("notes"))
    if (note.kind == NodeKind::text) made.notes.push_back(note.text);
  for (const auto key : results) top.optional(key);
  top.reject_unknown_keys();
  check_buffers(made, router == nullptr ? name_spot(top.table()) : name_spot(*router), diagnostics);
  return made;
}

}  // namespace

routing::Router read_router(Fields& fields, std::uint32_t routers) {
  routing::Router out;
  out.pipeline = read_pipeline(fields, out.pipeline);
  out.vcs = fields.count_or("num_vcs", out.vcs, 1, most_vcs);
  out.buffer = fields.count_or("vc_buf_size", out.buffer, 1, deepest_buffer);
  out.vc_allocator = read_allocator(fields, "vc_allocator");
  out.sw_allocator = read_allocator(fields, "sw_allocator");
  out.iterations = fields.count_or("alloc_iters", out.iterations, 1, 64);
  out.wait_for_tail_credit = fields.flag_or("wait_for_tail_credit", false);
  out.input_speedup = fields.count_or("input_speedup", 1, 1, 64);
  out.output_speedup = fields.count_or("output_speedup", 1, 1, 64);
  check_fixed(fields);
  read_pipelines(fields, routers, out);
  fields.reject_unknown_keys();
  return out;
}

simulate::Sampling read_sampling(Fields& fields) {
  simulate::Sampling out;
  fields.text_or("injection", "");  // in words: Bernoulli, flits a node and cycle
  out.period = fields.count_or("sample_period_cycles", out.period, 1, 100'000'000);
  out.warm_up = fields.count_or("warmup_periods", out.warm_up, 0, 100'000);
  out.most_periods = fields.count_or("max_samples", out.most_periods, 1, 100'000);
  out.latency_threshold = fields.number_or("latency_threshold_cycles", out.latency_threshold, 1, 1e12);
  out.change_threshold = fields.number_or("change_threshold", out.change_threshold, 0, 1);
  out.seed = fields.count_or("seed", 1, 0, 1u << 31);
  if (out.most_periods <= out.warm_up)
    fields.diagnostics().error(name_spot(fields.table()),
                               "'max_samples' must be more than the 'warmup_periods', which it includes");
  fields.reject_unknown_keys();
  return out;
}

std::optional<simulate::NetworkCase> read_network_case(const Node& root, const std::filesystem::path& folder,
                                                       Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  Fields top{root, "the case", diagnostics};
  if (!root.is_table()) return std::nullopt;
  auto made = read_parts(top, folder);
  if (diagnostics.errors() > before) return std::nullopt;
  return made;
}

std::optional<simulate::NetworkCase> load_network_case(const std::filesystem::path& file,
                                                       Diagnostics& diagnostics) {
  const auto root = parse_json_file(file, diagnostics);
  return root ? read_network_case(*root, file.parent_path(), diagnostics) : std::nullopt;
}

}  // namespace marquetry::exchange
