#include "conduction/solver.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marquetry::conduction {
namespace {

double dot(const Field& a, const Field& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) sum += a.cells[i] * b.cells[i];
  for (std::size_t i = 0; i < a.hubs.size(); ++i) sum += a.hubs[i] * b.hubs[i];
  return sum;
}

void add(Field& to, double factor, const Field& what) {
  for (std::size_t i = 0; i < to.cells.size(); ++i) to.cells[i] += factor * what.cells[i];
  for (std::size_t i = 0; i < to.hubs.size(); ++i) to.hubs[i] += factor * what.hubs[i];
}

double largest(const Field& field) {
  double most = 0;
  for (const double x : field.cells) most = std::max(most, std::abs(x));
  for (const double x : field.hubs) most = std::max(most, std::abs(x));
  return most;
}

}  // namespace

struct Solver::Impl {
  Grid grid{};
  Field diagonal{}, inverse{};  // the latter: of the matrix's diagonal

  Field scaled(const Field& r) const {
    Field z = r;
    for (std::size_t i = 0; i < z.cells.size(); ++i) z.cells[i] *= inverse.cells[i];
    for (std::size_t i = 0; i < z.hubs.size(); ++i) z.hubs[i] *= inverse.hubs[i];
    return z;
  }
};

Solver::Solver(const Grid& grid, const Field& diagonal) : impl_{std::make_unique<Impl>()} {
  update(grid, diagonal);
}
Solver::~Solver() = default;
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;

void Solver::update(const Grid& grid, const Field& diagonal) {
  impl_->grid = grid;
  impl_->diagonal = diagonal;
  const auto& [columns, rows, layers] = grid.shape;
  Field sum{grid.ground, std::vector<double>(grid.hubs.size())};
  auto& cells = sum.cells;
  for (std::size_t l = 0; l < layers; ++l)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const auto i = grid.shape.cell(l, r, c);
        const auto both = [&](std::size_t j, double conductance) {
          cells[i] += conductance;
          cells[j] += conductance;
        };
        if (c + 1 < columns) both(i + 1, grid.right[i]);
        if (r + 1 < rows) both(i + columns, grid.up[i]);
        if (l + 1 < layers) both(i + grid.shape.plane(), grid.above[i]);
      }
  for (std::size_t h = 0; h < grid.hubs.size(); ++h) {
    sum.hubs[h] += grid.hubs[h].ground;
    for (const auto& [cell, conductance] : grid.hubs[h].cells) {
      cells[cell] += conductance;
      sum.hubs[h] += conductance;
    }
  }
  for (const auto& [a, b, conductance] : grid.hub_links) {
    sum.hubs[a] += conductance;
    sum.hubs[b] += conductance;
  }
  if (!diagonal.cells.empty()) add(sum, 1, diagonal);
  for (double& x : sum.cells) x = 1 / x;
  for (double& x : sum.hubs) x = 1 / x;
  impl_->inverse = std::move(sum);
}

Outcome Solver::solve(const Field& source, Field& potential, const Request& request) {
  const auto& grid = impl_->grid;
  Outcome out;
  if (potential.cells.size() != grid.shape.cells() || potential.hubs.size() != grid.hubs.size())
    potential = {std::vector<double>(grid.shape.cells()), std::vector<double>(grid.hubs.size())};
  Field r = source;
  if (r.hubs.empty()) r.hubs.resize(grid.hubs.size());
  add(r, -1, applied(grid, impl_->diagonal, potential));
  Field z = impl_->scaled(r), p = z;
  double rz = dot(r, z);
  const double scale = largest(source);
  const int most = request.most_iterations * 20;
  out.state = State::not_converged;
  for (; out.iterations < most; ++out.iterations) {
    if (largest(r) <= 1e-12 * scale) {
      out.state = State::solved;
      break;
    }
    const Field ap = applied(grid, impl_->diagonal, p);
    const double curvature = dot(p, ap);
    if (!(curvature > 0)) {
      out.state = State::indefinite;
      break;
    }
    add(potential, rz / curvature, p);
    add(r, -rz / curvature, ap);
    z = impl_->scaled(r);
    const double next = dot(r, z), beta = next / rz;
    rz = next;
    for (std::size_t i = 0; i < p.cells.size(); ++i) p.cells[i] = z.cells[i] + beta * p.cells[i];
    for (std::size_t i = 0; i < p.hubs.size(); ++i) p.hubs[i] = z.hubs[i] + beta * p.hubs[i];
  }
  out.residual = largest(r);
  out.estimate = largest(z);
  out.bound = std::numeric_limits<double>::infinity();
  return out;
}

}  // namespace marquetry::conduction
