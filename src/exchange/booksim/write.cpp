#include "exchange/booksim/write.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "exchange/booksim/anynet.h"
#include "traffic/patterns.h"

namespace marquetry::exchange {
namespace {

// BookSim2 takes a number without a point for a whole one, and refuses it.
std::string real(double value) {
  auto text = exact(value);
  if (text.find_first_of(".eE") == std::string::npos) text += ".0";
  return text;
}

// "hotspot({{5,6},{1,2}})": the spots in the order and the shares in which they stand.
std::string hotspot(const std::vector<std::uint32_t>& spots) {
  std::string names, rates;
  for (std::size_t i = 0; i < spots.size();) {
    std::size_t end = i;
    while (end < spots.size() && spots[end] == spots[i]) ++end;
    names += (i > 0 ? "," : "") + std::to_string(spots[i]);
    rates += (i > 0 ? "," : "") + std::to_string(end - i);
    i = end;
  }
  return "hotspot({{" + names + "},{" + rates + "}})";
}

// The name under which BookSim2 knows the traffic; empty where it knows none like it.
std::string traffic_name(const traffic::Traffic& traffic) {
  if (traffic.kind == traffic::Kind::hotspot) return hotspot(traffic.spots);
  if (traffic.kind == traffic::Kind::uniform) return "uniform";
  if (traffic.kind != traffic::Kind::permutation) return {};
  for (const auto name : {"transpose", "bitcomp", "bitrev", "shuffle"}) {
    std::string why;
    const auto same = traffic::find_pattern(name)->make(traffic.nodes, {.includes_self = true}, why);
    if (same && same->target == traffic.target) return name;
  }
  return {};
}

class Writer {
 public:
  template <class Value>
  void add(std::string_view key, const Value& value) {
    text_ += std::string{key} + " = ";
    if constexpr (std::is_convertible_v<Value, std::string_view>)
      text_ += value;
    else
      text_ += std::to_string(value);
    text_ += ";\n";
  }
  void comment(std::string_view line) {
    text_ += (text_.empty() ? "// " : "\n// ") + std::string{line} + "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_{};
};

std::string_view name_of(routing::Allocator allocator) {
  return allocator == routing::Allocator::islip ? "islip" : "separable_input_first";
}

void write_router(Writer& out, const routing::Router& router) {
  out.comment("The routers.");
  out.add("routing_delay", router.pipeline.routing);
  out.add("vc_alloc_delay", router.pipeline.vc_alloc);
  out.add("sw_alloc_delay", router.pipeline.sw_alloc);
  out.add("st_prepare_delay", router.pipeline.st_prepare);
  out.add("st_final_delay", router.pipeline.st_final);
  out.add("credit_delay", router.pipeline.credit);
  out.add("speculative", router.pipeline.speculative ? 1 : 0);
  out.add("num_vcs", router.vcs);
  out.add("vc_buf_size", router.buffer);
  out.add("vc_allocator", name_of(router.vc_allocator));
  out.add("sw_allocator", name_of(router.sw_allocator));
  out.add("alloc_iters", router.iterations);
  out.add("wait_for_tail_credit", router.wait_for_tail_credit ? 1 : 0);
  out.add("input_speedup", router.input_speedup);
  out.add("output_speedup", router.output_speedup);
}

void write_traffic(Writer& out, const simulate::NetworkCase& network, const SourceSpot& where,
                   Diagnostics& diagnostics) {
  out.comment("The traffic.");
  auto name = traffic_name(network.traffic);
  if (name.empty()) {
    out.comment("Instead of '" + network.traffic.name + "', which BookSim2 does not know.");
    diagnostics.warning(where, "BookSim2 knows no traffic like '" + network.traffic.name +
                                   "': the configuration says uniform");
    name = "uniform";
  } else if (!network.traffic.includes_self && network.traffic.kind != traffic::Kind::hotspot) {
    diagnostics.warning(where, "nodes of BookSim2 send to themselves as to the others");
  }
  out.add("traffic", name);
  out.add("packet_size", network.packet);
  if (network.rate) out.add("injection_rate", real(*network.rate));
  out.add("injection_rate_uses_flits", 1);
}

}  // namespace

BooksimFiles booksim_files(const simulate::NetworkCase& network, const std::string& graph_file,
                           Diagnostics& diagnostics) {
  const SourceSpot where{.file = network.name};
  Writer out;
  out.comment("Start BookSim2 in this folder: it looks for the graph there.");
  out.add("topology", std::string_view{"anynet"});
  out.add("network_file", graph_file);
  out.add("routing_function", std::string_view{"min"});
  if (network.routing != "shortest")
    diagnostics.warning(where,
                        "BookSim2 routes any graph over shortest paths, not by '" + network.routing + "'");
  if (!network.router.of_router.empty())
    diagnostics.warning(where, "BookSim2 has one pipeline for all routers");
  write_router(out, network.router);
  write_traffic(out, network, where, diagnostics);
  const auto& sampling = network.sampling;
  out.comment("The run.");
  out.add("sim_type", std::string_view{"latency"});
  out.add("sample_period", sampling.period);
  out.add("warmup_periods", sampling.warm_up);
  out.add("max_samples", sampling.most_periods);
  out.add("latency_thres", real(sampling.latency_threshold));
  out.add("stopping_thres", real(sampling.change_threshold));
  out.add("acc_stopping_thres", real(sampling.change_threshold));
  out.add("seed", sampling.seed);
  return {out.take(), anynet_text(network.graph, where, diagnostics)};
}

std::vector<std::filesystem::path> write_booksim(const simulate::NetworkCase& network,
                                                 const std::filesystem::path& file,
                                                 Diagnostics& diagnostics) {
  auto graph = file;
  graph.replace_extension(".anynet");
  if (graph == file) {
    diagnostics.error({.file = file.generic_string()}, "the graph is written into a file of that name",
                      "end the name of the configuration otherwise: net.cfg");
    return {};
  }
  const auto name = graph.filename().generic_string();
  // BookSim2 looks for the graph from where it is started, and knows no quotes.
  if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+") !=
      std::string::npos) {
    diagnostics.error({.file = file.generic_string()},
                      "BookSim2 cannot be given the file name '" + name + "'",
                      "take letters, digits, and _ - . +");
    return {};
  }
  for (const auto& fault : topology::faults(network.graph))
    diagnostics.error({.file = network.name}, fault.message, fault.hint);
  if (!diagnostics.ok()) return {};
  const auto files = booksim_files(network, name, diagnostics);
  if (!write_file(graph, files.graph, diagnostics) || !write_file(file, files.configuration, diagnostics))
    return {};
  return {file, graph};
}

}  // namespace marquetry::exchange
