#include "conduction/solver.h"

#include <cmath>
#include <limits>
#include <optional>

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
  std::optional<Multigrid> multigrid{};
  Certificate certificate{};
  bool checked{};  // the certificate, against this matrix
  Gradients work{};
  Vector source{}, potential{};

  void prepare(const Request& request);
  State directly(const Request& request, Outcome& out);
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
  const auto hubs = s.matrix.hubs;
  const auto shape = s.matrix.shape;
  s.matrix = made_operator(grid, diagonal);
  s.layered.reset();
  s.multigrid.reset();
  s.checked = false;
  if (shape == s.matrix.shape && hubs == s.matrix.hubs) return;
  s.certificate = {};
  s.work = {};
  s.source = s.potential = {};
}

void Solver::Impl::prepare(const Request& request) {
  work.iterations = 0;
  if (!layered && !multigrid) {
    if (const auto layers = uniform_layers(matrix))
      layered.emplace(matrix.shape, matrix.first, *layers);
    else
      multigrid.emplace(matrix);
  }
  if (!request.certify) certificate.proved = certificate.proved && checked;
  if (checked || !request.certify) return;
  checked = true;
  const Pause pause{.most_iterations = request.most_iterations, .stop = request.stop};
  if (layered) {
    certificate.factor = layered->largest_flat();
    certificate.proved = std::isfinite(certificate.factor);
  } else {
    certify(matrix, *multigrid, certificate, work, pause);
  }
  work.iterations = 0;
}

// By waves; mended by what rounding left over.
State Solver::Impl::directly(const Request& request, Outcome& out) {
  const Operator& a = matrix;
  potential.resize(a.length);
  if (!layered->positive()) return State::indefinite;
  if (request.stop && request.stop->load(std::memory_order_relaxed)) return State::interrupted;
  Vector &left = work.residual, &mend = work.preconditioned;
  left.resize(a.length);
  layered->apply(source, potential);
  for (int round = 0;; ++round) {
    residual(a, source, potential, left);
    const double rho = largest(a, left), floor = hidden(a, certificate, source, potential);
    const double factor = certificate.proved ? certificate.factor : layered->largest_flat();
    out.residual = rho;
    out.imbalance = std::abs(sum(a, left)) / sum_of_sizes(a, source);
    out.estimate = rho * factor;
    if (certificate.proved) out.bound = (rho + floor) * factor;
    const double error = certificate.proved ? out.bound : out.estimate;
    if (error <= request.tolerance || rho <= floor || round == 3) return State::solved;
    mend.resize(a.length);
    layered->apply(left, mend);
    for (std::size_t i = a.first; i < a.first + a.nodes; ++i) potential[i] += mend[i];
  }
}

// Towards an error of `aim`.
State Solver::Impl::step(const Request& request, double aim, Outcome& out) {
  const Operator& a = matrix;
  Pause pause{.most_iterations = request.most_iterations - work.iterations, .stop = request.stop};
  if (certificate.proved)
    pause.residual_does = [&](const Vector& r) {
      return measure(a, certificate, r) * certificate.factor <= aim;
    };
  else
    pause.estimate_does = [&](const Vector& z) { return caution * largest(a, z) <= aim; };
  const State state = descend(a, *multigrid, source, potential, work, pause);
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
  if (certificate.proved) {
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
    if (certificate.proved) {
      const double rho = measure(a, certificate, left), floor = hidden(a, certificate, source, potential);
      out.bound = (rho + floor) * certificate.factor;
      if (state != State::solved || out.bound <= request.tolerance || rho <= floor) return state;
      aim = 0.9 * (request.tolerance - floor * certificate.factor);
    } else {
      if (state != State::solved || out.estimate <= request.tolerance) return state;
    }
    if (out.residual > 0.5 * last) return state;
    last = out.residual;
  }
  return State::not_converged;
}

Outcome Solver::solve(const Field& source, Field& potential, const Request& request) {
  auto& s = *impl_;
  const Operator& a = s.matrix;
  Outcome out;
  out.bound = infinity;
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
  pack(a, source, s.source);
  if (largest(a, s.source) == 0) {
    potential = {std::vector<double>(cells), std::vector<double>(a.hubs)};
    if (s.certificate.proved) out.bound = 0;
    return out;
  }
  if (s.layered) {
    out.state = s.directly(request, out);
  } else {
    const bool starts =
        potential.cells.size() == cells && potential.hubs.size() == a.hubs && finite(potential);
    if (starts)
      pack(a, potential, s.potential);
    else
      s.potential.assign(a.length, 0.0);
    out.state = s.improve(request, out);
  }
  out.iterations = s.work.iterations;
  unpack(a, s.potential, potential);
  return out;
}

}  // namespace marquetry::conduction
