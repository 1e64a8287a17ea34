#include "report/routing_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/parallel.h"
#include "base/text.h"
#include "contention/contention.h"
#include "report/network_report.h"
#include "report/table.h"
#include "routing/routings.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

void judge(const simulate::NetworkCase& network, const routing::Routing& routing,
           const std::vector<double>& matrix, RoutingRow& row) {
  const auto& graph = network.graph;
  const auto certificate = routing::certify(graph, routing);
  const auto nodes = graph.terminals.size();
  for (const auto& [from, to] : certificate.lost) {
    if (matrix[from * nodes + to] <= 0) continue;
    row.why = fmt::format("it leads no packet from node {} to node {}", from, to);
    return;
  }
  row.fits = true;
  row.deadlock_free = certificate.deadlock_free;
  const auto loads = routing::loads(graph, routing, matrix);
  row.bound = routing::channel_bound(graph, matrix, loads).load;
  const auto prediction = contention::predict(graph, routing, network.router, network.packet, matrix, {});
  row.saturation = prediction.saturation;
  row.latency = prediction.zero_load;
}

}  // namespace

std::vector<RoutingRow> routing_rows(const simulate::NetworkCase& network, const routing::Routing& used,
                                     const std::vector<double>& matrix, int threads) {
  const auto rows = routing::rows();
  const bool is_row = routing::find(used.name) != nullptr;
  auto out = parallel::map(rows.size() + (is_row ? 0 : 1), threads, [&](std::size_t i) {
    RoutingRow row{.name = i < rows.size() ? std::string{rows[i].name} : used.name};
    if (i == rows.size() || row.name == used.name) {
      judge(network, used, matrix, row);
    } else if (const auto routing = rows[i].make(network.graph, network.router.vcs, row.why)) {
      judge(network, *routing, matrix, row);
    }
    return row;
  });
  std::ranges::stable_sort(out, std::greater{}, [](const RoutingRow& row) {
    return std::pair{row.fits, row.fits ? row.saturation : 0.0};
  });
  return out;
}

std::string routing_rows_text(const std::vector<RoutingRow>& rows, const std::string& used) {
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right, Align::left},
              .rows = {{"", "carries", "saturates", "cycles", ""}}};
  std::string unfit;
  for (const auto& row : rows) {
    if (row.fits)
      table.rows.push_back({row.name == used ? row.name + " *" : row.name, fixed(row.bound, 3),
                            fixed(row.saturation, 3), readable(row.latency),
                            row.deadlock_free ? "deadlock-free" : "CAN deadlock"});
    else
      unfit += (unfit.empty() ? "" : ", ") + row.name;
  }
  return "\nall routings that fit, by where they are predicted to saturate; *: this one\n" + print(table) +
         (unfit.empty() ? "" : "  do not fit: " + unfit + "\n");
}

Json routing_rows_json(const std::vector<RoutingRow>& rows) {
  auto out = Json::array();
  for (const auto& row : rows) {
    if (!row.fits) {
      out.push_back({{"name", row.name}, {"fits", false}, {"why", row.why}});
      continue;
    }
    out.push_back({{"name", row.name},
                   {"fits", true},
                   {"channel_bound", row.bound},
                   {"predicted_saturation", row.saturation},
                   {"latency_cycles", row.latency},
                   {"deadlock_free", row.deadlock_free}});
  }
  return out;
}

}  // namespace marquetry::report
