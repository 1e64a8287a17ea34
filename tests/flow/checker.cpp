#include "flow/checker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace marquetry::test {
namespace {

std::uint32_t channel_at(const topology::Graph& graph, std::uint32_t router, std::uint32_t port) {
  for (std::uint32_t c = 0; c < graph.channels.size(); ++c) {
    if (graph.channels[c].from == router && graph.channels[c].out_port == port) return c;
  }
  return topology::none;
}

std::span<const routing::Way> ways(const topology::Graph& graph, const routing::Routing& routing,
                                   std::size_t router, std::size_t node) {
  const auto at = router * graph.terminals.size() + node;
  return {routing.ways.data() + routing.begin[at], routing.begin[at + 1] - routing.begin[at]};
}

}  // namespace

double bound_of(const topology::Graph& graph, std::span<const double> matrix,
                std::span<const double> length) {
  const std::size_t n = graph.routers, nodes = graph.terminals.size(), channels = graph.channels.size();
  std::vector<std::vector<double>> far(n, std::vector<double>(n, std::numeric_limits<double>::infinity()));
  for (std::size_t i = 0; i < n; ++i) far[i][i] = 0;
  double capacity = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    const auto& channel = graph.channels[c];
    far[channel.from][channel.to] = std::min(far[channel.from][channel.to], length[c]);
    capacity += channel.width * length[c];
  }
  for (std::size_t i = channels; i < length.size(); ++i) capacity += length[i];
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) far[i][j] = std::min(far[i][j], far[i][k] + far[k][j]);
    }
  }
  double needed = 0;
  for (std::size_t s = 0; s < nodes; ++s) {
    for (std::size_t d = 0; d < nodes; ++d) {
      if (matrix[s * nodes + d] == 0) continue;
      needed += matrix[s * nodes + d] * (length[channels + s] + length[channels + nodes + d] +
                                         far[graph.terminals[s].router][graph.terminals[d].router]);
    }
  }
  return capacity / needed;
}

double breach(const topology::Graph& graph, std::span<const double> matrix, const flow::Optimum& optimum) {
  const std::size_t n = graph.routers, nodes = graph.terminals.size(), channels = graph.channels.size();
  double worst = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    double on = 0;
    for (std::size_t d = 0; d < n; ++d) on += optimum.flow[d * channels + c];
    worst = std::max(worst, on - graph.channels[c].width);
  }
  for (std::size_t d = 0; d < n; ++d) {
    std::vector<double> left(n);
    for (std::size_t s = 0; s < nodes; ++s) {
      for (std::size_t t = 0; t < nodes; ++t) {
        if (graph.terminals[t].router == d)
          left[graph.terminals[s].router] += optimum.load * matrix[s * nodes + t];
      }
    }
    for (std::size_t c = 0; c < channels; ++c) {
      const double f = optimum.flow[d * channels + c];
      worst = std::max(worst, -f);
      left[graph.channels[c].from] -= f;
      left[graph.channels[c].to] += f;
    }
    for (std::size_t r = 0; r < n; ++r) {
      if (r != d) worst = std::max(worst, std::abs(left[r]));
    }
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    double sent = 0, received = 0;
    for (std::size_t j = 0; j < nodes; ++j) {
      sent += optimum.load * matrix[i * nodes + j];
      received += optimum.load * matrix[j * nodes + i];
    }
    worst = std::max(worst, std::max(sent, received) - 1);
  }
  return worst;
}

double cut_bound(const topology::Graph& graph, std::span<const double> matrix) {
  const std::size_t nodes = graph.terminals.size();
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < nodes; ++i) {  // each node's own two channels are a cut as well
    double sent = 0, received = 0;
    for (std::size_t j = 0; j < nodes; ++j) {
      sent += matrix[i * nodes + j];
      received += matrix[j * nodes + i];
    }
    if (std::max(sent, received) > 0) least = std::min(least, 1 / std::max(sent, received));
  }
  for (std::uint64_t side = 1; side + 1 < std::uint64_t{1} << graph.routers; ++side) {
    const auto in = [&](std::uint32_t router) { return (side >> router & 1) != 0; };
    double width = 0, crossing = 0;
    for (const auto& c : graph.channels) width += in(c.from) && !in(c.to) ? c.width : 0;
    for (std::size_t s = 0; s < nodes; ++s) {
      for (std::size_t d = 0; d < nodes; ++d) {
        if (in(graph.terminals[s].router) && !in(graph.terminals[d].router))
          crossing += matrix[s * nodes + d];
      }
    }
    if (crossing > 0) least = std::min(least, width / crossing);
  }
  return least;
}

std::vector<double> followed(const topology::Graph& graph, std::span<const double> matrix,
                             const routing::Routing& routing) {
  const std::size_t nodes = graph.terminals.size();
  std::vector<double> use(graph.channels.size());
  for (std::size_t d = 0; d < nodes; ++d) {
    std::vector<double> here(graph.routers);
    for (std::size_t s = 0; s < nodes; ++s) here[graph.terminals[s].router] += matrix[s * nodes + d];
    here[graph.terminals[d].router] = 0;
    for (std::uint32_t hop = 0; hop <= graph.routers; ++hop) {
      std::vector<double> next(graph.routers);
      for (std::uint32_t r = 0; r < graph.routers; ++r) {
        if (here[r] == 0 || r == graph.terminals[d].router) continue;
        double shares = 0;
        for (const auto& way : ways(graph, routing, r, d)) shares += way.weight;
        for (const auto& way : ways(graph, routing, r, d)) {
          const auto c = channel_at(graph, r, way.port);
          if (c == topology::none) continue;
          use[c] += here[r] * way.weight / shares / graph.channels[c].width;
          next[graph.channels[c].to] += here[r] * way.weight / shares;
        }
      }
      next[graph.terminals[d].router] = 0;
      here = std::move(next);
    }
    if (std::ranges::any_of(here, [](double t) { return t > 0; })) return {};  // it runs in a circle
  }
  return use;
}

bool circular(const topology::Graph& graph, const routing::Routing& routing) {
  const auto nodes = graph.terminals.size();
  std::set<std::pair<std::size_t, std::size_t>> edges;  // of layer * channels + channel
  for (std::size_t s = 0; s < nodes; ++s) {
    for (std::size_t d = 0; d < nodes; ++d) {
      const std::size_t base =
          (routing.layer.empty() ? 0 : routing.layer[s * nodes + d]) * graph.channels.size();
      std::set<std::uint32_t> seen{graph.terminals[s].router};
      std::vector<std::uint32_t> open{graph.terminals[s].router};
      while (!open.empty()) {
        const auto r = open.back();
        open.pop_back();
        for (const auto& way : ways(graph, routing, r, d)) {
          const auto first = channel_at(graph, r, way.port);
          if (first == topology::none) continue;
          const auto to = graph.channels[first].to;
          if (seen.insert(to).second) open.push_back(to);
          for (const auto& on : ways(graph, routing, to, d)) {
            const auto second = channel_at(graph, to, on.port);
            if (second != topology::none) edges.emplace(base + first, base + second);
          }
        }
      }
    }
  }
  for (bool changed = true; changed && !edges.empty();) {
    std::set<std::size_t> led_to;
    for (const auto& e : edges) led_to.insert(e.second);
    changed = std::erase_if(edges, [&](const auto& e) { return !led_to.contains(e.first); }) > 0;
  }
  return !edges.empty();
}

}  // namespace marquetry::test
