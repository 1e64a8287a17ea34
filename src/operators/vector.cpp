#include "operators/vector.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marquetry::operators {
namespace {

// What passes through memory and is computed meanwhile; what is computed, and waited for, while memory is
// idle.
struct Work {
  double memory{}, flop{}, alone{}, wait{};
};

double seconds_of(double flop, double rate) { return flop > 0 ? flop / rate : 0; }

Cost vector_cost(const Device& d, Class kernels, const Work& work) {
  Cost cost;
  cost.flop = work.flop + work.alone;
  cost.bytes = work.memory;
  if (cost.bytes <= 0 && cost.flop <= 0) return cost;
  const auto& kernel = d.of(kernels);
  const double rate = vector_peak(d) * kernel.compute;
  cost.memory = cost.bytes / (d.memory_rate * kernel.memory);
  cost.cache = d.cache_rate > 0 ? cost.bytes / cache_bandwidth(d) : 0;
  const double beside = seconds_of(work.flop, rate), alone = seconds_of(work.alone, rate);
  cost.compute = beside + alone;
  const double busy = std::max({cost.memory, cost.cache, beside}) + alone + work.wait;
  cost.overhead = kernel.launch + work.wait + std::max(kernel.hidden - busy, 0.0);
  cost.total = kernel.launch + std::max(kernel.hidden, busy);
  cost.bound = largest_part(cost);
  return cost;
}

// Kernels that take a row to a block of threads. A row that is too long to be kept is read again: from the
// cache, at no cost that the measurements show, unless the rows in work, read and written, overflow it. The
// phases over a longer row wait for each other, so that its arithmetic is not hidden behind other reads.
Cost rows_cost(const Device& d, Class kernels, const Rows& t, double flop) {
  const auto& kernel = d.of(kernels);
  const bool kept = t.columns <= kernel.short_row;
  const double row = t.columns * bytes(t.format), total = flop * t.rows * t.columns;
  const double in_work = 2 * std::min(t.rows, d.cores * kernel.resident) * row;
  const double again = !kept && in_work > d.cache ? kernel.reads - 1 : 0;
  const Work work{.memory = (2 + again) * t.rows * row,
                  .flop = kept ? total : 0,
                  .alone = kept ? 0 : total,
                  .wait = kept ? 0 : kernel.pass};
  auto cost = vector_cost(d, kernels, work);
  const double rows = kernel.launch + t.rows * kernel.row / d.cores;
  if (rows > cost.total) {
    cost.overhead += rows - cost.total;
    cost.total = rows;
    cost.bound = largest_part(cost);
  }
  return cost;
}

}  // namespace

// The largest of the row, exponentials of the differences and their sum, quotients of them: PyTorch's kernels
// take the exponential in both of the last two, LLMCompass (ISCA 2024) counts three and 7 more.
Cost softmax(const Device& d, const Rows& t) { return rows_cost(d, Class::softmax, t, 3 * d.exp_flop + 7); }

// Mean, variance, difference, quotient, scale, shift.
Cost layer_norm(const Device& d, const Rows& t) { return rows_cost(d, Class::norm, t, 7); }

// Square, sum, quotient, scale (Zhang and Sennrich, NeurIPS 2019, eq. 4).
Cost rms_norm(const Device& d, const Rows& t) { return rows_cost(d, Class::norm, t, 4); }

Cost activation(const Device& d, Activation function, const Elements& t) {
  const std::array<double, 3> flop{10 + d.exp_flop, 2 + d.exp_flop, 1};
  return vector_cost(
      d, Class::activation,
      {.memory = 2 * t.count * bytes(t.format), .flop = flop[static_cast<std::size_t>(function)] * t.count});
}

Cost stream(const Device& d, const Stream& s) {
  return vector_cost(d, Class::stream, {.memory = s.bytes, .flop = s.flop});
}

Cost gather(const Device& d, const Gather& g) {
  constexpr double access = 64;  // bytes: one burst of HBM2 (JESD235: 4 words of a 128-bit channel)
  const double row = std::ceil(g.width * bytes(g.format) / access) * access;
  const double traffic = g.rows * row + g.rows / g.pooled * g.width * bytes(g.format);
  return vector_cost(d, Class::gather,
                     {.memory = traffic, .flop = (g.pooled - 1) / g.pooled * g.rows * g.width});
}

Cost transform(const Device& d, const Transform& t) {
  const double size = 2 * t.points * bytes(t.format);  // one signal
  const double inside = std::log2(std::max(d.sram / (2 * bytes(t.format)), 2.0));
  const double passes = std::max(std::ceil(std::log2(std::max(t.points, 1.0)) / inside), 1.0);
  const double traffic = 2 * passes * t.batch * size;
  return vector_cost(d, Class::transform,
                     {.memory = traffic,

                      .flop = 5 * t.batch * t.points * std::log2(std::max(t.points, 1.0))});
}

}  // namespace marquetry::operators
