#include "thermal/leakage.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "conduction/field.h"
#include "thermal/enclosure.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;
using conduction::Grid;
using conduction::State;

constexpr double infinite = std::numeric_limits<double>::infinity();

double power_of(const Leak& leak, double rise) { return leak.power * std::exp(leak.slope * rise); }

Field slopes(const Grid& grid, std::span<const Leak> leaks, const Field& rise) {
  Field out = conduction::zeros(grid);
  for (const auto& leak : leaks) out.cells[leak.cell] -= leak.slope * power_of(leak, rise.cells[leak.cell]);
  return out;
}

// A cell whose leakage rises by more than all its conductances carry off is a direction of negative
// curvature by itself; past that point the slopes may overflow.
bool curved(const Field& conductances, const Field& slopes) {
  for (std::size_t i = 0; i < slopes.cells.size(); ++i)
    if (!(conductances.cells[i] + slopes.cells[i] > 0)) return true;
  return false;
}

Fate fate_of(State state) {
  if (state == State::indefinite) return Fate::runaway;
  if (state == State::interrupted) return Fate::interrupted;
  return state == State::solved ? Fate::stable : Fate::not_converged;
}

struct Run {
  const Grid& grid;
  conduction::Solver& solver;
  const Field& power;
  std::span<const Leak> leaks;
  const conduction::Request& request;
  Field conductances{};
  Rest rest{};

  Fate solve(const Field& source, Field& out, double tolerance) {
    auto r = request;
    r.tolerance = tolerance;
    r.certify = false;
    const auto outcome = solver.solve(source, out, r);
    ++rest.solves;
    rest.outcome.iterations += outcome.iterations;
    const int iterations = rest.outcome.iterations;
    rest.outcome = outcome;
    rest.outcome.iterations = iterations;
    return fate_of(outcome.state);
  }

  // The step is returned as its largest entry.
  Fate newton(Field& rise, double tolerance, double& step) {
    const Field slope = slopes(grid, leaks, rise);
    if (curved(conductances, slope)) return Fate::runaway;
    Field lack = surplus(grid, power, leaks, rise), d;
    for (double& x : lack.cells) x = -x;
    for (double& x : lack.hubs) x = -x;
    solver.update(grid, slope);
    const Fate fate = solve(lack, d, tolerance);
    if (fate != Fate::stable) return fate;
    conduction::add(rise, 1, d);
    step = conduction::largest(d);
    ++rest.rounds;
    return fate;
  }

  // Until the step to come, of which the error is a part, is within the tolerance: the steps shrink as their
  // squares.
  Fate approach(Field& rise) {
    double step = 0, before = 0, accuracy = 0.01;
    for (int round = 0; round < 60; ++round) {
      const double wanted = std::min(std::max(request.tolerance / 8, accuracy), 0.01);
      const Fate fate = newton(rise, wanted, step);
      if (fate != Fate::stable) return fate;
      if (step <= request.tolerance / 2) return fate;
      const double next = before > 0 ? step * step * std::max(step / (before * before), 1e-3) : step;
      if (next <= request.tolerance / 2 && wanted <= request.tolerance / 4) return fate;
      before = step;
      accuracy = std::min(accuracy, next / 8);
    }
    return Fate::not_converged;
  }

  // Everything that enters leaves: the mean of the witness over the ground is at least nodes / ground.
  Fate prove(Field& rise) {
    double ground = 0;
    for (const double g : grid.ground) ground += g;
    for (const auto& hub : grid.hubs) ground += hub.ground;
    const Field ones{std::vector<double>(grid.shape.cells(), 1.0),
                     std::vector<double>(grid.hubs.size(), 1.0)};
    Field witness;
    if (const Fate fate = solve(ones, witness, 0.01 * conduction::total(ones) / ground); fate != Fate::stable)
      return fate;
    double wanted = request.tolerance / 8;
    for (int attempt = 0;; ++attempt) {
      rest.bound = enclosure(grid, power, leaks, rise, witness) * conduction::largest(witness);
      if (rest.bound <= request.tolerance || attempt == 4) break;
      // What is left of the last step, or of its solve, must fall by as much as the bound.
      wanted *= std::clamp(request.tolerance / (4 * rest.bound), 1e-5, 0.1);
      double step = 0;
      if (const Fate fate = newton(rise, wanted, step); fate != Fate::stable) return fate;
    }
    rest.proved = rest.bound < infinite;
    return rest.bound <= request.tolerance ? Fate::stable : Fate::not_converged;
  }
};

}  // namespace

