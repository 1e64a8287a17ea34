// The network that `route` and `simulate` look at: of a design, of a file of ours or of others, or a topology
// by name; with its traffic and its routing.
#pragma once

#include <memory>
#include <optional>

#include "flow/tables.h"
#include "proxy/design.h"
#include "routing/routings.h"
#include "session/commands/network_input.h"
#include "simulate/case.h"

namespace marquetry {

// The arguments by which it is named, for both commands; `read_network_subject` reads them.
std::vector<Argument> network_subject_arguments();

struct NetworkSubject {
  simulate::NetworkCase network{};
  std::optional<proxy::Design> chiplets{};  // of a RapidChiplet design
  std::unique_ptr<NetworkInput> design{};   // of a design of ours
  bool measures_throughput{};               // a BookSim2 configuration that asks for it
  std::string origin{};                     // what complaints about the whole point at
  bool is_topology{};                       // by name: what the file would say is open
};

// Nothing after complaints. --traffic, --vcs and --packet are in it already; the graph has no faults, and
// every node that is sent to can be reached.
std::optional<NetworkSubject> read_network_subject(Session& session, const Arguments& given,
                                                   std::string_view command, Diagnostics& diagnostics);

// --traffic, --vcs and --packet, and whether the graph has faults.
void complete_network_subject(const Arguments& given, NetworkSubject& subject, Diagnostics& diagnostics);

// Rows of --routing besides those of routing/routings.h.
inline constexpr std::string_view optimised_routing = "optimised", spread_routing = "optimised-spread",
                                  chiplet_routing = "rapidchiplet";

// The name asked for with --routing; else the file's; else what fits the topology.
std::string routing_name(const NetworkSubject& subject, const Arguments& given);

// Tables made for the subject's traffic, by one of the two names above. Nothing after a complaint: nobody
// sends, or too many nodes.
inline constexpr std::size_t most_optimised = 1024;
std::optional<flow::Tables> optimised_tables(const NetworkSubject& subject, const std::string& name,
                                             const flow::Options& options, Diagnostics& diagnostics);

// The row of that name over the graph, or such tables, with that effort. Nothing after a complaint, with a
// suggestion or why it does not fit.
std::optional<routing::Routing> subject_routing(const NetworkSubject& subject, const std::string& name,
                                                const flow::Options& options, Diagnostics& diagnostics);

}  // namespace marquetry
