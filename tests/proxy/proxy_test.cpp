#include "proxy/evaluate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "proxy/network.h"
#include "proxy/three_chiplets.h"

using namespace marquetry;
using namespace marquetry::proxy;

namespace {

Figures figures_of(const Design& design, const Quirks& quirks = {}) {
  return evaluate(design, lowest_next_hops(design), quirks);
}

const Quirks peer = find_preset("rapidchiplet-2023")->quirks();

}  // namespace

TEST_CASE("links run from PHY to PHY, of turned chiplets too") {
  const auto design = test::three_chiplets();
  const auto all = wires(design, {});
  REQUIRE(all.size() == 3);
  CHECK(all[0].length == Approx(1.2));
  CHECK(all[1].length == Approx(10.2));
  CHECK(all[2].length == Approx(2.2));
  CHECK(all[0].latency == 1);          // ceil(0.3)
  CHECK(all[1].latency == 3);          // ceil(2.55)
  CHECK(all[1].power == Approx(6.1));  // 1 + 0.5 x 10.2
  // 80 mm2, half of the bumps signals, a quarter of them at each PHY, 400 a mm2: 4000 less 12, two
  // directions.
  CHECK(all[0].bandwidth == 1994);
  // The straight line instead.
  auto direct = design;
  direct.packaging.metric = Metric::euclidean;
  CHECK(wires(direct, {})[2].length == Approx(std::hypot(1.2, 1.0)));
}

TEST_CASE("a full turn in quarters brings a PHY back, and a sine does almost") {
  auto design = test::three_chiplets();
  for (int turns = 0; turns < 4; ++turns) {
    design.chiplets[2].turns = turns;
    CHECK(wires(design, {})[2].length == Approx(wires(design, peer).back().length).epsilon(1e-12));
  }
}

TEST_CASE("a link of whole cycles at a turned chiplet takes no cycle more") {
  // All places are whole quarters of a mm, and a quarter takes a cycle: no rounding may add one.
  auto design = test::three_chiplets();
  design.packaging.latency = {.per_mm = 4};
  int more = 0;
  for (int turns = 1; turns < 4; ++turns) {
    for (int step = 0; step < 40; ++step) {
      design.types[0].phys[2] = {0.25 * step, 0.5, 0.25};
      design.chiplets[2] = {0, 0, 0, turns};
      design.chiplets[1] = {0, -10.25, 0, 0};
      const auto ours = wires(design, {}).back(), theirs = wires(design, peer).back();
      CHECK(ours.latency == 4 * ours.length);
      CHECK(std::abs(ours.length - theirs.length) < 1e-9);
      more += theirs.latency != ours.latency;
    }
  }
  CHECK(more > 0);
}

TEST_CASE("the last of two parallel links stands for both in RapidChiplet alone") {
  const auto design = test::three_chiplets();
  const auto theirs = wires(design, peer);
  REQUIRE(theirs.size() == 2);
  CHECK(theirs[0].length == Approx(10.2));
  // Uniform: 8 packets a cycle leave chiplet 0 for 1 and 2: 4 units x 1, over two links of 1994 bits a cycle.
  const auto ours = figures_of(design), preset = figures_of(design, peer);
  CHECK(preset.latency.greatest == 3 + 2 * (2 + 10) + 3 + 1 + 10 + 2 + 10);
  CHECK(ours.latency.greatest == preset.latency.greatest);  // the longer of the two
  CHECK(ours.latency.least == 3 + 2 * 12 + 1);
  CHECK(ours.lengths.mean == Approx((1.2 + 10.2 + 2.2) / 3));
  CHECK(preset.lengths.mean == Approx((10.2 + 2.2) / 2));
}

TEST_CASE("a box holds a turned chiplet as it is turned; RapidChiplet's does not") {
  const auto design = test::three_chiplets();
  const auto ours = figures_of(design).area, theirs = figures_of(design, peer).area;
  CHECK(ours.width == Approx(28.4));
  CHECK(ours.height == Approx(10));
  CHECK(theirs.width == Approx(30.4));
  CHECK(theirs.height == Approx(8));
  CHECK(ours.chiplets == theirs.chiplets);
}

TEST_CASE("the power of links counts") {
  const auto design = test::three_chiplets();
  const auto ours = figures_of(design).power, theirs = figures_of(design, peer).power;
  CHECK(theirs.total == 120);
  CHECK(ours.total == Approx(120 + 3 + 0.5 * (1.2 + 10.2 + 2.2)));
}

