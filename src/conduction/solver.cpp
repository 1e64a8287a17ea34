#include "conduction/solver.h"

#include <cmath>
#include <limits>
#include <optional>

#include "conduction/certificate.h"
#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// A preconditioned residual is at least about half of the error it stands for.
constexpr double caution = 2;

bool finite(const Field& field) {
  const auto all = [](const std::vector<double>& v) {
    for (const double x : v)
      if (!std::isfinite(x)) return false;
    return true;
  };
  return all(field.cells) && all(field.hubs);
}

}  // namespace

struct Solver::Impl {
  Operator matrix{};
  std::optional<Multigrid> multigrid{};
  Certificate certificate{};
  bool checked{};  // the certificate, against this matrix
  Gradients work{};

  void balance(Vector& x, Vector& r, double all);
  State improve(const Vector& b, Vector& x, const Request& request, Outcome& out);
};

Solver::Solver(const Grid& grid, const Field& diagonal) : impl_{std::make_unique<Impl>()} {
  update(grid, diagonal);
}
Solver::~Solver() = default;
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;

void Solver::update(const Grid& grid, const Field& diagonal) {
  auto& s = *impl_;
  const auto hubs = s.matrix.hubs;
  const auto shape = s.matrix.shape;
  s.matrix = made_operator(grid, diagonal);
  s.multigrid.reset();
  s.checked = false;
  if (!(shape == s.matrix.shape && hubs == s.matrix.hubs)) s.certificate = {};
}

// What does not reach the ground is spread evenly, so that sources and what reaches the ground agree.
void Solver::Impl::balance(Vector& x, Vector& r, double all) {
  const Operator& a = matrix;
  const double missing = sum(a, r);
  if (certificate.proved) {
    const double c = missing / sum(a, certificate.image);
    for (std::size_t i = a.first; i < a.first + a.nodes; ++i) x[i] += c * certificate.witness[i];
  } else {
    const double drained = sum(a, a.drain);
    if (!(drained > 0) || !(std::abs(missing) <= all)) return;
    for (std::size_t i = 0; i < a.shape.cells() + a.hubs; ++i) x[a.first + i] += missing / drained;
  }
}

// Until the bound, or the estimate where none is asked for, is within the tolerance, or rounding allows no
// better.
State Solver::Impl::improve(const Vector& b, Vector& x, const Request& request, Outcome& out) {
  const Operator& a = matrix;
  const double all = lane_sum(a.nodes, [&](std::size_t i) { return std::abs(b[a.first + i]); });
  State state = State::not_converged;
  double last = infinity, aim = request.tolerance;
  Vector r(a.length);
  for (int round = 0; round < 8; ++round) {
    Pause pause{.most_iterations = request.most_iterations - work.iterations, .stop = request.stop};
    if (certificate.proved)
      pause.residual_does = [&](const Vector& v) {
        return measure(a, certificate, v) * certificate.factor <= aim;
      };
    else
      pause.estimate_does = [&](const Vector& z) { return caution * largest(a, z) <= aim; };
    state = descend(a, *multigrid, b, x, work, pause);
    out.estimate = caution * largest(a, work.preconditioned);
    residual(a, b, x, r);
    balance(x, r, all);
    residual(a, b, x, r);
    out.residual = largest(a, r);
    out.imbalance = std::abs(sum(a, r)) / all;
    if (certificate.proved) {
      const double rho = measure(a, certificate, r), floor = hidden(a, certificate, b, x);
      out.bound = (rho + floor) * certificate.factor;
      if (state != State::solved || out.bound <= request.tolerance || rho <= floor) break;
      aim = 0.9 * (request.tolerance - floor * certificate.factor);
    } else if (state != State::solved || out.estimate <= request.tolerance) {
      break;
    }
    if (out.residual > 0.5 * last) break;
    last = out.residual;
  }
  return state;
}

Outcome Solver::solve(const Field& source, Field& potential, const Request& request) {
  auto& s = *impl_;
  const Operator& a = s.matrix;
  Outcome out;
  out.bound = infinity;
  const std::size_t cells = a.shape.cells();
  if (potential.cells.size() != cells || potential.hubs.size() != a.hubs || !finite(potential))
    potential = {std::vector<double>(cells), std::vector<double>(a.hubs)};
  const bool fits = source.cells.size() == cells && (source.hubs.empty() || source.hubs.size() == a.hubs);
  if (!a.usable || !fits || !finite(source)) {
    out.state = State::not_converged;
    return out;
  }
  if (!a.connected) {
    out.state = State::floating;
    return out;
  }
  const Vector b = packed(a, source);
  s.work.iterations = 0;
  if (!s.multigrid) s.multigrid.emplace(a);
  if (request.certify && !s.checked) {
    certify(a, *s.multigrid, s.certificate, s.work,
            {.most_iterations = request.most_iterations, .stop = request.stop});
    s.checked = true;
    s.work.iterations = 0;
  }
  if (!request.certify && !s.checked) s.certificate.proved = false;
  if (largest(a, b) == 0) {
    potential = {std::vector<double>(cells), std::vector<double>(a.hubs)};
    if (s.certificate.proved) out.bound = 0;
    return out;
  }
  Vector x = packed(a, potential);
  out.state = s.improve(b, x, request, out);
  out.iterations = s.work.iterations;
  potential = unpacked(a, x);
  return out;
}

}  // namespace marquetry::conduction
