#include "conduction/multigrid.h"

#include <algorithm>
#include <cmath>

#include "conduction/coarsen.h"
#include "conduction/dense.h"
#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

// Solved directly: as many cells a layer at most, and as many in all unless it is one column.
constexpr std::size_t coarsest_plane = 4, coarsest_cells = 48;

// Lines are factored without a difference, so that none is lost where a line hardly touches its surroundings:
// what drains a cell, and what drains all below it in series with the way up.
void make_level(const Conductances& from, Halving by, MultigridLevel& out) {
  out.shape = from.shape;
  out.halve_columns = by.columns;
  out.halve_rows = by.rows;
  const auto& [columns, rows, layers] = from.shape;
  out.stride = (columns + 1) / 2 + 2;
  out.half = layers * out.stride;
  out.row = 2 * out.half;
  const std::size_t size = (rows + 2) * out.row;
  for (auto* v : {&out.right, &out.up, &out.above, &out.inverse, &out.back, &out.x, &out.b})
    v->assign(size, 0.0F);
  auto drain = from.drain;
  out.ties.clear();
  for (const auto& [cell, hub, g] : from.ties) {
    drain[cell] += g;
    out.ties.push_back(
        {out.place(cell / from.shape.plane(), cell % from.shape.plane() / columns, cell % columns), hub, g});
  }
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t l = 0; l < layers; ++l)
      for (std::size_t colour = 0; colour < 2; ++colour) {
        const std::size_t first = from.shape.cell(l, r, colour);
        const std::size_t place = (r + 1) * out.row + colour * out.half + l * out.stride + 1;
        const std::size_t n = out.width(colour);
        const auto pick = [&](const std::vector<float>& natural, std::vector<float>& to) {
          for (std::size_t j = 0; j < n; ++j) to[place + j] = natural[first + 2 * j];
        };
        pick(from.right, out.right);
        pick(from.up, out.up);
        pick(from.above, out.above);
        pick(drain, out.x);
      }
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t colour = 0; colour < 2; ++colour)
      for (std::size_t l = 0; l < layers; ++l) {
        const std::size_t own = (r + 1) * out.row + colour * out.half + l * out.stride + 1;
        const std::size_t other = (r + 1) * out.row + (1 - colour) * out.half + l * out.stride + colour;
        for (std::size_t j = 0; j < out.width(colour); ++j) {
          const std::size_t i = own + j;
          float sum = out.x[i] + (out.right[i] + out.right[other + j]) + (out.up[i] + out.up[i - out.row]);
          if (l > 0) sum += out.above[i - out.stride] * out.b[i - out.stride];
          const float pivot = sum + out.above[i];
          out.inverse[i] = pivot > 1e-30F ? 1 / pivot : 0;  // a loose coarse cell is left alone
          out.b[i] = sum * out.inverse[i];                  // the part of it that goes not up
          out.back[i] = out.above[i] * out.inverse[i];
        }
      }
  std::fill(out.x.begin(), out.x.end(), 0.0F);
  std::fill(out.b.begin(), out.b.end(), 0.0F);
}

std::vector<float> single(const std::vector<double>& from) {
  std::vector<float> out(from.size());
  std::transform(from.begin(), from.end(), out.begin(), [](double x) { return static_cast<float>(x); });
  return out;
}

// The hubs' part of the matrix, at `offset` of a matrix of n rows.
void add_hubs(const Operator& a, double scale, std::vector<double>& matrix, std::size_t n,
              std::size_t offset) {
  for (std::size_t h = 0; h < a.hubs; ++h) {
    const double negative = std::min(a.drain[a.hub(h)], 0.0);
    matrix[(offset + h) * (n + 1)] = (a.diagonal[a.hub(h)] - negative) * scale;
  }
  for (const auto& [p, q, g] : a.links) {
    const std::size_t i = offset + p - a.hub(0), j = offset + q - a.hub(0);
    matrix[i * n + j] -= g * scale;
    matrix[j * n + i] -= g * scale;
  }
}

