#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "conduction/field.h"
#include "thermal/cells.h"
#include "thermal/heat.h"
#include "thermal/leakage.h"

namespace marquetry::thermal {
namespace {

// Rounds of k(T): the change shrinks to about exponent x rise / temperature of itself in each, so that 1e-8 K
// are reached in 20 where it shrinks at all.
constexpr int most_rounds = 60;

double largest_change(const conduction::Field& a, const conduction::Field& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) most = std::max(most, std::abs(a.cells[i] - b.cells[i]));
  return most;
}

double sum(std::span<const double> list) { return std::accumulate(list.begin(), list.end(), 0.0); }

conduction::Outcome outcome_of(const Rest& rest) {
  auto out = rest.outcome;
  out.bound = rest.bound;
  switch (rest.fate) {
    case Fate::stable:
      out.state = conduction::State::solved;
      break;
    case Fate::runaway:
      out.state = conduction::State::indefinite;
      break;
    case Fate::not_converged:
      out.state = conduction::State::not_converged;
      break;
    case Fate::interrupted:
      out.state = conduction::State::interrupted;
      break;
  }
  return out;
}

LayerFigures layer_figures(std::string name, std::span<const double> plane, std::size_t columns,
                           double ambient) {
  const auto [least, most] = std::ranges::minmax_element(plane);
  const auto at = static_cast<std::size_t>(most - plane.begin());
  return {.name = std::move(name),
          .peak = ambient + *most,
          .mean = ambient + sum(plane) / static_cast<double>(plane.size()),
          .least = ambient + *least,
          .peak_row = at / columns,
          .peak_column = at % columns};
}

}  // namespace

Heat figures(const Stack& stack, const Assembled& assembled, conduction::Field rise, double power) {
  Heat out{.shape = assembled.grid.shape, .rise = std::move(rise), .ambient = stack.ambient, .power = power};
  const auto plane = out.shape.plane();
  out.blocks = block_temperatures(stack, assembled, out.rise);
  double heated = 0;
  std::size_t heating = 0;
  for (std::size_t l = 0; l < out.shape.layers; ++l) {
    const bool inner = l < stack.layers.size();
    auto name = inner ? stack.layers[l].name : l == stack.layers.size() ? "spreader" : "sink";
    out.layers.push_back(layer_figures(std::move(name), std::span{out.rise.cells}.subspan(l * plane, plane),
                                       out.shape.columns, stack.ambient));
    if (inner && stack.layers[l].heats) {
      heated += out.layers.back().mean;
      ++heating;
    }
  }
  out.peak = std::ranges::max(out.layers, {}, &LayerFigures::peak).peak;
  out.mean = heating > 0 ? heated / static_cast<double>(heating) : stack.ambient;
  return out;
}

Heat steady(const Stack& stack, const Settings& settings, const conduction::Request& request) {
  auto assembled = assemble(stack, settings);
  const auto source = sources(stack, assembled);
  const auto leaking = leaks(stack, assembled);
  conduction::Solver solver{assembled.grid};
  conduction::Field rise;
  double leakage = 0;
  const auto solve = [&](const conduction::Request& wanted, Start start) {
    if (leaking.empty()) return solver.solve(source, rise, wanted);
    const auto rest = settle(assembled.grid, solver, source, leaking, rise, wanted, start);
    leakage = rest.power;
    return outcome_of(rest);
  };

  const auto finished = [&](const conduction::Outcome& outcome, int rounds, double remainder) {
    // What could not even be tried has no temperatures.
    if (!conduction::fits(assembled.grid, rise)) rise = conduction::zeros(assembled.grid);
    auto out = figures(stack, assembled, std::move(rise), sum(source.cells) + leakage);
    out.leakage = leakage;
    out.outer = rounds;
    out.remainder = remainder;
    out.outcome = outcome;
    return out;
  };
  if (!conductivities_fall(stack, settings)) return finished(solve(request, Start::none), 1, 0);

  // Half of the tolerance for the rounds, half for the last solve, which alone is proved.
  auto inner = request;
  inner.tolerance = request.tolerance / 4;
  inner.certify = false;
  auto outcome = solve(inner, Start::none);
  int round = 1, iterations = outcome.iterations;
  double before = 0, remainder = std::numeric_limits<double>::infinity();
  while (remainder > request.tolerance / 2 && outcome.state == conduction::State::solved) {
    if (round == most_rounds) {
      outcome.state = conduction::State::not_converged;
      break;
    }
    const auto last = rise;
    assembled = assemble(stack, settings, rise);
    solver.update(assembled.grid);
    outcome = solve(inner, Start::anywhere);
    iterations += outcome.iterations;
    ++round;
    // The changes fall like a geometric series.
    const double change = largest_change(rise, last), shrink = before > 0 ? change / before : 0.5;
    if (shrink < 1) remainder = change * std::max(shrink / (1 - shrink), 0.1);
    before = change;
  }
  if (outcome.state == conduction::State::solved) {
    inner.tolerance = request.tolerance / 2;
    inner.certify = request.certify;
    outcome = solve(inner, Start::anywhere);
    iterations += outcome.iterations;
  }
  outcome.iterations = iterations;
  return finished(outcome, round, remainder);
}

}  // namespace marquetry::thermal
