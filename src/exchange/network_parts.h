// What the readers of networks share: limits, graphs from lists of links, the parts of a case.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "exchange/case_fields.h"
#include "simulate/case.h"

namespace marquetry::exchange {

// Against files that ask for more than any package has: beyond them memory and time would run out.
inline constexpr std::uint32_t most_routers = 4096, most_nodes = 4096, most_links = 262144;
inline constexpr std::uint32_t longest_latency = 100'000;  // cycles
inline constexpr std::uint32_t most_vcs = 256, deepest_buffer = 65536, longest_packet = 65536;
inline constexpr std::uint64_t most_buffered = 100'000'000;  // flits in all buffers together

struct DirectedLink {
  std::uint32_t from{}, to{}, latency{1};
  double width{1}, length{};
  std::uint32_t link{};  // both directions have its number
};

struct NodePlace {
  std::uint32_t router{}, latency{1};
};

// With the ports of BookSim2's arbitrary graphs (booksim/booksim2, src/networks/anynet.cpp): those of the
// nodes first, by number; then outputs by the neighbour they lead to, inputs by the one they come from.
topology::Graph arbitrary_graph(std::uint32_t routers, const std::vector<NodePlace>& nodes,
                                std::vector<DirectedLink> links);

// Our name of BookSim2's topology ("cmesh"); the same name where it is none.
std::string_view topology_of_booksim(std::string_view name);

// BookSim2's random permutation of that seed (booksim/booksim2, src/traffic.cpp).
traffic::Traffic booksim_permutation(std::uint32_t nodes, std::uint64_t seed);

// Complains where the buffers of the whole network are more than any has.
void check_buffers(const simulate::NetworkCase& network, const SourceSpot& where, Diagnostics& diagnostics);

// ---- parts of a neutral case

// What stands for a table that is missing.
inline Node empty_table() {
  Node table;
  table.kind = NodeKind::table;
  return table;
}

std::optional<topology::Graph> read_graph(Fields& network);
// What patterns of digits go by, where the traffic itself does not say: 0 where the network has none.
struct NodeGrid {
  std::uint32_t radix{}, dimensions{};
};
std::optional<traffic::Traffic> read_traffic(Fields& fields, std::uint32_t nodes, const NodeGrid& grid,
                                             const std::filesystem::path& folder);
routing::Router read_router(Fields& fields, std::uint32_t routers);
simulate::Sampling read_sampling(Fields& fields);

// Rows of numbers, by commas or blanks; `#` begins a comment. A row for each node.
std::optional<std::vector<double>> read_matrix_file(const std::filesystem::path& file, std::uint32_t nodes,
                                                    Diagnostics& diagnostics);

}  // namespace marquetry::exchange