std::vector<double> coarsest_matrix(const Conductances& c, const Operator& a, double scale) {
  const std::size_t cells = c.shape.cells(), n = cells + a.hubs;
  std::vector<double> out(n * n);
  const auto join = [&](std::size_t i, std::size_t j, float conductance) {
    const auto g = static_cast<double>(conductance);
    out[i * n + j] -= g;
    out[j * n + i] -= g;
    out[i * n + i] += g;
    out[j * n + j] += g;
  };
  for (std::size_t i = 0; i < cells; ++i) {
    out[i * n + i] += static_cast<double>(c.drain[i]);
    if (c.right[i] > 0) join(i, i + 1, c.right[i]);
    if (c.up[i] > 0) join(i, i + c.shape.columns, c.up[i]);
    if (c.above[i] > 0) join(i, i + c.shape.plane(), c.above[i]);
  }
  for (const auto& [cell, hub, g] : c.ties) join(cell, cells + hub, g);
  add_hubs(a, scale, out, n, cells);
  return out;
}

}  // namespace

void Multigrid::make(const Operator& a) {
  shape_ = a.shape;
  first_ = a.first;
  hubs_ = a.hubs;
  const double most = lane_most(a.nodes, [&](std::size_t i) { return a.diagonal[a.first + i]; });
  scale_ = most > 0 ? 1 / most : 1;
  auto grid = conductances(a, scale_);
  std::size_t depth = 0;
  const auto add_level = [&](Halving by) {
    if (++depth > levels_.size()) levels_.emplace_back();
    make_level(grid, by, levels_[depth - 1]);
  };
  while (grid.shape.plane() > coarsest_plane ||
         (grid.shape.plane() > 1 && grid.shape.cells() > coarsest_cells)) {
    const auto by = halving(grid);
    add_level(by);
    grid = coarsened(grid, by);
  }
  add_level({});
  levels_.resize(depth);
  coarsest_inverse_.clear();
  // A hair on the diagonal keeps it positive where rounding would not, or where coarse cells lie loose.
  auto coarsest = coarsest_matrix(grid, a, scale_);
  const std::size_t n = grid.shape.cells() + hubs_;
  double widest = 0;
  for (std::size_t i = 0; i < n; ++i) widest = std::max(widest, coarsest[i * (n + 1)]);
  for (double hair = 1e-13 * widest; coarsest_inverse_.empty() && hair < widest; hair *= 100) {
    for (std::size_t i = 0; i < n; ++i) coarsest[i * (n + 1)] += hair;
    coarsest_inverse_ = single(dense_inverse(coarsest, n));
  }
  coarsest_inverse_.resize(n * n);
  if (hubs_ > 0) {
    std::vector<double> among(hubs_ * hubs_);
    add_hubs(a, scale_, among, hubs_, 0);
    hub_inverse_ = single(dense_inverse(among, hubs_));
    hub_inverse_.resize(hubs_ * hubs_);
  }
  hub_x_.resize(levels_.size() * hubs_);
  hub_b_.resize(levels_.size() * hubs_);
  row_.resize(2 * shape_.columns + 16);
}

void Multigrid::apply(const Vector& r, Vector& z) {
  const double* const from = r.data() + first_;
  const std::size_t cells = shape_.cells();
  const double largest =
      lane_most(whole_lanes(cells + hubs_), [&](std::size_t i) { return std::abs(from[i]); });
  const double factor = largest > 0 ? 1 / largest : 1;
  auto& top = levels_.front();
  for (std::size_t l = 0; l < shape_.layers; ++l)
    for (std::size_t row = 0; row < shape_.rows; ++row)
      for (std::size_t colour = 0; colour < 2; ++colour) {
        float* const b = top.b.data() + (row + 1) * top.row + colour * top.half + l * top.stride + 1;
        const double* const values = from + shape_.cell(l, row, colour);
        const std::size_t n = top.width(colour);
        for (std::size_t j = 0; j < n; ++j) b[j] = static_cast<float>(values[2 * j] * factor);
      }
  for (std::size_t h = 0; h < hubs_; ++h) hub_b_[h] = static_cast<float>(from[cells + h] * factor);
  descend(0);
  const double back = scale_ * largest;
  double* const to = z.data() + first_;
  for (std::size_t l = 0; l < shape_.layers; ++l)
    for (std::size_t row = 0; row < shape_.rows; ++row)
      for (std::size_t colour = 0; colour < 2; ++colour) {
        const float* const x = top.x.data() + (row + 1) * top.row + colour * top.half + l * top.stride + 1;
        double* const values = to + shape_.cell(l, row, colour);
        const std::size_t n = top.width(colour);
        for (std::size_t j = 0; j < n; ++j) values[2 * j] = static_cast<double>(x[j]) * back;
      }
  for (std::size_t h = 0; h < hubs_; ++h) to[cells + h] = static_cast<double>(hub_x_[h]) * back;
}

