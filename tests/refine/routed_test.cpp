// What the routed package says, against sums by hand, brute force, and the network simulated cycle by cycle.
#include "refine/routed.h"

#include <bit>
#include <nlohmann/json.hpp>

#include "refine/collective.h"
#include "refine/cut.h"
#include "refine/subject.h"
#include "report/evaluation_json.h"
#include "report/evaluation_text.h"
#include "simulate/simulate.h"
#include "traffic/collectives.h"

using namespace marquetry;
using namespace marquetry::unit;
using test::Subject;

namespace {

// Links {a, b, cycles, width} between routers that have a node each.
struct Edge {
  std::uint32_t a{}, b{}, latency{1};
  double width{1};
};
simulate::NetworkCase network_of(std::uint32_t routers, const std::vector<Edge>& edges) {
  simulate::NetworkCase out;
  out.graph.routers = routers;
  for (std::uint32_t r = 0; r < routers; ++r) topology::add_terminal(out.graph, r);
  for (const auto& e : edges) topology::add_link(out.graph, e.a, e.b, e.latency, e.width);
  out.traffic = {.nodes = routers};
  return out;
}

std::vector<Edge> circle(std::uint32_t n, double width) {
  std::vector<Edge> out;
  for (std::uint32_t r = 0; r < n; ++r) out.push_back({r, (r + 1) % n, 3, width});
  return out;
}

std::vector<std::uint32_t> first(std::uint32_t n) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t r = 0; r < n; ++r) out.push_back(r);
  return out;
}

// By looking at every side of every router.
double brute_halving(const topology::Graph& graph, std::uint32_t members) {
  double least = 1e300;
  for (std::uint32_t set = 0; set < (1U << graph.routers); ++set) {
    const auto far = static_cast<std::uint32_t>(std::popcount(set & ((1U << members) - 1)));
    if (far != members / 2) continue;
    double cut = 0;
    for (const auto& c : graph.channels) cut += (set >> c.from & 1U) < (set >> c.to & 1U) ? c.width : 0;
    least = std::min(least, cut);
  }
  return least;
}

// The messages of a ring the one way round, or of half of the vector each way: those from second nodes of the
// same routers, since a node sends one message after the other.
traffic::Messages ring_messages(const refine::Ring& ring, std::uint32_t routers, std::uint64_t flits) {
  std::string why;
  const auto& row = *traffic::find_collective("all-reduce-ring");
  auto out = *row.make(ring.order, ring.both_ways ? flits / 2 : flits, why);
  if (!ring.both_ways) return out;
  std::vector<std::uint32_t> back(ring.order.rbegin(), ring.order.rend());
  for (auto& node : back) node += routers;
  auto other = *row.make(back, flits / 2, why);
  const auto shift = static_cast<std::uint32_t>(out.messages.size());
  for (auto& m : other.messages) {
    for (auto& before : m.after) before += shift;
    out.messages.push_back(std::move(m));
  }
  return out;
}

const std::string star_of_three = R"(
format = 1
name = "star"
packaging = "organic-mcm"
cooling = "air-vapour-chamber"
test = "standard"
[dies.core]
node = "n14"
count = 3
clock = "1 GHz"
area = "60 mm2"
[dies.hub]
node = "n14"
clock = "2 GHz"
area = "80 mm2"
[links.star]
from = "core"
to = "hub"
link = "ucie-s"
modules = 2
)";

}  // namespace

TEST_CASE("a ring of dies: both ways at once, each over its own channels") {
  const auto network = network_of(6, circle(6, 0.25));
  const auto way = refine::best_way(network);
  REQUIRE(way);
  CHECK(way->certificate.deadlock_free);
  const auto found = refine::ring(network.graph, way->routing, first(6), way->zero_load);
  CHECK(found.both_ways);
  CHECK(found.schedule.bandwidth == Approx(0.5));  // a quarter of a flit a cycle each way
  CHECK(found.schedule.step == 3 + 2 * 4 + 3);     // injection, two routers, the wire
}

