// The package network on paper.
#include "network/first_order.h"

#include <catch2/catch.hpp>

#include "support/small_system.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

network::NetworkFigures<double> figures(const System<double>& system) {
  std::vector<area::DieOutline<double>> outlines;
  for (std::size_t d = 0; d < system.dies.size(); ++d) outlines.push_back(area::die_outline(system, d));
  network::NetworkFigures<double> out;
  network::first_order<double>(system, outlines, out);
  return out;
}

}  // namespace

TEST_CASE("two dies with four modules: bandwidth, wire, latency and bisection, by hand") {
  const auto out = figures(test::small_system());
  // 4 x 64 lanes x 16 Gbit/s x 0.95
  CHECK(out.per_die[0] / (Gbit / s) == Approx(3891.2));
  CHECK(out.bisection / (Gbit / s) == Approx(3891.2));  // its one link is cut
  CHECK(out.wire[0] / mm == Approx(0.1));               // across the gap
  // One hop: 2 ns and 0.1 mm at 7 ns a metre
  CHECK(out.latency / ns == Approx(2.0007));
}

TEST_CASE("links of a die share its modules; long links pass over dies") {
  auto system = test::small_system();
  system.networks[0].graph.degree = 3;  // all pairs of four
  system.networks[0].graph.cut = 4;
  system.networks[0].graph.span = 1;
  const auto out = figures(system);
  CHECK(out.bisection / (Gbit / s) == Approx(4 * 3891.2 / 3));
  CHECK(out.wire[0] / mm == Approx(0.1 + 10.1));  // a gap, and a die with its gap
  CHECK(out.latency / ns == Approx(2 + 0.0102 * 7));
}

TEST_CASE("the narrowest network and the longest way count; links to the outside do not") {
  auto system = test::small_system();
  auto thin = system.networks[0];
  thin.modules = 1;
  thin.graph.hops = 2;
  auto outside = system.networks[0];
  outside.to.reset();
  outside.modules = 0.5;
  outside.link.latency = 1 * us;
  system.networks = {system.networks[0], thin, outside};
  const auto out = figures(system);
  CHECK(out.bisection / (Gbit / s) == Approx(972.8));
  CHECK(out.latency / ns == Approx(2 * 2.0007));
  CHECK(out.per_die[2] / (Gbit / s) == Approx(486.4));
}

TEST_CASE("a lone die has neither latency nor bisection") {
  auto system = test::small_system();
  system.networks[0].graph.degree = system.networks[0].graph.cut = system.networks[0].graph.hops = 0;
  CHECK(figures(system).bisection / (Gbit / s) == 0);
  CHECK(figures(system).latency / ns == 0);
  system.networks.clear();
  CHECK(figures(system).bisection / (Gbit / s) == 0);
}

TEST_CASE("in a stack the dies touch: no wire, one hop, nothing to halve") {
  auto system = test::small_system();
  system.dies.push_back(system.dies[0]);
  system.dies[1].parent = 0;
  auto vertical = system.networks[0];
  vertical.from = 1;
  vertical.to = 0;
  vertical.modules = 0.001;
  vertical.graph.hops = 2;
  vertical.graph.span = 3;
  system.networks.push_back(vertical);
  const auto out = figures(system);
  CHECK(out.wire[1] / mm == 0);
  CHECK(out.latency / ns == Approx(2.0007));  // that of the network on the package, as before
  CHECK(out.bisection / (Gbit / s) == Approx(3891.2));
}
