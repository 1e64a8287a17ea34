// The network of a placed package against sums by hand: packages whose modules are put in place here, and the
// project's own designs.
#include "refine/network.h"

#include <set>

#include "refine/subject.h"

using namespace marquetry;
using namespace marquetry::unit;
using refine::Flow;
using refine::NetworkOptions;
using test::Subject;

namespace {

constexpr geometry::Nanometre millimetre = 1'000'000;

// Dies of 10 x 10 mm of one type, in a mesh of standard links.
std::string mesh_design(int dies, int modules, const std::string& more = "") {
  return R"(
format = 1
name = "pair"
packaging = "organic-mcm"
cooling = "air-vapour-chamber"
test = "standard"
[dies.core]
node = "n14"
count = )" +
         std::to_string(dies) + R"(
clock = "2 GHz"
area = "100 mm2"
[links.mesh]
from = "core"
to = "core"
link = "ucie-s"
topology = "mesh"
modules = )" +
         std::to_string(modules) + "\n" + more;
}

struct Placed {
  placement::PackageProblem package{};
  layout::Layout layout{};
};

// In two columns, `gap` between them and between the rows; modules of a link side by side in the middle of
// the two edges that face each other.
Placed placed_by_hand(const Subject& s, geometry::Nanometre gap) {
  Diagnostics diagnostics;
  Placed out{*placement::package_problem(s.prepared, s.choice, s.system, s.analytic, diagnostics), {}};
  const auto& problem = out.package.problem;
  const auto side = problem.dies[0].size.width;
  for (std::size_t d = 0; d < problem.dies.size(); ++d) {
    const auto column = static_cast<geometry::Nanometre>(d % 2),
               row = static_cast<geometry::Nanometre>(d / 2);
    out.layout.dies.push_back({{column * (side + gap), row * (side + gap)}, geometry::Rotation::r0});
    out.layout.sizes.push_back(problem.dies[d].size);
  }
  for (std::size_t l = 0; l < problem.links.size(); ++l) {
    const auto& link = problem.links[l];
    const auto& phy = *link.phy;
    const bool across = link.b == link.a + 1;
    for (std::size_t k = 0; k < phy.modules; ++k) {
      const auto along = side / 2 + static_cast<geometry::Nanometre>(k) * phy.width;
      for (const auto die : {link.a, link.b}) {
        const auto low = out.layout.dies[die].low;
        const bool near = die == link.a;
        const auto depth = near ? side - phy.depth : 0;
        const geometry::Point corner = across ? geometry::Point{low.x + depth, low.y + along}
                                              : geometry::Point{low.x + along, low.y + depth};
        const geometry::Point size =
            across ? geometry::Point{phy.depth, phy.width} : geometry::Point{phy.width, phy.depth};
        const auto edge = across ? (near ? geometry::Side::right : geometry::Side::left)
                                 : (near ? geometry::Side::top : geometry::Side::bottom);
        out.layout.phys.push_back(
            {.link = l, .die = die, .module = k, .side = edge, .rect = {corner, corner + size}});
      }
    }
  }
  return out;
}

// placed: by hand, or as the search has found it.
refine::PackageNetwork network_of(const Subject& s, const auto& placed, const NetworkOptions& options = {}) {
  std::string why;
  auto made = refine::package_network(s.prepared, s.choice, s.system, s.analytic, placed.package,
                                      placed.layout, options, why);
  INFO(why);
  REQUIRE(made);
  return std::move(*made);
}

std::string refusal_of(const Subject& s, const NetworkOptions& options = {}) {
  const auto found = s.refined(200);
  std::string why;
  CHECK_FALSE(refine::package_network(s.prepared, s.choice, s.system, s.analytic, found.package, found.layout,
                                      options, why));
  return why;
}

}  // namespace