TEST_CASE("every pair linked: all at once is over in two steps and uses every link") {
  std::vector<Edge> edges;
  for (std::uint32_t a = 0; a < 5; ++a) {
    for (std::uint32_t b = a + 1; b < 5; ++b) edges.push_back({a, b, 2, 0.125});
  }
  const auto network = network_of(5, edges);
  const auto way = refine::best_way(network);
  const auto all = refine::direct(network.graph, way->routing, first(5), way->zero_load);
  CHECK(all.bandwidth == Approx(4 * 0.125));
  CHECK(all.step == Approx((3 + 2 * 4 + 2) / 4.0));
}

TEST_CASE("collectives end when the simulated messages do, within 1 %") {
  const auto shape = GENERATE(values<std::pair<std::uint32_t, std::vector<Edge>>>({
      {6, circle(6, 0.25)},
      {4, {{0, 1, 4, 0.25}, {2, 3, 4, 0.25}, {0, 2, 4, 0.25}, {1, 3, 4, 0.25}}},
      {5, {{0, 4, 9, 0.25}, {1, 4, 9, 0.25}, {2, 4, 9, 0.25}, {3, 4, 9, 0.25}}},
      {6,
       {{0, 1, 2, 0.5},
        {1, 2, 7, 0.125},
        {3, 4, 2, 0.5},
        {4, 5, 2, 0.5},
        {0, 3, 3, 0.25},
        {1, 4, 3, 0.25},
        {2, 5, 3, 0.25}}},
  }));
  auto network = network_of(shape.first, shape.second);
  for (std::uint32_t r = 0; r < shape.first; ++r) topology::add_terminal(network.graph, r);
  network.traffic.nodes *= 2;
  const auto way = refine::best_way(network);
  REQUIRE(way);
  const auto members = first(shape.first == 5 ? 4 : shape.first);  // the hub of a star takes no part
  const double n = static_cast<double>(members.size()), flits = 4800;
  const auto found = refine::ring(network.graph, way->routing, members, way->zero_load);
  const double said = 2 * (n - 1) * (flits / n / found.schedule.bandwidth + found.schedule.step);
  const auto ended = simulate::simulate(network, way->routing, ring_messages(found, shape.first, 4800), {});
  INFO(shape.first << ": " << said << " said, " << ended.cycles << " simulated");
  REQUIRE(ended.state == simulate::State::stable);
  CHECK(said / static_cast<double>(ended.cycles) == Approx(1).margin(0.01));
}

TEST_CASE("the narrowest halving is that of brute force, and straight across a large grid") {
  const auto ring = network_of(7, circle(7, 0.5));
  const std::vector<std::vector<Edge>> all{
      circle(7, 0.5),
      {{0, 6, 1, 0.5}, {1, 6, 1, 0.25}, {2, 6, 1, 1}, {3, 6, 1, 0.5}, {4, 6, 1, 0.125}, {0, 5, 1, 1}},
      {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 5}, {5, 2, 1, 0.3}, {5, 6, 1, 0.7}, {6, 4, 1, 0.4}}};
  for (const auto& edges : all) {
    const auto network = network_of(7, edges);
    const auto cut = refine::narrowest_halving(network.graph, first(5));
    CHECK(cut.is_exact);
    CHECK(cut.width == Approx(brute_halving(network.graph, 5)));
  }
  std::vector<Edge> grid;
  for (std::uint32_t r = 0; r < 64; ++r) {
    if (r % 8 != 7) grid.push_back({r, r + 1});
    if (r < 56) grid.push_back({r, r + 8});
  }
  const auto cut = refine::narrowest_halving(network_of(64, grid).graph, first(64));
  CHECK_FALSE(cut.is_exact);
  CHECK(cut.width == Approx(8));
  CHECK(refine::narrowest_halving(ring.graph, first(1)).width == 0);
}

