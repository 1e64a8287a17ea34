// Where heat and leakage come to rest: against closed forms, bisection and a dense Picard iteration.
#include "thermal/leakage.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>

#include "support/golden.h"
#include "thermal/random_grid.h"

namespace {

using namespace marquetry;
using namespace marquetry::thermal;
using conduction::Field;
using conduction::Grid;

// One cell with 1 / resistance to the ambient.
Grid one_cell(double resistance) {
  return {.shape = {1, 1, 1}, .right = {0}, .up = {0}, .above = {0}, .ground = {1 / resistance}};
}

constexpr conduction::Request fine{.tolerance = 1e-6};

struct Rested {
  Rest rest{};
  Field rise{};
};

Rested settled(const Grid& grid, const Field& power, std::span<const Leak> leaks,
               const conduction::Request& request = fine) {
  conduction::Solver solver{grid};
  Rested out;
  out.rest = settle(grid, solver, power, leaks, out.rise, request);
  return out;
}

}  // namespace

TEST_CASE("leakage: Lambert's function is the inverse of w exp(w)") {
  for (const double w : {-0.999, -0.9, -0.5, -0.1, -1e-9, 0.0, 1e-12, 0.3, 1.0, 2.5, 10.0, 300.0})
    CHECK(lambert_w(w * std::exp(w)) == Approx(w).epsilon(w < -0.99 ? 1e-9 : 1e-13).margin(1e-16));
  CHECK(lambert_w(-1 / std::numbers::e) == Approx(-1).epsilon(1e-7));
}

TEST_CASE("leakage: one resistance agrees with the golden closed forms") {
  const auto folder = test::golden_folder("thermal");
  if (!folder) return test::skip("no golden cases");
  std::size_t cases = 0;
  for (const auto& index : test::golden_indices(*folder))
    for (const auto& entry : index.cases) {
      std::ifstream in{entry.file};
      const auto json = nlohmann::json::parse(in);
      if (!json.contains("exact") || !json["exact"].contains("loop_gain")) continue;
      INFO(entry.name);
      ++cases;
      const auto& p = json["params"];
      const Leakage leakage{p["P0"], p["b"], p["T0"]};
      const double resistance = p["R"], power = p["Pd"], ambient = p["Ta"];
      const auto& exact = json["exact"];
      const auto lumped = lumped_rest(resistance, power, leakage, ambient);
      CHECK(lumped.stable);
      CHECK(lumped.temperature == Approx(exact["T"].get<double>()).epsilon(0).margin(1e-9));
      CHECK(lumped.u == Approx(exact["u"].get<double>()).epsilon(1e-12));
      CHECK(lumped.leakage == Approx(exact["leak_W"].get<double>()).epsilon(1e-11));
      CHECK(lumped.loop_gain == Approx(exact["loop_gain"].get<double>()).epsilon(1e-11));

      const Leak leak{0, 0, leakage.power * std::exp(leakage.slope * (ambient - leakage.reference)),
                      leakage.slope};
      const auto [rest, rise] = settled(one_cell(resistance), {{power}, {}}, {&leak, 1});
      CHECK(rest.fate == Fate::stable);
      CHECK(rest.proved);
      CHECK(rest.bound <= 1e-6);
      CHECK(std::abs(ambient + rise.cells[0] - exact["T"].get<double>()) <= rest.bound);
      CHECK(rest.power == Approx(exact["leak_W"].get<double>()).epsilon(1e-7));
    }
  CHECK(cases > 0);
}

TEST_CASE("leakage: one resistance rests where bisection finds it") {
  Rng rng{7};
  for (int draw = 0; draw < 50; ++draw) {
    const double r = 0.05 + rng.uniform(), power = 100 * rng.uniform(), b = 0.005 + 0.03 * rng.uniform();
    const Leakage leakage{0.3 / (r * b), b, 300 + r * power};  // u = 0.3
    double low = 300, high = 300 + r * power + 1 / b;          // the fold is where the slope is 1
    for (int i = 0; i < 200; ++i) {
      const double t = (low + high) / 2;
      (t < 300 + r * (power + leakage.power * std::exp(b * (t - leakage.reference))) ? low : high) = t;
    }
    const auto rest = lumped_rest(r, power, leakage, 300);
    CHECK(rest.temperature == Approx(low).epsilon(1e-12));
    // More power by the margin leaves just a state of rest.
    CHECK(lumped_rest(r, power + rest.power_margin * (1 - 1e-9), leakage, 300).stable);
    CHECK_FALSE(lumped_rest(r, power + rest.power_margin * (1 + 1e-9), leakage, 300).stable);
    CHECK(lumped_rest(r, power, leakage, 300 + rest.ambient_margin * (1 - 1e-9)).stable);
    CHECK_FALSE(lumped_rest(r, power, leakage, 300 + rest.ambient_margin * (1 + 1e-9)).stable);
  }
}