TEST_CASE("two dies: width, flits and latency follow from the link, its wire and the clock") {
  const Subject s{test::design_of(mesh_design(2, 2))};
  const auto made = network_of(s, placed_by_hand(s, 3 * millimetre));
  const auto& graph = made.network.graph;
  REQUIRE(graph.channels.size() == 2);
  CHECK(graph.names == std::vector<std::string>{"core[0]", "core[1]"});
  // Two modules of 16 lanes of 32 Gbit/s, 0.94 of it payload: 962.56 Gbit/s; at 2 GHz 481.28 bit a cycle.
  CHECK(made.links[0].payload / (Gbit / unit::s) == Approx(962.56));
  CHECK(*made.network.flit_bits == Approx(481.28));
  CHECK(*made.network.cycle_ns == Approx(0.5));
  CHECK(made.network.packet == 2);  // 64 B
  // 2 ns of both ends and 3 mm at sqrt(3.3) / c = 6.06 ps/mm are 4.04 cycles; a flit takes one more.
  for (const auto& channel : graph.channels) {
    CHECK(channel.latency == 6);
    CHECK(channel.width == 1);
    CHECK(channel.length == Approx(3));
  }
  CHECK(graph.places[1].x - graph.places[0].x == Approx(13));
  CHECK(made.network.router.buffer == 8);  // 4 x 8 hold more than 1 + 4 + 2 x 6
  CHECK(made.network.traffic.kind == traffic::Kind::uniform);
  CHECK(topology::faults(graph).empty());
}

TEST_CASE("with fewer modules than links a die has no more bandwidth than its modules") {
  auto text = mesh_design(5, 2);
  text.replace(text.find("\"mesh\""), 6, "\"all\"");
  const Subject s{test::design_of(text)};
  const auto found = s.refined(500);
  const auto made = network_of(s, found);
  REQUIRE(made.links.size() == 10);
  for (const auto& link : made.links) {
    CHECK(link.modules == 0.5);  // two modules, four links
    CHECK(4 * link.payload / s.analytic.network.per_die[0] == Approx(1));
  }
  REQUIRE(found.physical.routed);
  CHECK(found.physical.routed->networks[0].collective <= s.analytic.network.per_die[0] * (1 + 1e-9));
}

TEST_CASE("two kinds of links between the same dies are two links, each with its own rate and latency") {
  const std::string more = R"(
[links.fast]
from = "core"
to = "core"
link = "xsr-112g"
topology = "mesh"
modules = 1
)";
  const Subject s{test::design_of(mesh_design(2, 2, more))};
  const auto found = s.refined(500);
  const auto made = network_of(s, found);
  REQUIRE(made.links.size() == 2);
  const auto& graph = made.network.graph;
  for (std::size_t n = 0; n < 2; ++n) {
    CHECK(made.links[n].of == n);
    CHECK(made.links[n].payload / s.analytic.network.per_die[n] == Approx(1));
  }
  CHECK(graph.channels[0].width / graph.channels[2].width ==
        Approx(made.links[0].payload / made.links[1].payload));
  CHECK(graph.channels[0].latency < graph.channels[2].latency);  // 2 ns against 8
  const auto e = evaluate(s.system, found.physical, s.analytic, s.prepared.models);
  CHECK(e.power.links / s.analytic.power.links == Approx(1).epsilon(0.1));
}

TEST_CASE("a slower clock means fewer cycles, larger flits and the same bandwidth") {
  const Subject s{test::design_of(mesh_design(2, 2))};
  const auto placed = placed_by_hand(s, 3 * millimetre);
  const auto made = network_of(s, placed, {.clock = 0.5 * GHz, .packet = 256 * B});
  CHECK(*made.network.flit_bits == Approx(4 * 481.28));
  CHECK(made.network.graph.channels[0].latency == 3);  // 1.01 and 1
  CHECK(made.network.packet == 2);
}

