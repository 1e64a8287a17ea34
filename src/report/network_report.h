// A routed network with what is known of it: three throughputs side by side, latency without load, deadlock,
// the fullest links. What its text, JSON and picture need.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "contention/contention.h"
#include "flow/flow.h"
#include "presets/presets.h"
#include "proxy/evaluate.h"
#include "routing/certificate.h"
#include "routing/load.h"
#include "simulate/case.h"
#include "synthesis/resilience.h"
#include "topology/figures.h"

namespace marquetry::report {

struct NetworkRun {
  double seconds{}, optimum_seconds{};
  int threads{};
  bool interrupted{};
};

// Latencies over pairs that send, in cycles; the mean by traffic.
struct LatencySpread {
  std::uint32_t least{}, greatest{};
  double mean{};
};

// RapidChiplet's figures as it has them and as we do; and as it would have them with one thing mended.
struct ChipletFigures {
  struct Fix {
    QuirkRow quirk{};
    proxy::Figures mended{};
  };
  proxy::Figures theirs{}, ours{};
  std::vector<Fix> fixes{};
  std::vector<proxy::Finding> findings{};
};

struct NetworkReport {
  const simulate::NetworkCase& network;
  const routing::Routing& routing;
  NetworkRun run{};

  std::optional<topology::Figures> figures{};
  std::vector<double> loads{};  // flits a cycle by channel, at an offered load of 1
  routing::Bound bound{};
  std::optional<flow::Optimum> optimum{};
  std::optional<contention::Prediction> prediction{};
  routing::Certificate certificate{};
  std::uint32_t fewest_vcs{};  // that part the routing into layers without a circle; 0: not known
  LatencySpread latency{};
  std::optional<synthesis::Resilience> resilience{};
  std::optional<ChipletFigures> chiplets{};

  // How much of the optimum the routing leaves unused, in [0, 1].
  std::optional<double> left() const;
  // Share of its width that a channel is used at the bound.
  double use(std::uint32_t channel) const;
};

struct NetworkEffort {
  double seconds{10};  // for the optimum, at most
  std::uint64_t seed{1};
  int threads{1};
  const std::atomic<bool>* stop{};
};

// The best load over all routings; what the optimised ones are made of, too.
flow::Optimum network_optimum(const simulate::NetworkCase& network, const std::vector<double>& matrix,
                              const NetworkEffort& effort);

// `optimum` as above where it is known already.
NetworkReport network_report(const simulate::NetworkCase& network, const routing::Routing& routing,
                             const std::vector<double>& matrix, std::optional<flow::Optimum> optimum,
                             const NetworkEffort& effort);

// "mesh[3] to mesh[4]", "what node 3 takes".
std::string channel_name(const topology::Graph& graph, std::uint32_t channel);
std::string bound_name(const NetworkReport& report);

// Channels by how full they are at the bound, the fullest first.
std::vector<std::uint32_t> fullest(const NetworkReport& report);

}  // namespace marquetry::report
