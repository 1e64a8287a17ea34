#include "report/network_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/chiplets_text.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? Json(*value) : Json(nullptr);
}

std::optional<double> in_ns(const NetworkReport& report, double cycles) {
  const auto ns = report.network.cycle_ns;
  return ns ? std::optional{cycles * *ns} : std::nullopt;
}

// Of the halving that cuts fewest links, all of them at the mean width.
std::optional<double> bisection_rate(const NetworkReport& report) {
  const auto& network = report.network;
  if (!report.figures || !network.cycle_ns || !network.flit_bits) return std::nullopt;
  const auto& side = report.figures->bisection.side;
  double width = 0;
  for (const auto& channel : network.graph.channels) {
    const bool cut = side.empty() ? false : side[channel.from] != side[channel.to];
    width += cut ? channel.width / 2 : 0;
  }
  if (side.empty()) {
    for (const auto& channel : network.graph.channels)
      width += channel.width / static_cast<double>(network.graph.channels.size());
    width *= report.figures->bisection.high;
  }
  return width * *network.flit_bits / *network.cycle_ns;
}

Json summary_json(const NetworkReport& report) {
  const double carried = report.prediction ? report.prediction->saturation : report.bound.load;
  return {{"latency_ns", number_or_null(in_ns(report, report.latency.mean))},
          {"bisection_gbit_s", number_or_null(bisection_rate(report))},
          {"throughput_fraction", number_or_null(carried)},
          {"deadlock_free", report.certificate.deadlock_free}};
}

Json topology_json(const NetworkReport& report) {
  const auto& graph = report.network.graph;
  Json out{{"name", graph.name},
           {"routers", graph.routers},
           {"nodes", graph.terminals.size()},
           {"links", graph.channels.size() / 2}};
  if (const auto& f = report.figures) {
    out["degree"] = f->degree;
    out["diameter"] = f->diameter;
    out["mean_hops"] = f->mean_hops;
    out["bisection_links"] = f->bisection.high;
    out["bisection_at_least"] = f->bisection.low;
    out["connectivity"] = f->connectivity;
    auto cuts = Json::array();
    for (const auto router : f->cuts) cuts.push_back(topology::router_name(graph, router));
    out["articulation_points"] = cuts;
    out["bridges"] = f->bridges;
  }
  return out;
}

Json latency_json(const LatencySpread& latency, double factor) {
  return {{"least", latency.least * factor},
          {"mean", latency.mean * factor},
          {"greatest", latency.greatest * factor}};
}

Json throughput_json(const NetworkReport& report) {
  Json out{{"channel_bound", number_or_null(report.bound.load)}, {"held_by", bound_name(report)}};
  if (const auto& best = report.optimum) {
    out["optimum"] = best->load;
    out["optimum_at_most"] = best->bound;
    out["proved"] = best->proved;
    out["left_on_the_table"] = number_or_null(report.left());
  }
  if (report.prediction) out["predicted_saturation"] = number_or_null(report.prediction->saturation);
  return out;
}

Json virtual_channels_json(const topology::Graph& graph, const std::vector<routing::VirtualChannel>& all) {
  auto out = Json::array();
  for (const auto& [channel, vc] : all)
    out.push_back({{"from", topology::router_name(graph, graph.channels[channel].from)},
                   {"to", topology::router_name(graph, graph.channels[channel].to)},
                   {"channel", channel},
                   {"vc", vc}});
  return out;
}

Json deadlock_json(const NetworkReport& report, Tables tables) {
  const auto& certificate = report.certificate;
  Json out{{"free", certificate.deadlock_free},
           {"by_escape", certificate.by_escape},
           {"dependencies", certificate.dependencies},
           {"cycle", virtual_channels_json(report.network.graph, certificate.cycle)}};
  if (report.fewest_vcs > 0) out["fewest_vcs"] = report.fewest_vcs;
  if (tables == Tables::shown) out["order"] = virtual_channels_json(report.network.graph, certificate.order);
  return out;
}

Json failures_json(const std::vector<synthesis::Outcome>& all, const synthesis::Summary& summary) {
  if (all.empty()) return nullptr;
  return {{"cases", all.size()},
          {"worst", number_or_null(summary.worst)},
          {"worst_case", all[summary.which].name},
          {"mean", number_or_null(summary.mean)},
          {"deadlocks", summary.deadlocks}};
}

Json resilience_json(const NetworkReport& report) {
  const auto& r = report.resilience;
  if (!r) return nullptr;
  auto points = Json::array();
  for (const auto router : r->articulation)
    points.push_back(topology::router_name(report.network.graph, router));
  return {{"intact", number_or_null(r->intact.rerouted.load)},
          {"link_lost", failures_json(r->links, r->of_links)},
          {"die_lost", failures_json(r->dies, r->of_dies)},
          {"articulation_points", points},
          {"bridges", r->bridges}};
}

// One for each direction.
Json channels_json(const NetworkReport& report) {
  const auto& graph = report.network.graph;
  auto out = Json::array();
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    const auto& channel = graph.channels[c];
    Json row{{"from", topology::router_name(graph, channel.from)},
             {"to", topology::router_name(graph, channel.to)},
             {"latency_cycles", channel.latency},
             {"width", channel.width},
             {"load", report.loads[c]},
             {"used", number_or_null(report.use(c))}};
    if (channel.length > 0) row["length_mm"] = channel.length;
    out.push_back(std::move(row));
  }
  return out;
}

// By row and node: [port, share] of each way.
Json tables_json(const routing::Routing& routing, std::size_t nodes) {
  auto out = Json::array();
  const auto rows = nodes == 0 ? 0 : (routing.begin.size() - 1) / nodes;
  for (std::size_t row = 0; row < rows; ++row) {
    auto line = Json::array();
    for (std::size_t node = 0; node < nodes; ++node) {
      auto ways = Json::array();
      for (auto w = routing.begin[row * nodes + node]; w < routing.begin[row * nodes + node + 1]; ++w)
        ways.push_back({routing.ways[w].port, routing.ways[w].weight});
      line.push_back(std::move(ways));
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace

Json network_json(const NetworkReport& report, Tables tables) {
  const auto& network = report.network;
  Json out{{"design", network.name},
           {"network", summary_json(report)},
           {"topology", topology_json(report)},
           {"routing",
            {{"name", report.routing.name}, {"vcs", report.routing.vcs}, {"layers", report.routing.layers}}},
           {"traffic", network.traffic.name},
           {"packet_flits", network.packet},
           {"throughput", throughput_json(report)},
           {"latency_cycles", latency_json(report.latency, 1)},
           {"latency_ns", network.cycle_ns ? latency_json(report.latency, *network.cycle_ns) : Json(nullptr)},
           {"deadlock", deadlock_json(report, tables)},
           {"resilience", resilience_json(report)},
           {"channels", channels_json(report)}};
  if (tables == Tables::shown && report.routing.is_table()) {
    out["table_key"] = report.routing.key == routing::Key::router ? "router" : "input";
    out["table"] = tables_json(report.routing, network.graph.terminals.size());
  }
  if (report.chiplets) out["rapidchiplet"] = chiplets_json(*report.chiplets);
  out["notes"] = network.notes;
  out["run"] = {{"seconds", report.run.seconds},
                {"optimum_seconds", report.run.optimum_seconds},
                {"threads", report.run.threads},
                {"interrupted", report.run.interrupted}};
  return out;
}

}  // namespace marquetry::report