void Multigrid::relax_hubs(MultigridLevel& level) {
  const auto depth = static_cast<std::size_t>(&level - levels_.data());
  float *const x = hub_x_.data() + depth * hubs_, *const b = hub_b_.data() + depth * hubs_;
  for (std::size_t h = 0; h < hubs_; ++h) {
    float sum = 0;
    for (std::size_t k = 0; k < hubs_; ++k) sum += hub_inverse_[h * hubs_ + k] * b[k];
    x[h] = sum;
  }
}

void Multigrid::descend(std::size_t depth) {
  auto& level = levels_[depth];
  if (depth + 1 == levels_.size()) return solve_coarsest();
  auto& coarse = levels_[depth + 1];
  const std::size_t rows = level.shape.rows;
  float *const hub_x = hub_x_.data() + depth * hubs_, *const hub_b = hub_b_.data() + depth * hubs_;

  // hubs, then the lines where row + column is even, then the others; from nothing
  relax_hubs(level);
  for (const auto& [cell, hub, g] : level.ties) level.b[cell] += g * hub_x[hub];
  for (std::size_t r = 0; r < rows; ++r) relax(level, r, r % 2, false);
  for (std::size_t r = 0; r < rows; ++r) relax(level, r, 1 - r % 2, true);

  // what is left: in the former lines, and in the hubs what came in from cells
  restrict_residual(level, coarse, row_);
  std::fill_n(hub_b + hubs_, hubs_, 0.0F);
  for (const auto& [cell, hub, g] : level.ties) hub_b[hubs_ + hub] += g * level.x[cell];
  descend(depth + 1);

  prolong(coarse, level, row_);
  for (const auto& [cell, hub, g] : level.ties) level.b[cell] += g * hub_x[hubs_ + hub];

  // the same in the other order
  for (std::size_t r = 0; r < rows; ++r) relax(level, r, 1 - r % 2, true);
  for (std::size_t r = 0; r < rows; ++r) relax(level, r, r % 2, true);
  for (const auto& [cell, hub, g] : level.ties) hub_b[hub] += g * level.x[cell];
  relax_hubs(level);
}

void Multigrid::solve_coarsest() {
  auto& level = levels_.back();
  const std::size_t cells = level.shape.cells(), n = cells + hubs_, depth = levels_.size() - 1;
  std::vector<float> b(n);
  std::size_t i = 0;
  const auto each_cell = [&](auto act) {
    i = 0;
    for (std::size_t l = 0; l < level.shape.layers; ++l)
      for (std::size_t r = 0; r < level.shape.rows; ++r)
        for (std::size_t c = 0; c < level.shape.columns; ++c) act(level.place(l, r, c));
  };
  each_cell([&](std::size_t place) { b[i++] = level.b[place]; });
  for (std::size_t h = 0; h < hubs_; ++h) b[cells + h] = hub_b_[depth * hubs_ + h];
  const auto answer = [&](std::size_t k) {
    float sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += coarsest_inverse_[k * n + j] * b[j];
    return sum;
  };
  each_cell([&](std::size_t place) { level.x[place] = answer(i++); });
  for (std::size_t h = 0; h < hubs_; ++h) hub_x_[depth * hubs_ + h] = answer(cells + h);
}

}  // namespace marquetry::conduction
