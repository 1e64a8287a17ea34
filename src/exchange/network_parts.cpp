#include "exchange/network_parts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <tuple>

#include "base/file.h"
#include "base/text.h"
#include "simulate/knuth.h"

namespace marquetry::exchange {
namespace {

struct Names {
  std::string_view theirs{}, ours{};
};

constexpr std::array topologies{
    Names{"cmesh", "concentrated-mesh"},
    Names{"flatfly", "flattened-butterfly"},
    Names{"fattree", "fat-tree"},
};

}  // namespace

topology::Graph arbitrary_graph(std::uint32_t routers, const std::vector<NodePlace>& nodes,
                                std::vector<DirectedLink> links) {
  topology::Graph graph{.routers = routers};
  std::vector<std::uint32_t> outputs(routers), inputs(routers);
  for (const auto& node : nodes) {
    const auto port = outputs[node.router]++;
    graph.terminals.push_back({node.router, port, port, node.latency});
  }
  inputs = outputs;
  std::ranges::sort(links, {}, [](const auto& l) { return std::tuple{l.from, l.to, l.link}; });
  for (const auto& l : links)
    graph.channels.push_back(
        {l.from, l.to, outputs[l.from]++, inputs[l.to]++, l.latency, l.width, l.link, l.length});
  return graph;
}

std::string_view topology_of_booksim(std::string_view name) {
  const auto found = std::ranges::find(topologies, name, &Names::theirs);
  return found == topologies.end() ? name : found->ours;
}

// Each node in turn takes one of the places that are left, drawn from Knuth's generator.
traffic::Traffic booksim_permutation(std::uint32_t nodes, std::uint64_t seed) {
  simulate::KnuthIntegers draws{seed};
  std::vector<std::uint32_t> left(nodes);
  std::iota(left.begin(), left.end(), 0u);
  traffic::Traffic out{.name = "random-permutation",
                       .kind = traffic::Kind::permutation,
                       .nodes = nodes,
                       .includes_self = true};
  out.target.resize(nodes);
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const auto at = left.begin() + draws.next() % (nodes - i);
    out.target[*at] = i;
    left.erase(at);
  }
  return out;
}

void check_buffers(const simulate::NetworkCase& network, const SourceSpot& where, Diagnostics& diagnostics) {
  const std::uint64_t ports = network.graph.channels.size() + network.graph.terminals.size();
  const auto all = ports * network.router.vcs * network.router.buffer;
  if (all <= most_buffered) return;
  diagnostics.error(where,
                    "the buffers of all routers hold " + std::to_string(all) + " flits, more than the " +
                        std::to_string(most_buffered) + " that a simulation keeps",
                    "take fewer virtual channels or shallower buffers");
}

std::optional<std::vector<double>> read_matrix_file(const std::filesystem::path& file, std::uint32_t nodes,
                                                    Diagnostics& diagnostics) {
  const auto text = read_file(file, diagnostics);
  if (!text) return std::nullopt;
  const int before = diagnostics.errors();
  std::vector<double> out;
  out.reserve(std::size_t{nodes} * nodes);
  std::uint32_t rows = 0;
  int number = 0;
  for (std::string_view left = *text; !left.empty();) {
    const auto end = std::min(left.find('\n'), left.size());
    const auto line = left.substr(0, std::min(left.find('#'), end));
    left.remove_prefix(std::min(end + 1, left.size()));
    ++number;
    std::uint32_t columns = 0;
    for (std::size_t at = 0; (at = line.find_first_not_of(", \t\r;", at)) != std::string_view::npos;) {
      const auto word = line.substr(at, std::min(line.find_first_of(", \t\r;", at), line.size()) - at);
      double value = 0;
      const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), value);
      if (error != std::errc{} || stop != word.data() + word.size() || !(value >= 0 && value <= 1e12)) {
        diagnostics.error({file.generic_string(), number, static_cast<int>(at) + 1},
                          "'" + std::string{word.substr(0, 40)} + "' is no amount of traffic",
                          "write numbers from 0, in flits a cycle");
        return std::nullopt;
      }
      out.push_back(value);
      ++columns;
      at += word.size();
    }
    if (columns == 0) continue;
    ++rows;
    if (columns != nodes || rows > nodes) {
      diagnostics.error({file.generic_string(), number, 1},
                        rows > nodes ? "row " + std::to_string(rows) + " is one too many: there are " +
                                           std::to_string(nodes) + " nodes"
                                     : "the row has " + std::to_string(columns) + " numbers, but there are " +
                                           std::to_string(nodes) + " nodes");
      return std::nullopt;
    }
  }
  if (rows != nodes)
    diagnostics.error({.file = file.generic_string()}, "the matrix has " + std::to_string(rows) +
                                                           " rows, but there are " + std::to_string(nodes) +
                                                           " nodes");
  if (diagnostics.errors() > before) return std::nullopt;
  return out;
}

}  // namespace marquetry::exchange
