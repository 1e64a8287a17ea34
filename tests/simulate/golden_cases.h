// The golden cases of BookSim2, shared by the golden test and the table of docs/simulation.md.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "exchange/network_case.h"
#include "routing/routings.h"
#include "simulate/simulate.h"
#include "support/golden.h"

namespace marquetry::test {

struct GoldenNetwork {
  std::string name{};
  nlohmann::json json{};
  simulate::NetworkCase network{};
  routing::Routing routing{};
  std::string problem{};  // why it could not be read
};

inline GoldenNetwork load_golden(const std::string& name, const std::filesystem::path& file) {
  GoldenNetwork out;
  out.name = name;
  std::ifstream stream{file};
  out.json = nlohmann::json::parse(stream, nullptr, false);
  Diagnostics diagnostics;
  auto network = exchange::load_network_case(file, diagnostics);
  if (!network) {
    out.problem = render_all(diagnostics);
    return out;
  }
  out.network = std::move(*network);
  const routing::Row* row = routing::find(out.network.routing);
  if (row == nullptr) {
    out.problem = "no routing '" + out.network.routing + "'";
    return out;
  }
  auto made = row->make(out.network.graph, out.network.router.vcs, out.problem);
  if (made) out.routing = std::move(*made);
  return out;
}

// Every case with a curve in the folders of the topic that hold BookSim2's.
inline std::vector<GoldenCase> booksim_cases(const std::filesystem::path& root) {
  std::vector<GoldenCase> out;
  for (const GoldenIndex& index : golden_indices(root))
    for (const GoldenCase& entry : index.cases) {
      std::ifstream stream{entry.file};
      const auto json = nlohmann::json::parse(stream, nullptr, false);
      if (json.is_object() && json.contains("curve") && json.contains("network")) out.push_back(entry);
    }
  return out;
}

inline simulate::Result run_golden(const GoldenNetwork& golden, double rate,
                                   bool measures_throughput = false) {
  simulate::Options options;
  options.model = simulate::Model::booksim2;
  options.rate = rate;
  options.measures_throughput = measures_throughput;
  return simulate::simulate(golden.network, golden.routing, options);
}

// One way a destination: nothing is left to chance but births and destinations, whose lots are BookSim2's.
inline bool is_deterministic(const routing::Routing& routing) {
  if (!routing.is_table()) return false;
  for (std::size_t i = 0; i + 1 < routing.begin.size(); ++i)
    if (routing.begin[i + 1] - routing.begin[i] > 1) return false;
  return true;
}

// As BookSim2 prints it.
inline std::string six_digits(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", x);
  return text;
}

}  // namespace marquetry::test