TEST_CASE("cost: dies of a wafer, their yield, and the package's") {
  const auto cost = figures_of(test::three_chiplets()).cost;
  const double per_wafer =
      std::floor(std::numbers::pi * 150 * 150 / 80 - std::numbers::pi * 300 / std::sqrt(160.0));
  REQUIRE(cost.types[0]);
  CHECK(cost.types[0]->dies_per_wafer == per_wafer);
  CHECK(cost.types[0]->yield == Approx(1 / 1.16));
  const double interposer = 28.4 * 10;
  const double carriers =
      std::floor(std::numbers::pi * 22500 / interposer - std::numbers::pi * 300 / std::sqrt(2 * interposer));
  const double sum = 3 * 6000 / (per_wafer / 1.16) + 1500 / (carriers / (1 + 0.0005 * interposer));
  CHECK(cost.total == Approx(sum / 0.95));
}

TEST_CASE("an interposer larger than its wafer costs no finite sum") {
  auto design = test::three_chiplets();
  design.technologies[1].wafer_radius = 10;
  CHECK(std::isinf(figures_of(design).cost.total));
}

TEST_CASE("throughput: the fullest link, and what units can take") {
  auto design = test::three_chiplets();
  // Chiplet 2 sends and takes 4 packets a cycle over one link of 1994 bits; all send 12.
  CHECK(figures_of(design).throughput.aggregate == Approx(1994.0 / 4 * 12));
  CHECK(figures_of(design).throughput.binding == "chiplet 1 to chiplet 2");
  design = test::one_sink();
  const auto ours = figures_of(design).throughput, theirs = figures_of(design, peer).throughput;
  CHECK(theirs.aggregate == Approx(1994.0 / 4 * 8));
  CHECK(ours.aggregate == Approx(1994.0));
  CHECK(ours.binding == "what the units of chiplet 1 take");
}

TEST_CASE("packets go round chiplets that do not relay, by routers before chiplets, then the lowest") {
  auto design = test::three_chiplets();
  CHECK(lowest_next_hops(design)[0 * 3 + 2] == 1);
  design.types[0].relays = false;
  CHECK(lowest_next_hops(design)[0 * 3 + 2] == nowhere);
  CHECK(lowest_next_hops(design)[0 * 3 + 1] == 1);
  design.routers = {{15, 12}};
  design.links.push_back({{0, 1}, {3, 0}});
  design.links.push_back({{3, 1}, {2, 1}});
  CHECK(lowest_next_hops(design)[0 * 3 + 2] == 3);
  design.types[0].relays = true;
  CHECK(lowest_next_hops(design)[0 * 3 + 2] == 3);
  CHECK(lowest_next_hops(design)[3 * 3 + 1] == 0);
}

TEST_CASE("as a graph: a node a unit, the PHYs of both ends in the links") {
  const auto design = test::three_chiplets();
  const auto network = network_case(design, {});
  CHECK(network.graph.routers == 3);
  CHECK(network.graph.terminals.size() == 12);
  REQUIRE(network.graph.channels.size() == 6);
  CHECK(network.graph.channels[0].latency == 21);
  CHECK(network.graph.channels[0].length == Approx(1.2));
  CHECK(network.flit_bits == 1994.0);
  CHECK(topology::faults(network.graph).empty());
  CHECK(network.router.at(0).cycles() == 2);
  // Every unit sends one packet a cycle, none to its own chiplet.
  for (std::size_t s = 0; s < 12; ++s) {
    double sum = 0;
    for (std::size_t d = 0; d < 12; ++d) sum += network.traffic.weights[s * 12 + d];
    CHECK(sum == Approx(1));
    CHECK(network.traffic.weights[s * 12 + s] == 0);
  }
  const auto routing = table(design, network.graph, lowest_next_hops(design), 2);
  REQUIRE(routing.begin.size() == 3 * 12 + 1);
  // From chiplet 0 to a unit of 1: either of two links, in equal shares.
  const auto first = routing.begin[0 * 12 + 4];
  REQUIRE(routing.begin[0 * 12 + 5] - first == 2);
  CHECK(routing.ways[first].weight == 0.5);
  CHECK(routing.ways[first].last_vc == 1);
}

TEST_CASE("what the models take without a word is found") {
  auto design = test::three_chiplets();
  auto found = findings(design);
  REQUIRE(found.size() == 2);
  CHECK(found[0].message ==
        "2 of 3 links are beyond the 2 mm that UCIe-A drives; the longest, 0 to 1, is 10.2 mm");
  CHECK(found[1].message ==
        "the links of a 'core' take 36.3 mm of edge at the 165 lanes a mm of UCIe-A; it has 36 mm");
  design.packaging.bump_pitch = 0.11;  // organic: fewer wires, longer reach, and fewer lanes a mm
  found = findings(design);
  CHECK(found.size() == 1);
  design.chiplets[1].x = 9;
  CHECK(findings(design)[0].message == "chiplets 0 and 1 overlap by 1 x 8 mm");
}
