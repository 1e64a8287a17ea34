#include "conduction/coarsen.h"

#include <algorithm>
#include <limits>

#include "conduction/lanes.h"

namespace marquetry::conduction {
namespace {

constexpr float no_way = std::numeric_limits<float>::infinity();  // a cell that was not halved: none is in it

// Half of the way within a coarse cell, across the border, half of the way within the next; 0 where any is.
float in_series(float near, float across, float far) {
  constexpr float tiny = std::numeric_limits<float>::min();
  return across / (1 + 0.5F * (across / std::max(near, tiny) + across / std::max(far, tiny)));
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
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t from = fine.shape.cell(l, r, 0), to = shape.cell(l, r / by.rows, 0);
      const float *const right = fine.right.data() + from, *const up = fine.up.data() + from,
                         *const above = fine.above.data() + from, *const drain = fine.drain.data() + from;
      gather_columns(columns, by.columns, out.above.data() + to, [=](std::size_t c) { return above[c]; });
      gather_columns(columns, by.columns, out.drain.data() + to, [=](std::size_t c) { return drain[c]; });
      float* __restrict across = out.right.data() + to;
      if (by.columns == 1) {
        for (std::size_t c = 0; c < columns; ++c) across[c] += right[c];
      } else if (shape.columns > 1) {
        const std::size_t last = shape.columns - 2;
        for (std::size_t c = 0; c < last; ++c)
          across[c] += in_series(right[2 * c], right[2 * c + 1], right[2 * c + 2]);
        across[last] += in_series(right[2 * last], right[2 * last + 1],
                                  2 * last + 3 < columns ? right[2 * last + 2] : no_way);
      }
      float* const beyond = out.up.data() + to;
      if (by.rows == 1)
        gather_columns(columns, by.columns, beyond, [=](std::size_t c) { return up[c]; });
      else if (r % 2 == 1 && r + 2 < rows)
        gather_columns(columns, by.columns, beyond,
                       [=](std::size_t c) { return in_series(*(up + c - columns), up[c], up[c + columns]); });
      else if (r % 2 == 1 && r + 1 < rows)
        gather_columns(columns, by.columns, beyond,
                       [=](std::size_t c) { return in_series(*(up + c - columns), up[c], no_way); });
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
