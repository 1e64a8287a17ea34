// What a simulation found: one offered load, the load at which the network saturates, messages that wait for
// each other. What its text and its JSON need.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "routing/certificate.h"
#include "routing/load.h"
#include "simulate/message_bound.h"
#include "simulate/simulate.h"

namespace marquetry::report {

struct SimulationRun {
  std::uint64_t cycles{};
  double seconds{};
  int threads{};
};

struct ExchangeFigures {
  std::string name{};
  std::size_t messages{};
  std::uint64_t flits{};  // of all messages
  simulate::Completion completion{};
  simulate::MessageBound bound{};
  std::uint64_t least() const;       // cycles: none of its bounds can be beaten
  std::vector<std::string> names{};  // of a trace
};

struct SimulationReport {
  const simulate::NetworkCase& network;
  const routing::Routing& routing;
  simulate::Model model{};
  std::string traffic{};  // its name
  SimulationRun run{};

  routing::Certificate certificate{};
  routing::Bound bound{};
  std::vector<std::uint32_t> zero_load{};  // by source * nodes + destination
  double zero_load_mean{};                 // by traffic
  bool lists_zero_load{};
  std::optional<simulate::Result> result{};
  std::optional<simulate::Saturation> saturation{};
  std::optional<ExchangeFigures> exchange{};

  // Of whichever was simulated: the first that is not as it should be.
  simulate::State state() const;
};

// Everything but what is simulated.
SimulationReport simulation_report(const simulate::NetworkCase& network, const routing::Routing& routing,
                                   simulate::Model model);

// "stable", "saturated" ...
std::string_view state_name(simulate::State state);
// Channels by how much of their width is used, the fullest first; those that carry nothing are left out.
std::vector<std::uint32_t> hottest(const topology::Graph& graph, const std::vector<double>& use,
                                   std::size_t most);

std::string simulation_text(const SimulationReport& report);
nlohmann::ordered_json simulation_json(const SimulationReport& report);

// Latency over load in characters, 12 lines: `o` where it is borne (see simulate::Saturation), `x` where not.
std::string latency_sketch(const std::vector<simulate::Result>& curve, double zero_load_mean);

}  // namespace marquetry::report
