// Ladders worked by hand, random nets against a dense solve of the same resistors.
#include "delivery/solve.h"

#include <rapidcheck.h>

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <map>

#include "support/property.h"

namespace marquetry::delivery {
namespace {

constexpr Options tight{.tolerance = 1e-12};

// A strip of n square cells of 1 mm: the resistance between neighbours is that of a square.
struct Strip {
  Plane plane{};
  Net net{};
};

Strip strip(std::size_t cells, double sheet, double feed, double current) {
  const double length = 1e-3 * static_cast<double>(cells);
  Strip out{.plane = {cells, 1, length, 1e-3}};
  out.net = {.name = "core", .voltage = 1, .back = Return::none};
  out.net.supply.layers = {{"metal", {{"strip", {0, 0, length, 1e-3}, sheet}}}};
  out.net.supply.feeds = {{"regulator", 0, {0, 0, 1e-3, 1e-3}, feed}};
  for (std::size_t c = 0; c < cells; ++c)
    out.net.loads.push_back({.die = "die " + std::to_string(c),
                             .rect = {1e-3 * static_cast<double>(c), 0, 1e-3, 1e-3},
                             .current = current});
  return out;
}

TEST_CASE("a ladder fed at one end drops by the sum of what flows through each rung") {
  // 4 loads of 2 A, 10 mohm between them, 5 mohm of the regulator: 8 A through it; 6, 4, 2 A further on.
  const auto [plane, net] = strip(4, 0.010, 0.005, 2);
  const auto made = flow(plane, net, {}, tight);
  REQUIRE(made.dies.size() == 4);
  CHECK(made.dies[0].worst == Approx(8 * 0.005).epsilon(1e-9));
  CHECK(made.dies[1].worst == Approx(8 * 0.005 + 6 * 0.010).epsilon(1e-9));
  CHECK(made.dies[2].worst == Approx(8 * 0.005 + 10 * 0.010).epsilon(1e-9));
  CHECK(made.dies[3].worst == Approx(8 * 0.005 + 12 * 0.010).epsilon(1e-9));
  CHECK(made.worst() == Approx(0.16).epsilon(1e-9));
  // I2 R: 64 x 5 mohm and (36 + 16 + 4) x 10 mohm.
  CHECK(made.feeds[0].loss == Approx(0.32).epsilon(1e-9));
  CHECK(made.feeds[0].current == Approx(8).epsilon(1e-9));
  CHECK(made.sheets[0].loss == Approx(0.56).epsilon(1e-9));
  CHECK(made.loss == Approx(0.88).epsilon(1e-9));
  CHECK(made.supplied == Approx(8));
  CHECK(made.imbalance < 1e-9);
}

TEST_CASE("bumps share the current of the die above them, and drop by the resistance of one") {
  Strip one = strip(1, 0.010, 0.001, 6);
  auto& supply = one.net.supply;
  supply.layers.push_back({"die", {{"die", {0, 0, 1e-3, 1e-3}, 0.05}}});
  supply.joints = {{.name = "bumps",
                    .patches = {{{0, 0, 1e-3, 1e-3}, 1}},
                    .count = 30,
                    .resistance = 0.03,
                    .limit = 0.15}};
  one.net.loads[0].layer = 1;
  one.net.efficiency = 0.8;
  const auto made = flow(one.plane, one.net, {}, tight);
  CHECK(made.joints[0].worst == Approx(0.2));  // 6 A / 30
  CHECK(made.joints[0].current == Approx(6));
  CHECK(!made.joints[0].holds());
  CHECK(made.joints[0].loss == Approx(36 * 0.001));                       // 30 mohm / 30
  CHECK(made.dies[0].worst == Approx(6 * 0.001 + 6 * 0.001));             // regulator, bumps
  CHECK(made.joints[0].change == Approx(-6 * 0.03 / 900).epsilon(1e-6));  // of I R / N by N
  CHECK(made.supplied == Approx(6 / 0.8));
  CHECK(made.regulator == Approx(6 / 0.8 - 6));
}

TEST_CASE(
    "a ground that mirrors the supply is a ground of its own with the same metal, or twice the resistances") {
  auto [plane, net] = strip(6, 0.010, 0.005, 1.5);
  net.back = Return::mirrored;
  const auto mirrored = flow(plane, net, {}, tight);
  auto own = net;
  own.back = Return::own;
  own.ground = net.supply;
  const auto both = flow(plane, own, {}, tight);
  auto doubled = net;
  doubled.back = Return::none;
  doubled.supply.layers[0].regions[0].sheet *= 2;
  doubled.supply.feeds[0].resistance *= 2;
  const auto twice = flow(plane, doubled, {}, tight);
  for (std::size_t d = 0; d < 6; ++d) {
    CHECK(mirrored.dies[d].worst == Approx(twice.dies[d].worst).epsilon(1e-9));
    CHECK(both.dies[d].worst == Approx(twice.dies[d].worst).epsilon(1e-9));
    CHECK(both.dies[d].mean == Approx(twice.dies[d].mean).epsilon(1e-9));
  }
  CHECK(mirrored.loss == Approx(twice.loss).epsilon(1e-9));
  CHECK(both.loss == Approx(twice.loss).epsilon(1e-9));
}

// ---- random nets

struct Random {
  Plane plane{};
  Net net{};
};

Random random_net() {
  const auto length = [] { return 1e-3 * (1 + *rc::gen::inRange(0, 90) / 10.0); };
  Random out;
  auto& [plane, net] = out;
  plane = {*rc::gen::inRange<std::size_t>(1, 7), *rc::gen::inRange<std::size_t>(1, 7), length(), length()};
  net = {.name = "n", .voltage = 0.8, .efficiency = 0.9};
  net.back = *rc::gen::element(Return::none, Return::mirrored);
  const auto layers = *rc::gen::inRange<std::size_t>(1, 4);
  const Box whole{0, 0, plane.width, plane.height};
  const auto some = [] { return 1e-3 * *rc::gen::inRange(1, 50); };
  for (std::size_t l = 0; l < layers; ++l) {
    if (l == 0 || *rc::gen::inRange(0, 2) == 0) {
      net.supply.layers.push_back({"layer", {{"whole", whole, some()}}});
    } else {  // two dies side by side
      const double at = plane.width * *rc::gen::inRange(3, 8) / 10.0;
      net.supply.layers.push_back({"layer",
                                   {{"left", {0, 0, at, plane.height}, some()},
                                    {"right", {at, 0, plane.width - at, plane.height}, some()}}});
    }
    if (l > 0)
      net.supply.joints.push_back({.name = "joints",
                                   .below = l - 1,
                                   .patches = {{whole, 1}},
                                   .count = 1.0 * *rc::gen::inRange(1, 500),
                                   .resistance = some()});
  }
  net.supply.feeds = {{"regulator", 0, {0, 0, plane.width / 2, plane.height}, some()}};
  for (int i = 0; i < 3; ++i) {
    const double x = plane.width * *rc::gen::inRange(0, 8) / 10.0,
                 y = plane.height * *rc::gen::inRange(0, 8) / 10.0;
    net.loads.push_back({.die = i == 0 ? "a" : "b",
                         .layer = layers - 1,
                         .rect = {x, y, plane.width / 5, plane.height / 5},
                         .current = 1.0 * *rc::gen::inRange(0, 20)});
  }
  return out;
}

// The same resistors, put into a dense matrix by their definition.
Eigen::MatrixXd dense(const conduction::Grid& grid) {
  const auto n = static_cast<Eigen::Index>(grid.shape.cells());
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(n, n);
  const auto join = [&](std::size_t i, std::size_t j, double g) {
    const auto r = static_cast<Eigen::Index>(i), c = static_cast<Eigen::Index>(j);
    a(r, r) += g, a(c, c) += g, a(r, c) -= g, a(c, r) -= g;
  };
  for (std::size_t i = 0; i < grid.shape.cells(); ++i) {
    if (grid.right[i] > 0) join(i, i + 1, grid.right[i]);
    if (grid.up[i] > 0) join(i, i + grid.shape.columns, grid.up[i]);
    if (grid.above[i] > 0) join(i, i + grid.shape.plane(), grid.above[i]);
    a(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(i)) += grid.ground[i];
  }
  return a;
}

TEST_CASE("random nets have the drops of a dense solve") {
  test::check_property([] {
    const auto [plane, net] = random_net();
    RC_PRE(faults(plane, net).empty());
    const auto made = flow(plane, net, {}, tight);
    const auto cells = mesh(plane, net.supply);
    Eigen::VectorXd source = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(cells.grid.shape.cells()));
    for (const auto& load : net.loads)
      for (const auto& [cell, share] : pieces(plane, net.supply, cells, load, load.layer))
        source(static_cast<Eigen::Index>(cell)) += share * load.current;
    Eigen::VectorXd u = dense(cells.grid).ldlt().solve(source);
    if (net.back == Return::mirrored) u *= 2;
    const double scale = std::max(1e-12, u.cwiseAbs().maxCoeff());
    for (std::size_t i = 0; i < made.drop.size(); ++i)
      RC_ASSERT(std::abs(made.drop[i] - u(static_cast<Eigen::Index>(i))) < 1e-8 * scale);
  });
}

TEST_CASE("currents sum at every joint and regulator, and what enters is what loads and metal take") {
  test::check_property([] {
    const auto [plane, net] = random_net();
    RC_PRE(faults(plane, net).empty());
    const auto made = flow(plane, net, {}, tight);
    const double slack = 1e-8 * std::max(1.0, made.current);
    for (const auto& joints : made.joints) RC_ASSERT(std::abs(joints.current - made.current) < slack);
    RC_ASSERT(std::abs(made.feeds[0].current - made.current) < slack);
    RC_ASSERT(made.imbalance < 1e-8);
    RC_ASSERT(std::abs(made.supplied - made.regulator - net.voltage * made.current) < slack);
  });
}

TEST_CASE("one more joint lowers the worst drop by what the adjoint says") {
  test::check_property([] {
    const auto [plane, net] = random_net();
    RC_PRE(faults(plane, net).empty());
    if (net.supply.joints.empty()) return;
    const auto made = flow(plane, net, {}, tight);
    if (made.worst() < 1e-6) return;
    const auto j = *rc::gen::inRange<std::size_t>(0, net.supply.joints.size());
    const double step = 1e-4 * net.supply.joints[j].count;
    const auto at = [&](double count) {
      auto other = net;
      other.supply.joints[j].count = count;
      return flow(plane, other, {}, tight).worst();
    };
    const double slope =
        (at(net.supply.joints[j].count + step) - at(net.supply.joints[j].count - step)) / (2 * step);
    RC_ASSERT(made.joints[j].change <= 0);
    RC_ASSERT(std::abs(made.joints[j].change - slope) < 1e-3 * std::abs(slope) + 1e-9);
  });
}

TEST_CASE("metal on which nothing feeds a load, and parts beside the metal, are named") {
  auto [plane, net] = strip(3, 0.01, 0.01, 1);
  net.supply.layers.push_back({"die", {{"die", {0, 0, 1e-3, 1e-3}, 0.05}}});
  net.loads[0].layer = 1;
  auto found = faults(plane, net);
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "net 'core': no regulator reaches the load of 'die 0'");
  net.supply.joints = {
      {.name = "bumps", .patches = {{{1e-3, 0, 1e-3, 1e-3}, 1}}, .count = 4, .resistance = 0.01}};
  net.loads[1].layer = 1;
  found = faults(plane, net);
  REQUIRE(found.size() == 3);
  CHECK(found[0].message == "net 'core': joints 'bumps' have no metal below them or none above");
  CHECK(found[1].message == "net 'core': no regulator reaches the load of 'die 0'");
  CHECK(found[2].message == "net 'core': the load of 'die 1' stands on no metal");
}

}  // namespace
}  // namespace marquetry::delivery
