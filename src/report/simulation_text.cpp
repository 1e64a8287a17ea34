#include <fmt/format.h>

#include <algorithm>

#include "report/network_report.h"
#include "report/simulation.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

constexpr std::size_t shown_channels = 5, listed_nodes = 16;

std::string plural(std::size_t n, std::string_view word) {
  return fmt::format("{} {}{}", n, word, n == 1 ? "" : "s");
}

std::string head(const SimulationReport& report) {
  const auto& network = report.network;
  return fmt::format("{}: {}, {}, {}\n  {} routing, {} traffic, packets of {}, {} of {} a port{}\n",
                     network.name, plural(network.graph.routers, "router"),
                     plural(network.graph.terminals.size(), "node"),
                     plural(network.graph.channels.size(), "channel"), report.routing.name, report.traffic,
                     plural(network.packet, "flit"), plural(network.router.vcs, "virtual channel"),
                     plural(network.router.buffer, "flit"),
                     report.model == simulate::Model::booksim2 ? ", as BookSim2 draws" : "");
}

std::string with_ns(const SimulationReport& report, double cycles) {
  if (!report.network.cycle_ns) return {};
  return fmt::format("{} ns", readable(cycles * *report.network.cycle_ns));
}

std::string hottest_text(const topology::Graph& graph, const std::vector<double>& use) {
  const auto channels = hottest(graph, use, shown_channels);
  if (channels.empty()) return {};
  Table table{.columns = {Align::left, Align::right, Align::left}};
  for (const auto c : channels)
    table.rows.push_back({channel_name(graph, c),
                          fmt::format("{:.0f}", 100 * use[c] / graph.channels[c].width), "% of its width"});
  return "  fullest channels\n" + print(table, "    ");
}

std::string result_text(const SimulationReport& report, const simulate::Result& result) {
  auto out = fmt::format("  {} at an offered load of {} flits a node and cycle\n", state_name(result.state),
                         readable(result.offered));
  // What it is called stands there already.
  std::string_view why = result.why;
  if (why.starts_with(state_name(result.state)))
    why.remove_prefix(std::min(why.size(), state_name(result.state).size() + 2));
  if (!why.empty()) out += fmt::format("  {}\n", why);
  if (result.state == simulate::State::refused || result.state == simulate::State::unreachable) return out;
  Table table{.columns = {Align::left, Align::right, Align::left, Align::left}};
  const auto add = [&](std::string words, double value, std::string unit, std::string more = {}) {
    table.rows.push_back({std::move(words), readable(value), std::move(unit), std::move(more)});
  };
  if (result.packets > 0) {
    auto more = with_ns(report, result.latency);
    if (result.half_width > 0)
      more = fmt::format("+- {} cycles{}{}", readable(result.half_width), more.empty() ? "" : ", ", more);
    add("latency, mean", result.latency, "cycles", more);
    add("  in the network", result.network_latency, "cycles");
    if (result.p99 > 0) add("  99 of 100 packets within", result.p99, "cycles");
    add("  without load", report.zero_load_mean, "cycles");
    add("routers on the way, mean", result.hops, "");
  }
  add("accepted", result.accepted, "flits a node and cycle");
  add("bound of the channels", report.bound.load, "flits a node and cycle");
  return out + print(table) + hottest_text(report.network.graph, result.channel_use);
}

// Why a load counts as too much.
std::string remark(const SimulationReport& report, const simulate::Result& point) {
  if (point.state != simulate::State::stable) return std::string{state_name(point.state)};
  return point.latency > 3 * report.zero_load_mean ? "more than 3 times that without load" : "";
}

