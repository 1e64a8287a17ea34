#include <cmath>
#include <nlohmann/json.hpp>

#include "report/network_report.h"
#include "report/simulation.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t shown_channels = 8;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json channel_json(const topology::Graph& graph, std::uint32_t channel) {
  const auto& c = graph.channels[channel];
  return {{"from", topology::router_name(graph, c.from)},
          {"to", topology::router_name(graph, c.to)},
          {"channel", channel}};
}

Json circle_json(const topology::Graph& graph, const std::vector<routing::VirtualChannel>& circle) {
  auto out = Json::array();
  for (const auto& [channel, vc] : circle) {
    out.push_back(channel_json(graph, channel));
    out.back()["vc"] = vc;
  }
  return out;
}

Json hottest_json(const topology::Graph& graph, const std::vector<double>& use) {
  auto out = Json::array();
  for (const auto c : hottest(graph, use, shown_channels)) {
    out.push_back(channel_json(graph, c));
    out.back()["flits_a_cycle"] = use[c];
    out.back()["share_of_width"] = use[c] / graph.channels[c].width;
  }
  return out;
}

Json network_json(const SimulationReport& report) {
  const auto& network = report.network;
  const bool booksim = report.model == simulate::Model::booksim2;
  return {{"name", network.name},
          {"routers", network.graph.routers},
          {"nodes", network.graph.terminals.size()},
          {"channels", network.graph.channels.size()},
          {"routing", report.routing.name},
          {"traffic", report.traffic},
          {"packet_flits", network.packet},
          {"vcs", network.router.vcs},
          {"buffer_flits", network.router.buffer},
          {"preset", booksim ? "booksim2" : "default"},
          {"seed", network.sampling.seed}};
}

// The keys of one offered load stand at the top: a program that asks for one load finds them there.
void add_result(Json& out, const SimulationReport& report, const simulate::Result& result) {
  out["latency_cycles"] = number(result.latency);
  out["network_latency_cycles"] = number(result.network_latency);
  out["accepted"] = result.accepted;
  out["offered"] = result.offered;
  out["routers_visited"] = number(result.hops);
  out["half_width_cycles"] = number(result.half_width);
  out["p99_cycles"] = number(result.p99);
  out["packets"] = result.packets;
  if (report.network.cycle_ns) out["latency_ns"] = number(result.latency * *report.network.cycle_ns);
  out["hottest"] = hottest_json(report.network.graph, result.channel_use);
  if (!result.circle.empty()) out["circle"] = circle_json(report.network.graph, result.circle);
  if (!result.full.empty()) {
    auto full = Json::array();
    const auto& graph = report.network.graph;
    for (const auto c : result.full)
      full.push_back(c < graph.channels.size() ? channel_name(graph, c)
                                               : "node " + std::to_string(c - graph.channels.size()));
    out["full"] = std::move(full);
  }
}

Json zero_load_json(const SimulationReport& report) {
  const auto nodes = report.network.graph.terminals.size();
  auto out = Json::array();
  for (std::size_t s = 0; s < nodes; ++s) {
    auto row = Json::array();
    for (std::size_t d = 0; d < nodes; ++d) {
      const auto cycles = report.zero_load[s * nodes + d];
      row.push_back(cycles == topology::none ? Json(nullptr) : Json(cycles));
    }
    out.push_back(std::move(row));
  }
  return out;
}

Json curve_json(const simulate::Saturation& saturation) {
  auto out = Json::array();
  for (const auto& point : saturation.curve)
    out.push_back({{"offered", point.offered},
                   {"accepted", point.accepted},
                   {"latency_cycles", number(point.latency)},
                   {"network_latency_cycles", number(point.network_latency)},
                   {"state", state_name(point.state)}});
  return out;
}

Json exchange_json(const SimulationReport& report, const ExchangeFigures& exchange) {
  Json out{{"name", exchange.name},
           {"messages", exchange.messages},
           {"flits", exchange.flits},
           {"cycles", exchange.completion.cycles},
           {"at_least_cycles", exchange.least()},
           {"critical_path_cycles", exchange.bound.critical_path},
           {"busiest_node_flits", exchange.bound.busiest_node},
           {"busiest_channel_cycles", exchange.bound.busiest_channel}};
  if (report.network.cycle_ns)
    out["ns"] = static_cast<double>(exchange.completion.cycles) * *report.network.cycle_ns;
  if (exchange.bound.channel < report.network.graph.channels.size())
    out["busiest_channel"] = channel_name(report.network.graph, exchange.bound.channel);
  out["hottest"] = hottest_json(report.network.graph, exchange.completion.channel_use);
  if (!exchange.completion.circle.empty())
    out["circle"] = circle_json(report.network.graph, exchange.completion.circle);
  if (!exchange.names.empty() && exchange.completion.arrival.size() == exchange.names.size()) {
    Json arrival = Json::object();
    for (std::size_t i = 0; i < exchange.names.size(); ++i)
      arrival[exchange.names[i]] = exchange.completion.arrival[i];
    if (exchange.completion.state == simulate::State::stable) out["arrival_cycles"] = std::move(arrival);
  }
  return out;
}

}  // namespace

Json simulation_json(const SimulationReport& report) {
  Json out{{"network", network_json(report)}};
  if (report.result) add_result(out, report, *report.result);
  out["state"] = state_name(report.state());
  const auto why = report.result && !report.result->why.empty() ? report.result->why
                   : report.exchange                            ? report.exchange->completion.why
                                                                : std::string{};
  if (!why.empty()) out["why"] = why;
  out["zero_load_mean_cycles"] = report.zero_load_mean;
  if (report.lists_zero_load) out["zero_load_cycles"] = zero_load_json(report);
  out["channel_bound"] = number(report.bound.load);
  if (report.saturation) {
    out["saturation"] = {report.saturation->low, report.saturation->high};
    out["curve"] = curve_json(*report.saturation);
  }
  if (report.exchange) out["exchange"] = exchange_json(report, *report.exchange);
  out["deadlock_free"] = report.certificate.deadlock_free;
  if (!report.certificate.cycle.empty())
    out["dependency_circle"] = circle_json(report.network.graph, report.certificate.cycle);
  if (!report.network.notes.empty()) out["notes"] = report.network.notes;
  out["run"] = {
      {"cycles", report.run.cycles}, {"seconds", report.run.seconds}, {"threads", report.run.threads}};
  return out;
}

}  // namespace marquetry::report
