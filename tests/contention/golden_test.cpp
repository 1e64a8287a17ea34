// Saturation as predicted against BookSim2's, over every case of every index: 5 % in the mean, 10 % at most.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "contention/contention.h"
#include "simulate/golden_cases.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

struct Error {
  double saturation{};
  double latency{};  // mean over the loads up to nine tenths of saturation
};

// BookSim2's saturation lies between the highest load that it bore and the lowest that it did not; without
// the latter, beyond the highest there is.
Error error(const GoldenNetwork& golden) {
  const auto& saturation = golden.json["saturation"];
  const double low = saturation["rate_lo"];
  std::vector<double> loads, latencies;
  for (const auto& point : golden.json["curve"]) {
    if (point["stable"] && point["rate"].get<double>() <= 0.9 * low) {
      loads.push_back(point["rate"]);
      latencies.push_back(point["mean_packet_latency"]);
    }
  }
  const auto& n = golden.network;
  const auto found =
      contention::predict(n.graph, golden.routing, n.router, n.packet, traffic::matrix(n.traffic), loads);
  INFO(golden.name);
  if (is_deterministic(golden.routing) && golden.json.contains("zero_load"))
    CHECK(found.zero_load == Approx(golden.json["zero_load"]["mean_cycles"].get<double>()));
  Error out;
  if (saturation["rate_hi"].is_null()) {
    out.saturation = std::min(0.0, found.saturation / low - 1);
  } else {
    out.saturation = found.saturation / ((low + saturation["rate_hi"].get<double>()) / 2) - 1;
  }
  for (std::size_t i = 0; i < loads.size(); ++i) {
    CHECK(std::isfinite(found.latency[i]));
    out.latency += std::abs(found.latency[i] / latencies[i] - 1) / static_cast<double>(loads.size());
  }
  if (std::getenv("MARQUETRY_PRINT_CONTENTION") != nullptr) {
    std::printf("| %s | %.3f | %.3f | %.3f | %+.1f | %.1f |\n", golden.name.c_str(), found.bound, low,
                found.saturation, 100 * out.saturation, 100 * out.latency);
  }
  return out;
}

}  // namespace

TEST_CASE("saturation is predicted within 5 % of BookSim2's in the mean, and never more than 10 % off") {
  const auto root = golden_folder("interconnect");
  if (!root) return skip("no golden cases of interconnect");
  const auto cases = booksim_cases(*root);
  REQUIRE_FALSE(cases.empty());
  double count = 0, sum = 0, latencies = 0;
  for (const auto& entry : cases) {
    INFO("case " << entry.name);
    const auto golden = load_golden(entry.name, entry.file);
    INFO(golden.problem);
    REQUIRE(golden.problem.empty());
    if (!golden.json.contains("saturation")) continue;
    ++count;
    const auto off = error(golden);
    CHECK(std::abs(off.saturation) <= 0.10);
    sum += std::abs(off.saturation);
    latencies += off.latency;
  }
  REQUIRE(count > 0);
  CHECK(sum / count <= 0.05);
  CHECK(latencies / count <= 0.05);
}
