#include "report/network_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/text.h"
#include "report/chiplets_text.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

constexpr std::size_t shown_links = 8, shown_cycle = 12;

std::string count(std::size_t n, const char* one, const char* many) {
  return fmt::format("{} {}", readable(static_cast<double>(n)), n == 1 ? one : many);
}

std::string head(const NetworkReport& report) {
  const auto& network = report.network;
  const auto& graph = network.graph;
  auto out = fmt::format("{}: {}, {}, {}\n", network.name, count(graph.routers, "router", "routers"),
                         count(graph.terminals.size(), "node", "nodes"),
                         count(graph.channels.size() / 2, "link", "links"));
  out += fmt::format("  routing {}, traffic {}, {}, {}\n", report.routing.name, network.traffic.name,
                     count(network.router.vcs, "virtual channel", "virtual channels"),
                     count(network.packet, "flit a packet", "flits a packet"));
  if (report.run.interrupted) out += "  INTERRUPTED: the best so far\n";
  return out;
}

// In flits a node and cycle, and in Gbit/s over all nodes where clock and width are known.
std::string rate_text(const NetworkReport& report, double load) {
  const auto& network = report.network;
  if (!network.cycle_ns || !network.flit_bits) return {};
  return readable(load * *network.flit_bits / *network.cycle_ns);
}

std::string throughput_text(const NetworkReport& report) {
  const bool has_rate = report.network.cycle_ns && report.network.flit_bits;
  Table table{.columns = {Align::left, Align::right, Align::right, Align::left},
              .rows = {{"", "flits", has_rate ? "Gbit/s" : "", ""}}};
  const auto add = [&](const char* words, double load, const std::string& remark) {
    table.rows.push_back({words, fixed(load, 3), rate_text(report, load), remark});
  };
  if (const auto& best = report.optimum) {
    const bool exact = best->proved && best->bound - best->load <= 1e-6 * best->bound;
    const auto remark = exact ? std::string{"proved"}
                        : best->proved
                            ? fmt::format("proved to be within {} % of the best",
                                          readable(100 * (best->bound / best->load - 1)))
                            : fmt::format("no routing carries more than {}", fixed(best->bound, 3));
    add("best of all routings", best->load, remark);
  }
  add("most that this one can carry", report.bound.load, "held by " + bound_name(report));
  if (report.prediction)
    add("where it will saturate", report.prediction->saturation,
        "predicted: queues, credits, virtual channels");
  auto out = "\nthroughput, of each node and cycle\n" + print(table);
  if (const auto left = report.left()) {
    out += *left < 0.005 ? "  the routing leaves nothing on the table\n"
                         : fmt::format("  the routing leaves {:.0f} % on the table\n", 100 * *left);
  }
  return out;
}

std::string latency_text(const NetworkReport& report) {
  const auto& latency = report.latency;
  const auto ns = report.network.cycle_ns;
  Table table{
      .columns = {Align::left, Align::right, Align::right, Align::right},
      .rows = {{"", "least", "mean", "greatest"},
               {"cycles", readable(latency.least), readable(latency.mean), readable(latency.greatest)}}};
  if (ns)
    table.rows.push_back({"ns", readable(latency.least * *ns), readable(latency.mean * *ns),
                          readable(latency.greatest * *ns)});
  return "\nlatency without load\n" + print(table);
}

std::string graph_text(const NetworkReport& report) {
  if (!report.figures) return {};
  const auto& f = *report.figures;
  Table table{.columns = {Align::left, Align::right, Align::left}};
  const auto add = [&](const char* words, double value, const std::string& remark) {
    table.rows.push_back({words, readable(value), remark});
  };
  add("links of a router, at most", f.degree, "");
  add("diameter", f.diameter, "links");
  add("mean distance", f.mean_hops, "links");
  add("bisection", f.bisection.high,
      f.bisection.exact() ? "links" : fmt::format("links; at least {}", f.bisection.low));
  if (!f.bridges.empty()) add("links whose loss parts it", static_cast<double>(f.bridges.size()), "");
  auto out = "\ngraph\n" + print(table);
  if (!f.cuts.empty()) {
    out += "  it falls apart without ";
    for (std::size_t i = 0; i < std::min<std::size_t>(f.cuts.size(), 4); ++i)
      out += fmt::format("{}{}", i > 0 ? ", " : "", topology::router_name(report.network.graph, f.cuts[i]));
    out += f.cuts.size() > 4 ? fmt::format(" or any of {} more\n", f.cuts.size() - 4) : "\n";
  }
  return out;
}

// Of what is carried now, at most all: a lost die takes its traffic with it, so that others may seem to gain.
std::string failure_text(const char* what, const std::vector<synthesis::Outcome>& all,
                         const synthesis::Summary& summary, double intact) {
  if (all.empty()) return {};
  const auto share = [&](const synthesis::Outcome& outcome) {
    return std::min(1.0, outcome.rerouted.load / intact);
  };
  double mean = 0;
  for (const auto& outcome : all) mean += share(outcome) / static_cast<double>(all.size());
  const auto& worst = all[summary.which];
  auto out =
      fmt::format("  without any one {} {} % in the mean, {}: {}\n", what, fixed(100 * mean, 0), worst.name,
                  summary.worst > 0 ? fixed(100 * share(worst), 0) + " %" : "some are cut off");
  if (summary.deadlocks > 0)
    out += fmt::format("    routed anew by the same rule it can deadlock in {} of {} cases\n",
                       summary.deadlocks, all.size());
  return out;
}

