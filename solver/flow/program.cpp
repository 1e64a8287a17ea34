// The optimum as a linear program: one commodity a destination router, one variable a commodity and channel.
#include <algorithm>
#include <optional>

#include "flow/demand.h"
#include "milp/milp.h"

namespace marquetry::flow {
namespace {

// Columns: the load, then of each commodity the channels that it may use.
struct Columns {
  std::vector<std::vector<std::size_t>> of{};  // by commodity and channel; 0 where there is none
  std::size_t count{1};
};

Columns columns(const Demand& demand) {
  Columns out;
  for (const auto& commodity : demand.commodities) {
    auto& row = out.of.emplace_back(demand.graph->channels.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (commodity.usable[c]) row[c] = out.count++;
    }
  }
  return out;
}

// Rows: the widths of the channels, the busiest node, then what leaves each router of each commodity.
milp::Model model(const Demand& demand, const Columns& column) {
  const auto& graph = *demand.graph;
  milp::Model out;
  out.sense = milp::Sense::maximise;
  out.variables.resize(column.count);
  out.variables[0].cost = 1;
  for (std::size_t c = 0; c < graph.channels.size(); ++c) {
    milp::Row row{{}, -milp::infinity, graph.channels[c].width};
    for (const auto& of : column.of) {
      if (of[c] != 0) row.terms.push_back({of[c], 1});
    }
    out.rows.push_back(std::move(row));
  }
  out.rows.push_back({{{0, demand.busiest}}, -milp::infinity, 1});
  for (std::size_t k = 0; k < demand.commodities.size(); ++k) {
    const auto& commodity = demand.commodities[k];
    for (std::uint32_t r = 0; r < graph.routers; ++r) {
      if (r == commodity.router) continue;
      milp::Row row{{}, 0, 0};
      for (const auto c : demand.out_of[r]) {
        if (commodity.usable[c]) row.terms.push_back({column.of[k][c], 1});
      }
      for (const auto c : demand.into[r]) {
        if (commodity.usable[c]) row.terms.push_back({column.of[k][c], -1});
      }
      if (commodity.from[r] > 0) row.terms.push_back({0, -commodity.from[r]});
      if (!row.terms.empty()) out.rows.push_back(std::move(row));
    }
  }
  return out;
}

// At that load, the least flow in all.
void shorten(milp::Model& program, double load) {
  program.sense = milp::Sense::minimise;
  for (auto& v : program.variables) v.cost = 1;
  program.variables[0] = {0, load * (1 - 1e-9), milp::infinity, false};
}

}  // namespace

std::optional<Optimum> by_program(const Demand& demand, const Options& options) {
  const auto& graph = *demand.graph;
  const auto column = columns(demand);
  auto program = model(demand, column);
  auto solution = milp::solve(program, {options.seconds, options.stop});
  if (solution.status != milp::Status::optimal) return std::nullopt;
  Optimum out;
  out.length.resize(graph.channels.size() + 2 * graph.terminals.size());
  for (std::size_t c = 0; c < graph.channels.size(); ++c) out.length[c] = std::max(0.0, solution.duals[c]);
  out.length[demand.busiest_node] = std::max(0.0, solution.duals[graph.channels.size()]);
  out.bound = proved(demand, out.length);
  if (options.short_ways) {
    shorten(program, solution.objective);
    if (auto again = milp::solve(program, {options.seconds, options.stop});
        again.status == milp::Status::optimal) {
      solution = std::move(again);
      solution.objective = solution.values[0];
    }
  }

  // The flow as it is carried: without circles, and scaled to what the fullest channel allows.
  out.flow.resize(std::size_t{graph.routers} * graph.channels.size());
  std::vector<double> total(graph.channels.size());
  for (std::size_t k = 0; k < demand.commodities.size(); ++k) {
    const std::span flow{out.flow.data() + demand.commodities[k].router * graph.channels.size(),
                         graph.channels.size()};
    for (std::size_t c = 0; c < flow.size(); ++c) {
      const double value = column.of[k][c] == 0 ? 0 : solution.values[column.of[k][c]];
      flow[c] = value < 1e-9 ? 0 : value;
    }
    drop_circles(graph, flow);
    for (std::size_t c = 0; c < flow.size(); ++c) total[c] += flow[c];
  }
  double scale = 1;
  for (std::size_t c = 0; c < total.size(); ++c) scale = std::max(scale, total[c] / graph.channels[c].width);
  for (auto& f : out.flow) f /= scale;
  out.load = std::min(solution.objective / scale, out.bound);
  out.proved = out.bound <= out.load * (1 + options.gap);
  return out;
}

}  // namespace marquetry::flow
