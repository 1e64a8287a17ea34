#include "conduction/coarsen.h"

#include <algorithm>

namespace marquetry::conduction {
namespace {

// Half of the way within a coarse cell, across the border, half of the way within the next.
float in_series(float near, float across, float far) {
  if (!(near > 0 && across > 0 && far > 0)) return 0;
  return near * across * far / (near * far + 0.5F * across * (near + far));
}

constexpr float no_way = 1e30F;  // a cell that was not halved: nothing is in the way

float mean(const std::vector<float>& conductance, std::size_t ways) {
  double sum = 0;
  for (const float g : conductance) sum += static_cast<double>(g);
  return ways == 0 ? 0 : static_cast<float>(sum / static_cast<double>(ways));
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
  const float x = mean(fine.right, (columns - 1) * rows * layers),
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
      for (std::size_t c = 0; c < columns; ++c) {
        out.above[to + c / by.columns] += fine.above[from + c];
        out.drain[to + c / by.columns] += fine.drain[from + c];
      }
      if (by.columns == 1)
        for (std::size_t c = 0; c < columns; ++c) out.right[to + c] += fine.right[from + c];
      else
        for (std::size_t c = 0; c + 1 < shape.columns; ++c) {
          const float* const g = fine.right.data() + from + 2 * c;
          out.right[to + c] += in_series(g[0], g[1], 2 * c + 3 < columns ? g[2] : no_way);
        }
      if (by.rows == 1)
        for (std::size_t c = 0; c < columns; ++c) out.up[to + c / by.columns] += fine.up[from + c];
      else if (r % 2 == 1 && r + 1 < rows)
        for (std::size_t c = 0; c < columns; ++c) {
          const float* const g = fine.up.data() + from + c;
          const float far = r + 2 < rows ? g[columns] : no_way;
          out.up[to + c / by.columns] += in_series(*(g - columns), g[0], far);
        }
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
