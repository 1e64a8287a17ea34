#include "thermal/stepper.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "conduction/field.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;
using conduction::State;

constexpr std::size_t most_matrices = 6;
constexpr int most_rounds = 25;  // of leakage within a stage
constexpr double slowest = 0.5;  // contraction of those rounds from which on Newton's are fewer

constexpr double gamma_ = 2 - std::numbers::sqrt2;

}  // namespace

Stepper::Stepper(const conduction::Grid& grid, const Field& capacity, std::span<const Leak> leaks,
                 double tolerance, const std::atomic<bool>* stop)
    : grid_{grid}, capacity_{capacity}, leaks_{leaks}, tolerance_{tolerance}, stop_{stop} {}

void Stepper::add_capacity(Field& to, double factor, const Field& rise) const {
  for (std::size_t i = 0; i < to.cells.size(); ++i)
    to.cells[i] += factor * capacity_.cells[i] * rise.cells[i];
  for (std::size_t i = 0; i < to.hubs.size(); ++i) to.hubs[i] += factor * capacity_.hubs[i] * rise.hubs[i];
}

void Stepper::add_leakage(Field& to, const Field& rise) const {
  for (const auto& leak : leaks_)
    to.cells[leak.cell] += leak.power * std::exp(leak.slope * rise.cells[leak.cell]);
}

double Stepper::leaked_at(const Field& rise) const {
  double sum = 0;
  for (const auto& leak : leaks_) sum += leak.power * std::exp(leak.slope * rise.cells[leak.cell]);
  return sum;
}

double Stepper::to_ambient(const Field& rise) const {
  double sum = 0;
  for (std::size_t i = 0; i < rise.cells.size(); ++i) sum += grid_.ground[i] * rise.cells[i];
  for (std::size_t i = 0; i < rise.hubs.size(); ++i) sum += grid_.hubs[i].ground * rise.hubs[i];
  return sum;
}

Field Stepper::ahead(const Field& rise, double time) const {
  Field out = rise;
  conduction::add(out, time, slope_);
  return out;
}

conduction::Solver& Stepper::solver(double weight) {
  ++clock_;
  for (auto& kept : matrices_kept_)
    if (kept.weight == weight) {
      kept.used = clock_;
      return kept.solver;
    }
  ++matrices_;
  Field diagonal = capacity_;
  for (double& c : diagonal.cells) c *= weight;
  for (double& c : diagonal.hubs) c *= weight;
  if (matrices_kept_.size() < most_matrices) {
    matrices_kept_.push_back({weight, clock_, conduction::Solver{grid_, diagonal}});
    return matrices_kept_.back().solver;
  }
  auto& oldest = *std::ranges::min_element(matrices_kept_, {}, &Matrix::used);
  oldest.weight = weight;
  oldest.used = clock_;
  oldest.solver.update(grid_, diagonal);
  return oldest.solver;
}

Fate Stepper::solve(double weight, const Field& source, Field& rise, double tolerance) {
  ++solves_;
  const auto outcome =
      solver(weight).solve(source, rise, {.tolerance = tolerance, .certify = false, .stop = stop_});
  if (outcome.state == State::solved) return Fate::stable;
  return outcome.state == State::interrupted ? Fate::interrupted : Fate::not_converged;
}

// (A + weight C) T = source + L(T). Rounds with one matrix contract by the loop gain within the step; where
// that is slow, Newton's with a matrix each.
Fate Stepper::stage(double weight, const Field& source, Field& rise) {
  if (leaks_.empty()) return solve(weight, source, rise, tolerance_);
  double before = 0;
  for (int round = 0; round < most_rounds; ++round) {
    Field all = source;
    add_leakage(all, rise);
    if (!std::isfinite(conduction::total(all))) return Fate::runaway;
    const Field last = rise;
    if (const Fate fate = solve(weight, all, rise, tolerance_); fate != Fate::stable) return fate;
    double change = 0;
    for (const auto& leak : leaks_)
      change = std::max(change, std::abs(rise.cells[leak.cell] - last.cells[leak.cell]));
    if (change <= 2 * tolerance_) return Fate::stable;
    if (round > 0 && change > slowest * before) break;
    before = change;
  }
  conduction::Grid held = grid_;  // what the capacity takes goes to the ground, as the matrix has it
  for (std::size_t i = 0; i < held.ground.size(); ++i) held.ground[i] += weight * capacity_.cells[i];
  for (std::size_t i = 0; i < held.hubs.size(); ++i) held.hubs[i].ground += weight * capacity_.hubs[i];
  conduction::Solver newton{held};
  const auto rest = settle(held, newton, source, leaks_, rise,
                           {.tolerance = tolerance_, .certify = false, .stop = stop_}, Start::anywhere);
  solves_ += static_cast<std::size_t>(rest.solves);
  matrices_ += static_cast<std::size_t>(rest.rounds);
  return rest.fate;
}