TEST_CASE("a routing that can deadlock is only taken where no other is asked for, and says how") {
  const auto network = network_of(5, circle(5, 1));
  constexpr std::array<std::string_view, 1> shortest{"shortest"};
  const auto alone = refine::best_way(network, shortest);
  REQUIRE(alone);
  CHECK_FALSE(alone->certificate.deadlock_free);
  CHECK(alone->certificate.cycle.size() == 5);
  const auto best = refine::best_way(network);
  CHECK(best->certificate.deadlock_free);
  CHECK(best->certificate.cycle.empty());

  Subject s{"epyc-rome"};
  auto physical = assumed(s.system, s.analytic);
  physical.routed = Routed{.routing = "shortest",
                           .traffic = "dies",
                           .certificate = routing::text(network.graph, alone->certificate),
                           .networks = std::vector<RoutedNetwork>(s.system.networks.size())};
  const auto a = refined(s.prepared, s.assessed(), physical);
  const auto json = report::evaluation_json(s.prepared, a);
  CHECK(json["network"]["deadlock_free"] == false);
  CHECK(json["physical"]["routed"]["deadlock_free"] == false);
  const auto text = report::evaluation_text(s.prepared, a);
  CHECK(text.find("routed shortest: can deadlock: " + physical.routed->certificate) != text.npos);
}

TEST_CASE("a star of three: latency, halving and throughput in closed form") {
  const Subject s{test::design_of(star_of_three)};
  const auto found = s.refined(500);
  REQUIRE(found.physical.routed);
  const auto& r = *found.physical.routed;
  const auto& network = found.physical.networks[0];
  CHECK(r.deadlock_free);
  // At 2 GHz: 3 cycles in and out, three routers of 4, two links; packets of 64 B are two flits of 481 bits.
  double link = 0;
  std::string why;
  const auto made = refine::package_network(s.prepared, s.choice, s.system, s.analytic, found.package,
                                            found.layout, {}, why);
  for (const auto& c : made->network.graph.channels) link = std::max(link, double(c.latency));
  CHECK(link == std::ceil(network.hop / ns * 2 + 1));
  CHECK(r.longest / ns == Approx((3 + 3 * 4 + 2 * link + 1) / 2));
  // No die computes: all four take part. Two of them are on either side, one with the hub.
  const double one = 2 * 16 * 32 * 0.94;
  CHECK(*r.bisection / (Gbit / unit::s) == Approx(2 * one));
  CHECK(r.is_exact);
  // Uniform: a core die sends 1 over its link; the hub lets in 3 of the 3 that it could.
  CHECK(r.throughput_fraction == Approx(1));
  CHECK(r.networks[0].busiest == Approx(1));
  const auto e = evaluate(s.system, found.physical, s.analytic, s.prepared.models);
  CHECK(e.network.latency == r.longest);
  CHECK(e.network.bisection == *r.bisection);
}

TEST_CASE("on every design the routed package is no better than its parts") {
  for (const std::string name : {"h200", "ascend-910", "epyc-rome", "stacked-cache", "accelerator"}) {
    INFO(name);
    Subject s{name};
    if (name == "accelerator") s.set(test::mesh_of_four);
    const auto found = s.refined(1000);
    REQUIRE(found.physical.routed);
    const auto& r = *found.physical.routed;
    CHECK(r.deadlock_free);
    CHECK(r.throughput_fraction > 0);
    CHECK(r.throughput_fraction <= 1);
    CHECK(r.mean.si() > 0);
    for (std::size_t n = 0; n < s.system.networks.size(); ++n) {
      const auto& network = s.system.networks[n];
      if (!network.to) continue;
      CHECK(r.longest >= r.networks[n].longest);
      CHECK(r.networks[n].longest > found.physical.networks[n].hop);
      CHECK(r.networks[n].busiest <= 1 + 1e-9);
      // Out of a die goes no more than all its links together have.
      Bandwidth<> all{};
      for (std::size_t m = 0; m < s.system.networks.size(); ++m) {
        const auto& other = s.system.networks[m];
        if (other.to && other.from == network.from) all += s.analytic.network.per_die[m];
      }
      CHECK(r.networks[n].collective <= all * (1 + 1e-9));
    }
    const auto e = evaluate(s.system, found.physical, s.analytic, s.prepared.models);
    CHECK(e.network.latency >= s.analytic.network.latency);
  }
}