std::string resilience_text(const NetworkReport& report) {
  const auto& r = report.resilience;
  if (!r || !(r->intact.rerouted.load > 0) || std::isinf(r->intact.rerouted.load)) return {};
  const double intact = r->intact.rerouted.load;
  return fmt::format("\nafter a failure, over shortest ways, of the {} that they carry now\n",
                     fixed(intact, 3)) +
         failure_text("link", r->links, r->of_links, intact) +
         failure_text("die", r->dies, r->of_dies, intact);
}

std::string deadlock_text(const NetworkReport& report) {
  const auto& certificate = report.certificate;
  const auto& graph = report.network.graph;
  if (certificate.deadlock_free) {
    const auto layers = report.routing.layers > 1 ? fmt::format(" in {} layers", report.routing.layers) : "";
    return fmt::format("\ndeadlock: free, proved by an order of {}{}{}\n",
                       count(certificate.order.size(), "virtual channel", "virtual channels"), layers,
                       certificate.by_escape ? " of the escape network" : "");
  }
  auto out = fmt::format("\ndeadlock: CAN deadlock, {} wait for each other in a circle\n",
                         count(certificate.cycle.size(), "virtual channel", "virtual channels"));
  const auto shown = std::min(shown_cycle, certificate.cycle.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& [channel, vc] = certificate.cycle[i];
    out += fmt::format("  {}, virtual channel {}\n", channel_name(graph, channel), vc);
  }
  if (shown < certificate.cycle.size())
    out += fmt::format("  ... and {} more\n", certificate.cycle.size() - shown);
  if (report.fewest_vcs > 1)
    out += fmt::format("  {} virtual channels in as many layers part all circles: --layers\n",
                       report.fewest_vcs);
  return out;
}

std::string links_text(const NetworkReport& report) {
  const auto& graph = report.network.graph;
  if (graph.channels.empty()) return {};
  const bool has_length = std::ranges::any_of(graph.channels, [](const auto& c) { return c.length > 0; });
  const bool has_width = std::ranges::any_of(graph.channels, [](const auto& c) { return c.width != 1; });
  Table table{.columns = {Align::left, Align::right, Align::right},
              .rows = {{"", "used", "cycles"}, {"", "%", ""}}};
  const auto column = [&](const char* name, const char* unit) {
    table.columns.push_back(Align::right);
    table.rows[0].emplace_back(name);
    table.rows[1].emplace_back(unit);
  };
  if (has_width) column("width", "flits");
  if (has_length) column("length", "mm");
  const auto order = fullest(report);
  for (std::size_t i = 0; i < std::min(shown_links, order.size()); ++i) {
    const auto& channel = graph.channels[order[i]];
    table.rows.push_back({channel_name(graph, order[i]), fixed(100 * report.use(order[i]), 0),
                          fmt::format("{}", channel.latency)});
    if (has_width) table.rows.back().push_back(significant(channel.width, 3));
    if (has_length) table.rows.back().push_back(readable(channel.length));
  }
  const double mean = std::transform_reduce(order.begin(), order.end(), 0.0, std::plus{},
                                            [&](auto c) { return report.use(c); }) /
                      static_cast<double>(order.size());
  return fmt::format("\nfullest links at that load; all together {:.0f} %\n", 100 * mean) + print(table);
}

}  // namespace

std::string network_text(const NetworkReport& report) {
  auto out = head(report);
  if (report.chiplets) out += chiplets_text(*report.chiplets);
  out += throughput_text(report) + latency_text(report) + graph_text(report) + deadlock_text(report) +
         resilience_text(report) + links_text(report);
  if (!report.network.notes.empty()) out += "\n";
  for (const auto& note : report.network.notes) out += "note: " + note + "\n";
  return out;
}

std::string tables_text(const NetworkReport& report) {
  const auto& routing = report.routing;
  const auto& graph = report.network.graph;
  if (!routing.is_table()) return "\nthe routing is a rule, not a table\n";
  const auto ports = topology::ports(graph);
  const auto nodes = graph.terminals.size();
  std::string out;
  const auto rows = (routing.begin.size() - 1) / std::max<std::size_t>(1, nodes);
  for (std::size_t row = 0; row < rows; ++row) {
    const bool by_router = routing.key == routing::Key::router;
    const auto channels = graph.channels.size();
    const auto router = by_router        ? static_cast<std::uint32_t>(row)
                        : row < channels ? graph.channels[row].to
                                         : graph.terminals[row - channels].router;
    out += by_router
               ? fmt::format("\nrouter {}\n", topology::router_name(graph, router))
               : fmt::format("\nrouter {}, {}\n", topology::router_name(graph, router),
                             row < channels ? "from " + topology::router_name(graph, graph.channels[row].from)
                                            : fmt::format("from node {}", row - channels));
    Table table{.columns = {Align::right, Align::right, Align::left}, .rows = {{"node", "port", "next"}}};
    for (std::size_t node = 0; node < nodes; ++node) {
      for (auto w = routing.begin[row * nodes + node]; w < routing.begin[row * nodes + node + 1]; ++w) {
        const auto& way = routing.ways[w];
        const auto leads = ports.out_of(router)[way.port];
        auto next = leads < channels ? topology::router_name(graph, graph.channels[leads].to)
                                     : fmt::format("node {}", leads - channels);
        if (routing.begin[row * nodes + node + 1] - routing.begin[row * nodes + node] > 1)
          next += fmt::format(", {:.1f} %", 100 * way.weight);
        table.rows.push_back({fmt::format("{}", node), fmt::format("{}", way.port), next});
      }
    }
    if (table.rows.size() > 1) out += print(table);
  }
  return out;
}

}  // namespace marquetry::report