Step Stepper::euler(Field& rise, const Field& power, double length) {
  const double weight = 1 / length;
  Field source = power, next = ahead(rise, length);
  add_capacity(source, weight, rise);
  if (const Fate fate = stage(weight, source, next); fate != Fate::stable) return {.fate = fate};
  slope_ = next;
  conduction::add(slope_, -1, rise);
  for (double& s : slope_.cells) s *= weight;
  for (double& s : slope_.hubs) s *= weight;
  rise = std::move(next);
  return {.supplied = length * (conduction::total(power) + leaked_at(rise)),
          .lost = length * to_ambient(rise)};
}

Step Stepper::tr_bdf2(Field& rise, const Field& power, double length) {
  const double weight = 2 / (gamma_ * length);
  // What each point of the step stores: P + L(T) - A T.
  const auto storing = [&](const Field& at) {
    Field out = conduction::applied(grid_, {}, at);
    for (double& x : out.cells) x = -x;
    for (double& x : out.hubs) x = -x;
    conduction::add(out, 1, power);
    add_leakage(out, at);
    return out;
  };
  const Field first = storing(rise);
  Field source = first, middle = ahead(rise, gamma_ * length);
  conduction::add(source, 1, power);
  add_capacity(source, weight, rise);
  if (const Fate fate = stage(weight, source, middle); fate != Fate::stable) return {.fate = fate};

  const double whole = 1 / (gamma_ * (2 - gamma_));
  source = power;
  add_capacity(source, weight * whole, middle);
  add_capacity(source, -weight * whole * (1 - gamma_) * (1 - gamma_), rise);
  Field next = rise;
  conduction::add(next, -1 / gamma_, rise);
  conduction::add(next, 1 / gamma_, middle);
  if (const Fate fate = stage(weight, source, next); fate != Fate::stable) return {.fate = fate};

  // 2 k h (f0 / g - f1 / (g (1 - g)) + f2 / (1 - g)), k = (-3 g^2 + 4 g - 2) / (12 (2 - g)); Bank et al.
  const double k = (-3 * gamma_ * gamma_ + 4 * gamma_ - 2) / (12 * (2 - gamma_));
  Field lack = conduction::zeros(grid_), error;
  const double factor = 2 * k * length * weight;
  conduction::add(lack, factor / gamma_, first);
  conduction::add(lack, -factor / (gamma_ * (1 - gamma_)), storing(middle));
  conduction::add(lack, factor / (1 - gamma_), storing(next));
  if (const Fate fate = solve(weight, lack, error, 2 * tolerance_); fate != Fate::stable)
    return {.fate = fate};

  // The weights of the three points: 1 / (2 (2 - g)) twice, then g / 2.
  const double outer = length / (2 * (2 - gamma_)), last = length * gamma_ / 2;
  Step out{.error = conduction::largest(error)};
  out.supplied = length * conduction::total(power);
  if (!leaks_.empty()) out.supplied += outer * (leaked_at(rise) + leaked_at(middle)) + last * leaked_at(next);
  out.lost = outer * (to_ambient(rise) + to_ambient(middle)) + last * to_ambient(next);
  slope_ = next;
  conduction::add(slope_, -1, rise);
  for (double& s : slope_.cells) s /= length;
  for (double& s : slope_.hubs) s /= length;
  rise = std::move(next);
  return out;
}

}  // namespace marquetry::thermal