TEST_CASE("four dies: links that are longer are later, those that are slower narrower") {
  const Subject s{test::design_of(mesh_design(4, 2))};
  auto placed = placed_by_hand(s, 2 * millimetre);
  // The upper row stands 38 mm farther away: no rate but 12 Gbit/s and less loses 3 dB or less there.
  for (std::size_t d = 2; d < 4; ++d) placed.layout.dies[d].low.y += 38 * millimetre;
  for (auto& phy : placed.layout.phys) {
    if (phy.die < 2) continue;
    phy.rect.low.y += 38 * millimetre;
    phy.rect.high.y += 38 * millimetre;
  }
  const auto made = network_of(s, placed);
  REQUIRE(made.links.size() == 4);
  const auto& wires = *find(test::library().wires, "organic-buildup");
  for (const auto& link : made.links) {
    const bool is_long = link.longest > 10 * mm;
    CHECK(link.longest / mm == Approx(is_long ? 40 : 2));
    const double loss = link.longest / mm *
                        (wires.skin_loss.typ * mm.si() * std::sqrt(link.lane_rate / (2 * Gbit / unit::s)) +
                         wires.dielectric_loss.typ * mm.si() * (link.lane_rate / (2 * Gbit / unit::s)));
    CHECK(loss <= 3);
    CHECK((link.lane_rate < 32 * Gbit / unit::s) == is_long);
    CHECK(link.payload / (Gbit / unit::s) == Approx(16 * 0.94 * (link.lane_rate / (Gbit / unit::s))));
  }
  double least = 1, most = 0;
  for (const auto& c : made.network.graph.channels) {
    const auto& link = made.links[c.link];
    const double width = link.lane_rate / (32 * Gbit / unit::s);
    CHECK(c.width == Approx(width));
    CHECK(c.latency == std::ceil((2 + link.longest / mm * 0.0060595) * 2 + 1 / width));
    least = std::min(least, c.width);
    most = std::max(most, c.width);
  }
  CHECK(least < most);
}

TEST_CASE("die types of several networks, memories and the I/O die share one graph") {
  Subject s{"accelerator"};
  s.set(test::mesh_of_four);
  const auto found = s.refined(2000);
  const auto made = network_of(s, found);
  const auto& graph = made.network.graph;
  CHECK(graph.routers == 9);  // 4 dies, 4 stacks, I/O
  CHECK(graph.terminals.size() == 9);
  CHECK(graph.channels.size() == 2 * (4 + 4 + 4));
  CHECK(std::set<std::string>(graph.names.begin(), graph.names.end()) ==
        std::set<std::string>{"compute[0]", "compute[1]", "compute[2]", "compute[3]", "io", "hbm[0]",
                              "hbm[1]", "hbm[2]", "hbm[3]"});
  std::set<double> widths;
  for (const auto& c : graph.channels) widths.insert(c.width);
  CHECK(widths.size() >= 3);  // UCIe advanced, UCIe standard, HBM
  CHECK(*widths.rbegin() == 1);
  // Between the computing dies alone, from each to each of the others.
  const auto matrix = traffic::matrix(made.network.traffic);
  double sum = 0;
  for (std::size_t n = 0; n < 9; ++n) {
    for (std::size_t d = 0; d < 9; ++d) {
      const double rate = matrix[n * 9 + d];
      sum += rate;
      const bool both =
          graph.names[n].starts_with("compute") && graph.names[d].starts_with("compute") && n != d;
      CHECK(rate == Approx(both ? 1.0 / 3 : 0));
    }
  }
  CHECK(sum == Approx(4));
}

TEST_CASE("with memory traffic each computing die reads and writes every stack alike") {
  const Subject s{"h200"};
  const auto found = s.refined(1000);
  const auto made = network_of(s, found);
  CHECK(made.network.traffic.name == "memory");  // one computing die: nothing else moves
  const auto matrix = traffic::matrix(made.network.traffic);
  for (std::size_t m = 1; m < 7; ++m) {
    CHECK(matrix[m] == Approx(1.0 / 6));
    CHECK(matrix[m * 7] == Approx(1.0 / 6));
  }
}

TEST_CASE("a star of core dies has links to its hub alone, and its ports to the outside are no links") {
  const Subject s{"epyc-rome"};
  const auto found = s.refined(1000);
  const auto made = network_of(s, found);
  CHECK(made.network.graph.routers == 9);
  CHECK(made.network.graph.channels.size() == 16);
  for (const auto& link : made.links) CHECK(found.package.problem.dies[link.b].name == "iod");
  // Its links are 22 cycles long: 1 + 4 + 44 flits are on their way on four virtual channels.
  CHECK(made.network.graph.channels[0].latency == 22);
  CHECK(made.network.router.buffer == 13);
  bool says_port = false;
  for (const auto& note : made.network.notes)
    says_port |= note.find("'pcie' leaves the package") != note.npos;
  CHECK(says_port);
}

