// Every routing that fits a network, side by side.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "routing/routing.h"
#include "simulate/case.h"

namespace marquetry::report {

struct RoutingRow {
  std::string name{};
  bool fits{};  // else `why`
  std::string why{};
  double bound{};       // flits a node and cycle that its channels carry
  double saturation{};  // predicted
  double latency{};     // cycles without load, mean over the traffic
  bool deadlock_free{};
};

// Rows of routing::rows() and the one in use, by predicted saturation, the highest first; then those that do
// not fit.
std::vector<RoutingRow> routing_rows(const simulate::NetworkCase& network, const routing::Routing& used,
                                     const std::vector<double>& matrix, int threads);

std::string routing_rows_text(const std::vector<RoutingRow>& rows, const std::string& used);
nlohmann::ordered_json routing_rows_json(const std::vector<RoutingRow>& rows);

}  // namespace marquetry::report
