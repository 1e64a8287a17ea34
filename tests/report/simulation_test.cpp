// What is made of a simulation for its readers.
#include "report/simulation.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "routing/routings.h"
#include "topology/generators.h"

namespace marquetry::report {
namespace {

using simulate::State;

struct Fixture {
  simulate::NetworkCase network{.name = "square"};
  routing::Routing routing{};
  Fixture() {
    std::string why;
    network.graph = *topology::find_generator("mesh")->build({.rows = 2, .columns = 2}, why);
    network.traffic = {.nodes = 4, .includes_self = true};
    routing = *routing::find("dimension-order")->make(network.graph, network.router.vcs, why);
  }
};

TEST_CASE("the fullest channels come first, by the share of their own width; idle ones are left out") {
  Fixture f;
  f.network.graph.channels[2].width = 0.25;
  const std::vector<double> use{0.5, 0, 0.2, 0.1, 0.5, 0, 0, 0};
  CHECK(hottest(f.network.graph, use, 10) == std::vector<std::uint32_t>{2, 0, 4, 3});
  CHECK(hottest(f.network.graph, use, 1) == std::vector<std::uint32_t>{2});
}

TEST_CASE("the sketch: stable points rise to the right, others lie on the rim") {
  std::vector<simulate::Result> curve(3);
  curve[0] = {.state = State::stable, .offered = 0.1, .latency = 10};
  curve[1] = {.state = State::stable, .offered = 0.5, .latency = 20};
  curve[2] = {.state = State::saturated, .offered = 1, .latency = 400};
  const auto sketch = latency_sketch(curve, 10);
  CHECK_THAT(sketch, Catch::StartsWith("      40 |" + std::string(56, ' ') + "x\n"));
  CHECK(std::ranges::count(sketch, 'o') == 2);
  CHECK(std::ranges::count(sketch, '\n') == 13);
  // From above: half way along at half the height, then a tenth along at a quarter.
  const auto high = sketch.find('o'), low = sketch.rfind('o');
  const auto column = [&](std::size_t at) { return at - sketch.rfind('|', at); };
  CHECK(column(high) == 1 + 28);
  CHECK(column(low) == 1 + 6);
  CHECK(latency_sketch({curve.begin(), curve.begin() + 1}, 10).empty());
}

TEST_CASE("the state is that of the first thing that is not as it should be") {
  const Fixture f;
  auto report = simulation_report(f.network, f.routing, {});
  CHECK(report.state() == State::stable);
  // 3 + 4 (H + 1) + H over 4 x 4 pairs: 4 of no hop, 8 of one, 4 of two.
  CHECK(report.zero_load_mean == Approx((4 * 7 + 8 * 12 + 4 * 17) / 16.0));
  CHECK(report.certificate.deadlock_free);
  report.saturation = simulate::Saturation{.low = 0.5, .high = 0.6, .curve = {{.state = State::saturated}}};
  CHECK(report.state() == State::stable);  // looked for, and found
  report.saturation->curve.push_back({.state = State::interrupted});
  CHECK(report.state() == State::interrupted);
  report.result =
      simulate::Result{.state = State::deadlocked, .circle = {{0, 1}, {3, 0}}, .why = "deadlocked: so"};
  CHECK(report.state() == State::deadlocked);
  const auto json = simulation_json(report);
  CHECK(json["state"] == "deadlocked");
  CHECK(json["circle"].size() == 2);
  CHECK(json["saturation"] == nlohmann::json::parse("[0.5, 0.6]"));
  CHECK_THAT(simulation_text(report), Catch::Contains("  so\n"));
}

}  // namespace
}  // namespace marquetry::report
