// Relaxation of lines, and the ways between a grid and the next coarser one.
#include <algorithm>

#include "conduction/multigrid.h"

namespace marquetry::conduction {
namespace {

// What flows into cells of one colour of one row, in one layer, from the four neighbours; with what `b`
// holds.
void gather(const MultigridLevel& level, std::size_t r, std::size_t colour, std::size_t layer,
            const float* __restrict b, float* __restrict out) {
  const std::size_t n = level.width(colour), row = level.row;
  const std::size_t own = (r + 1) * row + colour * level.half + layer * level.stride + 1;
  const std::size_t other = (r + 1) * row + (1 - colour) * level.half + layer * level.stride + colour;
  const float *__restrict right = level.right.data() + own, *__restrict left = level.right.data() + other,
                          *__restrict up = level.up.data() + own,
                          *__restrict down = level.up.data() + own - row;
  const float *__restrict xo = level.x.data() + other, *__restrict xu = level.x.data() + own + row,
                          *__restrict xd = level.x.data() + own - row;
  if (b)
    for (std::size_t j = 0; j < n; ++j)
      out[j] = b[j] + ((right[j] * xo[j + 1] + left[j] * xo[j]) + (up[j] * xu[j] + down[j] * xd[j]));
  else
    for (std::size_t j = 0; j < n; ++j)
      out[j] = (right[j] * xo[j + 1] + left[j] * xo[j]) + (up[j] * xu[j] + down[j] * xd[j]);
}

}  // namespace

void relax(MultigridLevel& level, std::size_t r, std::size_t colour, bool lateral) {
  const std::size_t n = level.width(colour), layers = level.shape.layers, stride = level.stride;
  const std::size_t begin = (r + 1) * level.row + colour * level.half + 1;
  for (std::size_t l = 0; l < layers; ++l) {
    const std::size_t own = begin + l * stride;
    const float* __restrict b = level.b.data() + own, * __restrict inverse = level.inverse.data() + own;
    float* __restrict x = level.x.data() + own;
    if (lateral)
      gather(level, r, colour, l, b, x);
    else
      std::copy(b, b + n, x);
    if (l == 0) {
      for (std::size_t j = 0; j < n; ++j) x[j] *= inverse[j];
    } else {
      const float* __restrict below = x - stride, * __restrict above = level.above.data() + own - stride;
      for (std::size_t j = 0; j < n; ++j) x[j] = (x[j] + above[j] * below[j]) * inverse[j];
    }
  }
  for (std::size_t l = layers - 1; l-- > 0;) {
    const std::size_t own = begin + l * stride;
    const float* __restrict back = level.back.data() + own;
    float* __restrict x = level.x.data() + own;
    const float* __restrict over = x + stride;
    for (std::size_t j = 0; j < n; ++j) x[j] += back[j] * over[j];
  }
}

// After a sweep from nothing, first the cells where row + column is even, then the others, only the former
// have a residual: what came in from the latter. Weights: the transposed of prolong's.
void restrict_residual(MultigridLevel& fine, MultigridLevel& coarse, std::span<float> scratch) {
  const std::size_t layers = fine.shape.layers, rows = fine.shape.rows;
  const std::size_t width = coarse.shape.columns, pitch = width + 2;
  std::fill(coarse.b.begin(), coarse.b.end(), 0.0F);
  float* const gathered = scratch.data();
  float* const line = scratch.data() + fine.stride;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t colour = r % 2, n = fine.width(colour);
    if (n == 0) continue;
    for (std::size_t l = 0; l < layers; ++l) {
      gather(fine, r, colour, l, nullptr, gathered);
      // line[1 + J]: what coarse column J gets; the ends catch what would go beyond
      std::fill(line, line + pitch, 0.0F);
      if (fine.halve_columns == 1) {
        for (std::size_t j = 0; j < n; ++j) line[1 + 2 * j + colour] = gathered[j];
      } else {
        float* const near = line + 1;
        for (std::size_t j = 0; j < n; ++j) near[j] = 0.75F * gathered[j];
        float* const far = line + 2 * colour;
        for (std::size_t j = 0; j < n; ++j) far[j] += 0.25F * gathered[j];
        line[1] += line[0];
        line[width] += line[width + 1];
      }
      const auto put = [&](std::size_t to, float weight) {
        for (std::size_t half = 0; half < 2; ++half) {
          float* __restrict b = coarse.b.data() + coarse.place(l, to, half);
          const float* __restrict from = line + 1 + half;
          const std::size_t m = coarse.width(half);
          for (std::size_t j = 0; j < m; ++j) b[j] += weight * from[2 * j];
        }
      };
      if (fine.halve_rows == 1) {
        put(r, 1);
      } else {
        const std::size_t near = r / 2, last = coarse.shape.rows - 1;
        const std::size_t far = r % 2 == 0 ? (near > 0 ? near - 1 : near) : std::min(near + 1, last);
        put(near, 0.75F);
        put(far, 0.25F);
      }
    }
  }
}

// Bilinear between the centres of coarse cells, constant beyond the outer ones; only to the cells where row +
// column is even, as the others are relaxed next.
void prolong(const MultigridLevel& coarse, MultigridLevel& fine, std::span<float> scratch) {
  const std::size_t layers = fine.shape.layers, rows = fine.shape.rows, width = coarse.shape.columns;
  float* const line = scratch.data();
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t colour = r % 2, n = fine.width(colour);
    if (n == 0) continue;
    std::size_t near = r, far = r;
    if (fine.halve_rows == 2) {
      near = r / 2;
      far = r % 2 == 0 ? (near > 0 ? near - 1 : near) : std::min(near + 1, coarse.shape.rows - 1);
    }
    for (std::size_t l = 0; l < layers; ++l) {
      for (std::size_t half = 0; half < 2; ++half) {
        const float* __restrict a = coarse.x.data() + coarse.place(l, near, half), * __restrict c =
                                                                                       coarse.x.data() +
                                                                                       coarse.place(l, far,
                                                                                                    half);
        float* __restrict to = line + 1 + half;
        const std::size_t m = coarse.width(half);
        for (std::size_t j = 0; j < m; ++j) to[2 * j] = 0.75F * a[j] + 0.25F * c[j];
      }
      float* __restrict x = fine.x.data() + fine.place(l, r, colour);
      if (fine.halve_columns == 1) {
        for (std::size_t j = 0; j < n; ++j) x[j] += line[1 + 2 * j + colour];
      } else {
        line[0] = line[1];
        line[width + 1] = line[width];
        const float* __restrict from = line + 1, * __restrict beside = line + 2 * colour;
        for (std::size_t j = 0; j < n; ++j) x[j] += 0.75F * from[j] + 0.25F * beside[j];
      }
    }
  }
}

}  // namespace marquetry::conduction
