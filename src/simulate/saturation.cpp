// The load that a network bears: a grid of loads from below, then bisection between the last that it bears
// and the first that it does not.
#include <algorithm>
#include <array>

#include "base/parallel.h"
#include "simulate/lone_packets.h"
#include "simulate/simulate.h"

namespace marquetry::simulate {
namespace {

constexpr std::array grid{0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999};

bool is_final(State state) {
  return state == State::refused || state == State::unreachable || state == State::interrupted;
}

}  // namespace

Saturation saturation(const NetworkCase& network, const routing::Routing& routing, const Options& options,
                      double step, int threads) {
  Saturation out;
  out.high = 1;
  const auto run = [&](double rate) {
    Options at = options;
    at.rate = rate;
    at.measures_throughput = false;
    return simulate(network, routing, at);
  };
  Result first = run(grid.front());
  if (is_final(first.state)) {
    out.curve.push_back(std::move(first));
    return out;
  }
  const double limit = 3 * lone_packet_mean(network, routing);
  const auto bears = [&](const Result& r) { return r.state == State::stable && r.latency <= limit; };
  const auto take = [&](Result r) {
    const bool is_borne = bears(r);
    if (is_borne)
      out.low = std::max(out.low, r.offered);
    else
      out.high = std::min(out.high, r.offered);
    out.curve.push_back(std::move(r));
    return is_borne;
  };
  // With several threads loads are run ahead; what lies beyond the first that is not borne is thrown away.
  bool goes_on = take(std::move(first));
  const auto at_once = static_cast<std::size_t>(std::max(1, threads));
  for (std::size_t i = 1; i < grid.size() && goes_on; i += at_once) {
    auto some = parallel::map(std::min(at_once, grid.size() - i), threads,
                              [&](std::size_t k) { return run(grid[i + k]); });
    for (std::size_t k = 0; k < some.size() && goes_on; ++k) {
      if (is_final(some[k].state)) {
        out.curve.push_back(std::move(some[k]));
        return out;
      }
      goes_on = take(std::move(some[k]));
    }
  }
  while (!goes_on && out.high - out.low > step * (1 + 1e-9)) {
    Result r = run((out.low + out.high) / 2);
    if (is_final(r.state)) {
      out.curve.push_back(std::move(r));
      break;
    }
    take(std::move(r));
  }
  std::ranges::sort(out.curve, {}, &Result::offered);
  return out;
}

}  // namespace marquetry::simulate