TEST_CASE("dies that stand on others have their links, without a wire") {
  const Subject s{"stacked-cache"};
  const auto found = s.refined(1000);
  const auto made = network_of(s, found);
  CHECK(made.network.graph.routers == 17);
  std::size_t vertical = 0;
  for (const auto& link : made.links) {
    if (!in_stack(s.system, s.system.networks[link.of])) continue;
    ++vertical;
    CHECK(link.longest == 0 * mm);
    CHECK(link.modules == 20);
    CHECK(found.package.problem.dies[link.b].on == link.a);
  }
  CHECK(vertical == 8);
}

TEST_CASE("why a package has no network is said") {
  const Subject alone{test::design_of(mesh_design(1, 2))};
  CHECK(refusal_of(alone) == "nothing is linked within the package");
  const Subject pair{test::design_of(mesh_design(2, 2))};
  CHECK(refusal_of(pair, {.flow = Flow::memory}) == "there is no memory on the package");
  const Subject h200{"h200"};
  CHECK(refusal_of(h200, {.flow = Flow::dies}) == "there is one computing die");
}

TEST_CASE("bumps too far apart for a module leave it lanes in proportion, and its port likewise") {
  // 0.124 mm2 of a module for bumps at 25 um hold 77 of its 140 wires at 40 um: 35 lanes of 64.
  const std::string more = R"(
[links.out]
from = "core"
to = "outside"
link = "ucie-a-25um"
modules = 1
)";
  auto text = mesh_design(2, 2, more);
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("organic-mcm", "cowos-s");
  replace("\"ucie-s\"", "\"ucie-a-25um\"");
  const Subject s{test::design_of(text)};
  const auto physical =
      refine::measured(s.prepared, s.choice, s.system, s.analytic, placed_by_hand(s, millimetre).package,
                       placed_by_hand(s, millimetre).layout);
  const auto e = evaluate(s.system, physical, s.analytic, s.prepared.models);
  for (std::size_t n = 0; n < 2; ++n) {
    CHECK(physical.networks[n].lanes == 35);
    CHECK(physical.networks[n].held_by == "bumps");
    CHECK(e.network.per_die[n] / s.analytic.network.per_die[n] == Approx(35.0 / 64));
  }
  CHECK(e.power.links < s.analytic.power.links);
}

TEST_CASE(
    "where bumps fail one by one, spare lanes raise the yield of the bond; links without them go on narrow") {
  auto made = test::library();
  for (auto& row : made.packagings) row.connection_yield.typ = 0.99999;
  Diagnostics diagnostics;
  auto text = mesh_design(2, 8);
  text.replace(text.find("organic-mcm"), 11, "cowos-s");
  const auto narrow = test::design_of(text);
  text.replace(text.find("\"ucie-s\""), 8, "\"ucie-a\"");
  const auto spared = test::design_of(text);
  const auto both = [&](const Design& design) {
    const auto prepared = prepare(made, design, diagnostics).value();
    const Choice choice(0, 0);
    const auto system = compose(prepared, choice);
    const auto analytic = evaluate(system, prepared.models);
    const auto found = refine::refine(prepared, choice, system, analytic, {.steps = 200}, diagnostics);
    REQUIRE(found);
    const auto e = evaluate(system, found->physical, analytic, prepared.models);
    return std::pair{found->physical, e.cost.assembly_yield / analytic.cost.assembly_yield};
  };
  const auto [with, gain] = both(spared);
  CHECK(with.mended[0] == Approx(std::pow(link::mended(*find(made.links, "ucie-a"), 0.99999), 8)));
  CHECK(gain > 1);
  CHECK(with.networks[0].whole > 0.999999);
  const auto [without, none] = both(narrow);
  CHECK(without.mended[0] == 1);
  CHECK(none == Approx(1));
  const double half = std::pow(0.99999, 2 * 16);  // eight lanes each way, two bumps each
  CHECK(without.networks[0].whole == Approx(half * half));
  CHECK(without.networks[0].narrowed == Approx(2 * half * (1 - half)));
  // One link of eight modules: some of them at half of their width, the rest whole.
  const double goes_on = half * half + 2 * half * (1 - half);
  CHECK(without.networks[0].narrow_bin == Approx(std::pow(goes_on, 8) - std::pow(half, 16)));
  CHECK(without.networks[0].narrow_bandwidth == Approx(7.5 / 8));
  CHECK(with.networks[0].narrow_bin == 0);
}