std::string saturation_text(const SimulationReport& report, const simulate::Saturation& saturation) {
  std::string out;
  if (saturation.high >= 1) {
    out = fmt::format("  does not saturate up to {} flits a node and cycle\n", readable(saturation.low));
  } else {
    out = fmt::format(
        "  saturates between {:.4f} and {:.4f} flits a node and cycle; its channels would carry {}\n",
        saturation.low, saturation.high, readable(report.bound.load));
  }
  Table table{.columns = {Align::right, Align::right, Align::right, Align::left},
              .rows = {{"offered", "accepted", "latency", ""}}};
  for (const auto& point : saturation.curve)
    table.rows.push_back({fmt::format("{:.4f}", point.offered), fmt::format("{:.4f}", point.accepted),
                          point.packets > 0 ? readable(point.latency) : "-", remark(report, point)});
  out += print(table);
  if (const auto sketch = latency_sketch(saturation.curve, report.zero_load_mean); !sketch.empty())
    out += "  latency in cycles over the offered load; x: too much\n" + sketch +
           fmt::format("{:>10}{:>56}\n", 0, fmt::format("{:.3f}", saturation.curve.back().offered));
  return out;
}

std::string exchange_text(const SimulationReport& report, const ExchangeFigures& exchange) {
  const auto& completion = exchange.completion;
  if (completion.state != simulate::State::stable)
    return fmt::format("  {}: {}\n  {}\n", exchange.name, state_name(completion.state), completion.why);
  auto out = fmt::format("  {}: {} of {} in all\n", exchange.name, plural(exchange.messages, "message"),
                         plural(exchange.flits, "flit"));
  Table table{.columns = {Align::left, Align::right, Align::left, Align::left}};
  const auto cycles = static_cast<double>(completion.cycles);
  table.rows.push_back({"complete after", readable(cycles), "cycles", with_ns(report, cycles)});
  table.rows.push_back({"at the least", readable(static_cast<double>(exchange.least())), "cycles",
                        exchange.bound.critical_path >= exchange.bound.busiest_node
                            ? "each message alone, one after the other"
                            : "the flits of the busiest node"});
  table.rows.push_back({"flits of the fullest channel", readable(exchange.bound.busiest_channel), "cycles",
                        exchange.bound.channel < report.network.graph.channels.size()
                            ? channel_name(report.network.graph, exchange.bound.channel)
                            : ""});
  return out + print(table) + hottest_text(report.network.graph, completion.channel_use);
}

std::string zero_load_text(const SimulationReport& report) {
  const auto& graph = report.network.graph;
  const auto nodes = graph.terminals.size();
  auto out =
      fmt::format("  without load {} cycles in the mean of the traffic\n", readable(report.zero_load_mean));
  if (nodes > listed_nodes) return out + fmt::format("  {} x {} pairs: see --json\n", nodes, nodes);
  Table table{.columns = std::vector<Align>(nodes + 1, Align::right)};
  table.rows.push_back({"from"});
  for (std::size_t d = 0; d < nodes; ++d) table.rows[0].push_back(fmt::format("to {}", d));
  for (std::size_t s = 0; s < nodes; ++s) {
    table.rows.push_back({fmt::format("{}", s)});
    for (std::size_t d = 0; d < nodes; ++d) {
      const auto cycles = report.zero_load[s * nodes + d];
      table.rows.back().push_back(cycles == topology::none ? "-" : std::to_string(cycles));
    }
  }
  return out + print(table);
}

}  // namespace

std::string simulation_text(const SimulationReport& report) {
  auto out = head(report);
  if (report.result) out += result_text(report, *report.result);
  if (report.exchange) out += exchange_text(report, *report.exchange);
  if (report.lists_zero_load) out += zero_load_text(report);
  if (report.saturation) out += saturation_text(report, *report.saturation);
  out += fmt::format("  {}: {}\n", report.certificate.deadlock_free ? "cannot deadlock" : "CAN DEADLOCK",
                     routing::text(report.network.graph, report.certificate));
  for (const auto& note : report.network.notes) out += "  note: " + note + "\n";
  return out + fmt::format("  {} cycles in {:.2f} s\n", readable(static_cast<double>(report.run.cycles)),
                           report.run.seconds);
}

}  // namespace marquetry::report