TEST_CASE("workloads run their collectives as the routed graph lets them") {
  Subject s{"accelerator"};
  s.set(test::mesh_of_four);
  const auto found = s.refined(2000);
  REQUIRE(found.physical.routed);
  const auto& mesh = found.physical.routed->networks[0];
  CHECK(mesh.way == "ring");
  // Two links of four modules of each die are in the ring, both ways.
  const auto& link = s.system.networks[0].link;
  CHECK(mesh.collective /
            (8 * link.lanes * found.physical.networks[0].efficiency * found.physical.networks[0].lane_rate) ==
        Approx(1));
  const auto e = evaluate(s.system, found.physical, s.analytic, s.prepared.models);
  CHECK(e.machine.between_dies == mesh.collective);
  CHECK(e.machine.step == mesh.step);
  // Routers count now: a step takes longer than the hop that it goes.
  CHECK(mesh.step > found.physical.networks[0].hop);

  auto slower = found.physical;
  slower.routed->networks[0].collective = mesh.collective / 2;
  slower.routed->networks[0].step = 2 * mesh.step;
  const auto worse = evaluate(s.system, slower, s.analytic, s.prepared.models);
  CHECK(worse.throughput < e.throughput);
  for (std::size_t w = 0; w < e.performance.size(); ++w) {
    CHECK(worse.performance[w].network >= e.performance[w].network);
    CHECK(worse.performance[w].value <= e.performance[w].value);
  }
}

TEST_CASE("a placed package simulated: as far apart as said, and no more carried than the bound") {
  Subject s{"epyc-rome"};
  const auto found = s.refined(500);
  std::string why;
  const auto made = refine::package_network(s.prepared, s.choice, s.system, s.analytic, found.package,
                                            found.layout, {}, why);
  REQUIRE(made);
  const auto way = refine::best_way(made->network);
  REQUIRE(way);
  const auto calm = simulate::simulate(made->network, way->routing, {.rate = 0.02});
  REQUIRE(calm.state == simulate::State::stable);
  CHECK(calm.latency == Approx(way->mean).epsilon(0.03));
  const auto full =
      simulate::simulate(made->network, way->routing, {.rate = 0.95, .measures_throughput = true});
  // Eight of nine nodes send; accepted is counted over all of them.
  CHECK(full.accepted <= way->carried * 8 / 9 * 1.001);
  CHECK(full.accepted > 0.4);
}

TEST_CASE("dies linked as a grid take dimension order, wherever they stand") {
  // Uniform over 16 nodes: the middle links of a row carry 4 x 2 x 2 flows of 1/15 of each of four rows:
  // 16/15.
  std::string text = star_of_three;
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("count = 3", "count = 16");
  replace("[dies.hub]\nnode = \"n14\"\nclock = \"2 GHz\"\narea = \"80 mm2\"\n", "");
  replace("to = \"hub\"", "to = \"core\"\ntopology = \"mesh\"");
  replace("modules = 2", "modules = 4");
  const Subject s{test::design_of(text)};
  const auto found = s.refined(200);
  REQUIRE(found.physical.routed);
  const auto& r = *found.physical.routed;
  CHECK(r.routing == "dimension-order");
  CHECK(r.deadlock_free);
  double narrowest = 1;
  for (const auto& link :
       refine::placed_links(s.prepared, s.choice, s.system, s.analytic, found.package, found.layout))
    narrowest = std::min(narrowest, link.lane_rate / s.system.networks[0].link.lane_rate);
  // Corners let in two links; with links alike the fullest one holds it at 15/16.
  if (narrowest == 1) CHECK(r.throughput_fraction == Approx(15.0 / 16 / 2));
}
