#include "conduction/coarsen.h"

#include <algorithm>
#include <limits>

#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();  // a cell that was not halved: none is in it

// Half of the way within a coarse cell, across the border, half of the way within the next; 0 where any is.
float in_series(float near, float across, float far) {
  constexpr float tiny = 1e-30F;
  const float g = across / (1 + 0.5F * (across / std::max(near, tiny) + across / std::max(far, tiny)));
  return std::min(near, far) > tiny ? g : 0;
}

double mean(const std::vector<float>& conductance, std::size_t ways) {
  const double sum =
      lane_sum(conductance.size(), [&](std::size_t i) { return static_cast<double>(conductance[i]); });
  return ways == 0 ? 0 : sum / static_cast<double>(ways);
}

// To each coarse column what its one or two fine ones have.
template <class Value>
void gather_columns(std::size_t columns, std::size_t by, float* __restrict to, Value value) {
  if (by == 1) {
    for (std::size_t c = 0; c < columns; ++c) to[c] += value(c);
    return;
  }
  for (std::size_t c = 0; c < columns / 2; ++c) to[c] += value(2 * c) + value(2 * c + 1);
  if (columns % 2 == 1) to[columns / 2] += value(columns - 1);
}

// Two ways side by side, each in three parts: between the least they conduct together, apart all along, and
// the most, joined after each part.
float side_by_side(const float* near, const float* across, const float* far) {
  const float apart = in_series(near[0], across[0], far[0]) + in_series(near[1], across[1], far[1]);
  const float joined = in_series(near[0] + near[1], across[0] + across[1], far[0] + far[1]);
  return 0.5F * (apart + joined);
}

// From each coarse cell of a row to the next, over one or two fine rows.
void join_across(const float* one, const float* other, std::size_t columns, std::size_t by, float* to) {
  if (by == 1) {
    for (std::size_t c = 0; c < columns; ++c) to[c] = one[c] + (other ? other[c] : 0);
    return;
  }
  for (std::size_t c = 0; 2 * c + 2 < columns; ++c) {
    const bool whole = 2 * c + 3 < columns;
    const float *const p = one + 2 * c, *const q = other ? other + 2 * c : nullptr;
    if (!q) {
      to[c] = in_series(p[0], p[1], whole ? p[2] : no_way);
      continue;
    }
    const float near[] = {p[0], q[0]}, across[] = {p[1], q[1]},
                far[] = {whole ? p[2] : no_way, whole ? q[2] : no_way};
    to[c] = side_by_side(near, across, far);
  }
}

// From each coarse cell of a row to the one in the next row. `up`: of the first fine row.
void join_beyond(const float* up, std::size_t columns, Halving by, bool whole, float* to) {
  const auto way = [=](std::size_t part, std::size_t c) {
    return part == 2 && !whole ? no_way : up[part * columns + c];
  };
  for (std::size_t c = 0; c * by.columns < columns; ++c) {
    const std::size_t i = c * by.columns, k = i + 1;
    const bool pair = by.columns == 2 && k < columns;
    if (by.rows == 1) {
      to[c] = up[i] + (pair ? up[k] : 0);
    } else if (!pair) {
      to[c] = in_series(way(0, i), way(1, i), way(2, i));
    } else {
      const float near[] = {way(0, i), way(0, k)}, across[] = {way(1, i), way(1, k)},
                  far[] = {way(2, i), way(2, k)};
      to[c] = side_by_side(near, across, far);
    }
  }
}

}  // namespace

Conductances conductances(const Operator& a, double scale) {
  const std::size_t cells = a.shape.cells();
  Conductances out{.shape = a.shape};
  const auto copy = [&](const std::vector<double>& from, std::vector<float>& to) {
    to.resize(cells);
    for (std::size_t i = 0; i < cells; ++i) to[i] = static_cast<float>(from[a.first + i] * scale);
  };
  copy(a.right, out.right);
  copy(a.up, out.up);
  copy(a.above, out.above);
  copy(a.drain, out.drain);
  for (float& g : out.drain) g = std::max(g, 0.0F);
  for (const auto& [cell, hub, g] : a.ties)
    out.ties.push_back({cell - a.first, hub - a.hub(0), static_cast<float>(g * scale)});
  return out;
}

Halving halving(const Conductances& fine) {
  const auto& [columns, rows, layers] = fine.shape;
  if (columns == 1) return {1, 2};
  if (rows == 1) return {2, 1};
  const double x = mean(fine.right, (columns - 1) * rows * layers),
               y = mean(fine.up, columns * (rows - 1) * layers);
  if (x > 2 * y) return {2, 1};
  if (y > 2 * x) return {1, 2};
  return {2, 2};
}

Conductances coarsened(const Conductances& fine, Halving by) {
  const auto& [columns, rows, layers] = fine.shape;
  Conductances out{
      .shape = {(columns + by.columns - 1) / by.columns, (rows + by.rows - 1) / by.rows, layers}};
  const Shape& shape = out.shape;
  for (auto* v : {&out.right, &out.up, &out.above, &out.drain}) v->assign(shape.cells(), 0.0F);
  for (std::size_t l = 0; l < layers; ++l)
    for (std::size_t r = 0; r < shape.rows; ++r) {
      const std::size_t to = shape.cell(l, r, 0), from = fine.shape.cell(l, r * by.rows, 0);
      const std::size_t high = std::min(by.rows, rows - r * by.rows);
      for (std::size_t k = 0; k < high; ++k) {
        const float *const above = fine.above.data() + from + k * columns, *const drain = fine.drain.data() +
                                                                                          from + k * columns;
        gather_columns(columns, by.columns, out.above.data() + to, [=](std::size_t c) { return above[c]; });
        gather_columns(columns, by.columns, out.drain.data() + to, [=](std::size_t c) { return drain[c]; });
      }
      const float* const right = fine.right.data() + from;
      join_across(right, high == 2 ? right + columns : nullptr, columns, by.columns, out.right.data() + to);
      if (r + 1 < shape.rows)
        join_beyond(fine.up.data() + from, columns, by, by.rows == 1 || (r + 1) * by.rows + 1 < rows,
                    out.up.data() + to);
    }
  // ties of one hub to cells that became one are one
  for (const auto& [cell, hub, g] : fine.ties) {
    const std::size_t l = cell / fine.shape.plane(), r = cell % fine.shape.plane() / columns,
                      c = cell % columns;
    const std::size_t to = shape.cell(l, r / by.rows, c / by.columns);
    out.ties.push_back({to, hub, g});
  }
  std::stable_sort(out.ties.begin(), out.ties.end(), [](const auto& p, const auto& q) {
    return p.hub != q.hub ? p.hub < q.hub : p.cell < q.cell;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.ties.size(); ++i)
    if (kept > 0 && out.ties[kept - 1].cell == out.ties[i].cell && out.ties[kept - 1].hub == out.ties[i].hub)
      out.ties[kept - 1].conductance += out.ties[i].conductance;
    else
      out.ties[kept++] = out.ties[i];
  out.ties.resize(kept);
  return out;
}

}  // namespace marquetry::conduction
