#include "conduction/solver.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "conduction/certificate.h"
#include "conduction/lanes.h"
#include "conduction/layered.h"

namespace marquetry::conduction {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double sum_of_sizes(const Operator& a, const Vector& v) {
  const double* const x = v.data() + a.first;
  return lane_sum(a.nodes, [x](std::size_t i) { return std::abs(x[i]); });
}

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
  std::optional<Layered> layered{};  // where every layer is the same all over
  Multigrid multigrid{};
  bool made{};  // the multigrid, of this matrix
  Certificate certificate{};
  bool checked{};  // the certificate, against this matrix
  Gradients work{};
  Vector source{}, potential{};

  bool proves(const Request& request) const { return request.certify && checked && certificate.proved; }
  void prepare(const Request& request);
  State step(const Request& request, double aim, Outcome& out);
  void balance(double all);
  State improve(const Request& request, Outcome& out);
};

Solver::Solver(const Grid& grid, const Field& diagonal) : impl_{std::make_unique<Impl>()} {
  update(grid, diagonal);
}
Solver::~Solver() = default;
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;

void Solver::update(const Grid& grid, const Field& diagonal) {
  auto& s = *impl_;
  s.layered.reset();
  if (auto layers = uniform_layers(grid, diagonal)) {
    s.layered.emplace(grid.shape, std::move(*layers));
    return;
  }
  const auto hubs = s.matrix.hubs;
  const auto shape = s.matrix.shape;
  make_operator(grid, diagonal, s.matrix);
  s.made = false;
  s.checked = false;
  if (shape == s.matrix.shape && hubs == s.matrix.hubs) return;
  s.certificate = {};
  s.work = {};
  s.source = s.potential = {};
}

void Solver::Impl::prepare(const Request& request) {
  work.iterations = 0;
  if (!made) multigrid.make(matrix);
  made = true;
  if (checked || !request.certify) return;
  certify(matrix, multigrid, certificate, work,
          {.most_iterations = request.most_iterations, .stop = request.stop});
  checked = certificate.state == State::solved || certificate.state == State::indefinite;
  work.iterations = 0;
}

// Towards an error of `aim`.
State Solver::Impl::step(const Request& request, double aim, Outcome& out) {
  const Operator& a = matrix;
  Pause pause{.most_iterations = request.most_iterations - work.iterations, .stop = request.stop};
  // no nearer than doubles can go
  const double least = proves(request) ? 1e-16 * measure(a, certificate, source) * certificate.factor : 0;
  if (proves(request))
    pause.residual_does = [&, least](const Vector& r) {
      return measure(a, certificate, r) * certificate.factor <= std::max(aim, least);
    };
  else
    pause.estimate_does = [&](const Vector& z) {
      return caution * largest(a, z) <= std::max(aim, 1e-16 * largest(a, potential));
    };
  const State state = descend(a, multigrid, source, potential, work, pause);
  out.estimate = caution * largest(a, work.preconditioned);
  return state;
}

// What does not reach the ground is spread, so that sources and what reaches the ground agree.
void Solver::Impl::balance(double all) {
  const Operator& a = matrix;
  Vector& left = work.residual;
  residual(a, source, potential, left);
  const double missing = sum(a, left);
  if (!(std::abs(missing) > 1e-13 * all)) return;
  if (checked && certificate.proved) {
    const double c = missing / sum(a, certificate.image);
    for (std::size_t i = a.first; i < a.first + a.nodes; ++i) {
      potential[i] += c * certificate.witness[i];
      left[i] -= c * certificate.image[i];
    }
  } else if (const double drained = sum(a, a.drain); drained > 0) {
    for (std::size_t i = 0; i < a.shape.cells() + a.hubs; ++i) potential[a.first + i] += missing / drained;
    residual(a, source, potential, left);
  }
}

// Until the bound, or the estimate where none is asked for, is within the tolerance, or rounding allows no
// better.
State Solver::Impl::improve(const Request& request, Outcome& out) {
  const Operator& a = matrix;
  const double all = sum_of_sizes(a, source);
  const Vector& left = work.residual;
  double last = infinity, aim = request.tolerance;
  for (int round = 0; round < 8; ++round) {
    const State state = step(request, aim, out);
    balance(all);
    out.residual = largest(a, left);
    out.imbalance = std::abs(sum(a, left)) / all;
    if (state != State::solved && !proves(request)) return state;
    double nearest = 1e-15 * largest(a, potential);
    if (proves(request)) {
      const double rho = measure(a, certificate, left), floor = hidden(a, certificate, source, potential);
      out.bound = (rho + floor) * certificate.factor;
      if (state != State::solved || out.bound <= request.tolerance || rho <= floor) return state;
      nearest = floor * certificate.factor;
      aim = 0.9 * (request.tolerance - nearest);
    } else if (out.estimate <= request.tolerance) {
      return state;
    }
    if (out.residual > 0.5 * last || request.tolerance <= nearest) break;
    last = out.residual;
  }
  return out.estimate <= request.tolerance ? State::solved : State::not_converged;
}

Outcome Solver::solve(const Field& source, Field& potential, const Request& request) {
  auto& s = *impl_;
  Outcome out;
  out.bound = infinity;
  if (s.layered) {
    const bool fits = source.cells.size() == s.layered->cells() && source.hubs.empty();
    if (fits && finite(source)) {
      potential.hubs.clear();
      return s.layered->solve(source.cells, potential.cells, request);
    }
    out.state = State::not_converged;
    return out;
  }
  const Operator& a = s.matrix;
  const std::size_t cells = a.shape.cells();
  const bool fits = source.cells.size() == cells && (source.hubs.empty() || source.hubs.size() == a.hubs);
  if (!a.usable || !fits || !finite(source)) {
    out.state = State::not_converged;
    return out;
  }
  if (!a.connected) {
    out.state = State::floating;
    return out;
  }
  s.prepare(request);
  if (request.certify && s.certificate.state == State::indefinite) {
    out.state = State::indefinite;
    return out;
  }
  pack(a, source, s.source);
  if (largest(a, s.source) == 0) {
    potential = {std::vector<double>(cells), std::vector<double>(a.hubs)};
    if (s.proves(request)) out.bound = 0;
    return out;
  }
  const bool starts = potential.cells.size() == cells && potential.hubs.size() == a.hubs && finite(potential);
  if (starts)
    pack(a, potential, s.potential);
  else
    s.potential.assign(a.length, 0.0);
  out.state = s.improve(request, out);
  out.iterations = s.work.iterations;
  unpack(a, s.potential, potential);
  return out;
}

}  // namespace marquetry::conduction
