#include "report/simulation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace marquetry::report {
namespace {

double mean_of(const std::vector<double>& matrix, const std::vector<std::uint32_t>& cycles) {
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    if (matrix[i] == 0 || cycles[i] == topology::none) continue;
    sum += matrix[i] * cycles[i];
    all += matrix[i];
  }
  return all > 0 ? sum / all : 0;
}

}  // namespace

std::uint64_t ExchangeFigures::least() const { return std::max(bound.critical_path, bound.busiest_node); }

simulate::State SimulationReport::state() const {
  if (result && result->state != simulate::State::stable) return result->state;
  if (exchange && exchange->completion.state != simulate::State::stable) return exchange->completion.state;
  if (saturation) {
    // A load that the network does not bear is what is looked for.
    for (const auto& point : saturation->curve) {
      const auto s = point.state;
      if (s == simulate::State::interrupted || s == simulate::State::refused ||
          s == simulate::State::unreachable)
        return s;
    }
  }
  return simulate::State::stable;
}

SimulationReport simulation_report(const simulate::NetworkCase& network, const routing::Routing& routing,
                                   simulate::Model model) {
  SimulationReport out{.network = network, .routing = routing, .model = model};
  out.traffic = network.traffic.name;
  const auto matrix = traffic::matrix(network.traffic);
  out.certificate = routing::certify(network.graph, routing);
  out.bound = routing::channel_bound(network.graph, matrix, routing::loads(network.graph, routing, matrix));
  out.zero_load = routing::zero_load(network.graph, routing, network.router, network.packet);
  out.zero_load_mean = mean_of(matrix, out.zero_load);
  return out;
}

std::string_view state_name(simulate::State state) {
  constexpr std::array<std::string_view, 6> names{"stable",      "saturated",   "deadlocked",
                                                  "unreachable", "interrupted", "refused"};
  return names[static_cast<std::size_t>(state)];
}

std::vector<std::uint32_t> hottest(const topology::Graph& graph, const std::vector<double>& use,
                                   std::size_t most) {
  std::vector<std::uint32_t> order(std::min(use.size(), graph.channels.size()));
  std::iota(order.begin(), order.end(), 0u);
  std::erase_if(order, [&](std::uint32_t c) { return !(use[c] > 0); });
  const auto share = [&](std::uint32_t c) { return use[c] / graph.channels[c].width; };
  std::ranges::stable_sort(order, std::greater{}, share);
  order.resize(std::min(most, order.size()));
  return order;
}

std::string latency_sketch(const std::vector<simulate::Result>& curve, double zero_load_mean) {
  constexpr int width = 56, height = 12;
  if (curve.size() < 2 || zero_load_mean <= 0 || !(curve.back().offered > 0)) return {};
  // Up to four times the latency without load; what is above or not stable lies on the upper rim.
  const double top = 4 * zero_load_mean, right = curve.back().offered;
  std::vector<std::string> lines(height, std::string(width + 1, ' '));
  for (const auto& point : curve) {
    const auto x = static_cast<std::size_t>(std::lround(point.offered / right * width));
    const bool stable = point.state == simulate::State::stable && point.latency <= top;
    const double level = stable ? std::clamp(point.latency / top, 0.0, 1.0) : 1;
    const auto y = static_cast<std::size_t>(std::lround((1 - level) * (height - 1)));
    const bool borne = stable && point.latency <= 3 * zero_load_mean;
    lines[y][x] = borne ? 'o' : 'x';
  }
  std::string out;
  for (int y = 0; y < height; ++y) {
    std::string label;
    if (y % 3 == 0 || y == height - 1)
      label = std::to_string(std::lround(top * (1 - static_cast<double>(y) / (height - 1))));
    auto line = lines[static_cast<std::size_t>(y)];
    line.erase(line.find_last_not_of(' ') + 1);
    out += std::string(8 - label.size(), ' ') + label + " |" + line + "\n";
  }
  return out + std::string(9, ' ') + "+" + std::string(width, '-') + "\n";
}

}  // namespace marquetry::report