std::vector<Leak> leaks(const Stack& stack, const Assembled& assembled) {
  std::vector<Leak> out;
  std::size_t number = 0;
  for (std::size_t l = 0; l < stack.layers.size(); ++l)
    for (std::size_t b = 0; b < stack.layers[l].blocks.size(); ++b, ++number) {
      const auto& leakage = stack.layers[l].blocks[b].leakage;
      if (leakage.power == 0 || !stack.layers[l].heats) continue;
      const auto& shares = assembled.covers[l][b].shares;
      double sum = 0;
      for (const auto& share : shares) sum += share.of_cell;
      const double at_ambient =
          leakage.power * std::exp(leakage.slope * (stack.ambient - leakage.reference)) / sum;
      for (const auto& share : shares)
        out.push_back({number, l * assembled.grid.shape.plane() + share.cell, at_ambient * share.of_cell,
                       leakage.slope});
    }
  return out;
}

std::vector<double> leaked(std::span<const Leak> leaks, const Field& rise, std::size_t blocks) {
  std::vector<double> out(blocks);
  for (const auto& leak : leaks) out[leak.block] += power_of(leak, rise.cells[leak.cell]);
  return out;
}

Rest settle(const Grid& grid, conduction::Solver& solver, const Field& power, std::span<const Leak> leaks,
            Field& rise, const conduction::Request& request, Start start) {
  Run run{grid, solver, power, leaks, request, conductances(grid)};
  run.rest.bound = infinite;
  if (!conduction::fits(grid, rise)) start = Start::none;
  const auto from_other_power = [&] {
    rise = {};
    solver.update(grid);
    return run.solve(power, rise, std::max(request.tolerance, 1e-2));
  };
  Fate fate = start == Start::none ? from_other_power() : Fate::stable;
  if (fate == Fate::stable) fate = run.approach(rise);
  if (fate == Fate::runaway && start == Start::anywhere) {  // proves nothing: perhaps it started above
    fate = from_other_power();
    if (fate == Fate::stable) fate = run.approach(rise);
  }
  run.rest.proved = fate == Fate::runaway;
  if (fate == Fate::stable && request.certify) fate = run.prove(rise);
  auto& rest = run.rest;
  rest.fate = fate;
  if (!conduction::fits(grid, rise)) rise = conduction::zeros(grid);
  for (const auto& leak : leaks) rest.power += power_of(leak, rise.cells[leak.cell]);
  rest.outcome.residual = conduction::largest(surplus(grid, power, leaks, rise));
  double away = 0;
  for (std::size_t i = 0; i < rise.cells.size(); ++i) away += grid.ground[i] * rise.cells[i];
  for (std::size_t i = 0; i < rise.hubs.size(); ++i) away += grid.hubs[i].ground * rise.hubs[i];
  const double in = conduction::total(power) + rest.power;
  rest.outcome.imbalance = in > 0 ? std::abs(in - away) / in : std::abs(away);
  rest.outcome.bound = rest.bound;
  return rest;
}

// Halley's iteration; the start: Corless et al., On the Lambert W function, Adv. Comput. Math. 5, 1996, eqs.
// 4.22 (near the branch point) and 4.19.
double lambert_w(double x) {
  const double p = std::sqrt(std::max(0.0, 2 * (std::numbers::e * x + 1)));
  double w = x < 1 ? -1 + p - p * p / 3 + 11 * p * p * p / 72 : std::log1p(x) * 0.75;
  for (int i = 0; i < 50; ++i) {
    const double e = std::exp(w), f = w * e - x;
    const double denominator = e * (w + 1) - (w + 2) * f / (2 * (w + 1));
    if (f == 0 || !(std::abs(denominator) > 0)) break;
    const double step = f / denominator;
    if (!std::isfinite(step)) break;
    w -= step;
    if (std::abs(step) <= 1e-16 * std::abs(w)) break;
  }
  return w;
}

LumpedRest lumped_rest(double resistance, double power, const Leakage& leakage, double ambient) {
  LumpedRest out;
  const double b = leakage.slope, alone = ambient + resistance * power;
  const double leaks_alone = leakage.power * std::exp(b * (alone - leakage.reference));
  out.u = resistance * leaks_alone * b;
  if (!(out.u > 0)) {  // nothing leaks, or evenly at any temperature
    out.stable = true;
    out.leakage = leaks_alone;
    out.temperature = alone + resistance * leaks_alone;
    out.power_margin = out.ambient_margin = infinite;
    return out;
  }
  out.ambient_margin = (-1 - std::log(out.u)) / b;
  out.power_margin = out.ambient_margin / resistance;
  out.stable = out.ambient_margin >= 0;
  if (!out.stable) return out;
  out.loop_gain = -lambert_w(-out.u);
  out.temperature = alone + out.loop_gain / b;
  out.leakage = out.loop_gain / (resistance * b);
  return out;
}

}  // namespace marquetry::thermal