TEST_CASE("leakage: one cell runs away just above u = 1 / e") {
  // R P0 b = u with R = 0.5, b = 0.02, no other power.
  const auto with_u = [](double u) {
    const Leak leak{0, 0, u / (0.5 * 0.02), 0.02};
    return settled(one_cell(0.5), {{0}, {}}, {&leak, 1});
  };
  const double fold = 1 / std::numbers::e;
  const auto below = with_u(fold * (1 - 1e-8));
  CHECK(below.rest.fate == Fate::stable);
  CHECK(below.rest.proved);
  CHECK(below.rise.cells[0] == Approx(-lambert_w(-fold * (1 - 1e-8)) / 0.02).epsilon(0).margin(1e-6));
  const auto above = with_u(fold * (1 + 1e-8));
  CHECK(above.rest.fate == Fate::runaway);
  CHECK(above.rest.proved);
  CHECK(with_u(3).rest.fate == Fate::runaway);
  CHECK(with_u(1e6).rest.fate == Fate::runaway);
}

TEST_CASE("leakage: a grid with package nodes rests where a dense Picard iteration does") {
  Rng rng{11};
  for (int draw = 0; draw < 12; ++draw) {
    const conduction::Shape shape{4 + static_cast<std::size_t>(draw % 3), 3, 3};
    const auto grid = test::random_grid(rng, shape, static_cast<std::size_t>(draw % 3));
    Field power = conduction::zeros(grid);
    std::vector<Leak> leaks;
    for (std::size_t i = 0; i < shape.plane(); ++i) {
      power.cells[i] = 5 * rng.uniform();
      leaks.push_back({i % 2, i, 0.2 * rng.uniform(), 0.01 + 0.01 * rng.uniform()});
      if (i % 3 == 0) leaks.push_back({2, i, 0.1, 0.02});  // two blocks in one cell
    }
    const Eigen::LDLT<Eigen::MatrixXd> factor{test::dense(grid)};
    Eigen::VectorXd t = factor.solve(test::dense(power));
    for (int i = 0; i < 400; ++i) {
      Field all = power;
      for (const auto& leak : leaks)
        all.cells[leak.cell] += leak.power * std::exp(leak.slope * t[static_cast<Eigen::Index>(leak.cell)]);
      t = factor.solve(test::dense(all));
    }
    const auto [rest, rise] = settled(grid, power, leaks);
    REQUIRE(rest.fate == Fate::stable);
    CHECK(rest.proved);
    CHECK(rest.bound <= 1e-6);
    CHECK(rest.solves <= 7);  // the first, with the other power alone, and six warm ones
    CHECK((test::dense(rise) - t).cwiseAbs().maxCoeff() <= rest.bound);
    double sum = 0;
    for (const double watts : leaked(leaks, rise, 3)) sum += watts;
    CHECK(sum == Approx(rest.power));
  }
}

TEST_CASE("leakage: from below the iterates rise and never pass the state of rest") {
  Rng rng{5};
  const auto grid = test::random_grid(rng, {5, 5, 2}, 2);
  Field power = conduction::zeros(grid);
  std::vector<Leak> leaks;
  for (std::size_t i = 0; i < 25; ++i) {
    power.cells[i] = 2 * rng.uniform();
    leaks.push_back({0, i, 0.15, 0.02});
  }
  const auto answer = settled(grid, power, leaks);
  REQUIRE(answer.rest.fate == Fate::stable);
  // One round of Newton at a time: a tolerance that one round meets.
  Field last, rise;
  conduction::Solver solver{grid};
  solver.solve(power, rise, {.tolerance = 1e-9});
  for (int round = 0; round < 6; ++round) {
    last = rise;
    const conduction::Request once{.tolerance = 1e4, .certify = false};
    CHECK(settle(grid, solver, power, leaks, rise, once, Start::below).rounds == 1);
    for (std::size_t i = 0; i < rise.cells.size(); ++i) {
      CHECK(rise.cells[i] >= last.cells[i] - 1e-3);  // a round is solved to a hundredth
      CHECK(rise.cells[i] <= answer.rise.cells[i] + 1e-3);
    }
  }
}

TEST_CASE("leakage: a start above the state of rest is put right") {
  const Leak leak{0, 0, 0.3 / (0.5 * 0.02), 0.02};
  const auto grid = one_cell(0.5);
  conduction::Solver solver{grid};
  Field rise{{400}, {}};  // far beyond the fold
  const auto rest = settle(grid, solver, {{0}, {}}, {&leak, 1}, rise, fine, Start::anywhere);
  CHECK(rest.fate == Fate::stable);
  CHECK(rise.cells[0] == Approx(-lambert_w(-0.3) / 0.02).epsilon(0).margin(1e-6));
}
