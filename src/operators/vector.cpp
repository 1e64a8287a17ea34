#include "operators/vector.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marquetry::operators {
namespace {

// What passes through memory, through the cache and through the vector units.
struct Work {
  double memory{}, cache{}, flop{};
};

// The parts of one element depend on each other, so that what the kernel does not overlap adds up.
Cost vector_cost(const Device& d, Class kernels, const Work& work) {
  Cost cost;
  if (work.memory <= 0 && work.flop <= 0) return cost;
  const auto& kernel = d.of(kernels);
  cost.overhead = kernel.launch;
  cost.flop = work.flop;
  cost.bytes = work.memory;
  cost.memory = work.memory / (d.memory_rate * kernel.memory);
  cost.cache = d.cache_rate > 0 ? work.cache / cache_bandwidth(d) : 0;
  cost.compute = work.flop / (vector_peak(d) * kernel.compute);
  cost.total = cost.overhead + std::max(cost.memory + cost.cache, cost.compute);
  cost.bound = largest_part(cost);
  return cost;
}

Cost rows_cost(const Device& d, Class kernels, const Rows& t, double flop) {
  const double size = t.rows * t.columns * bytes(t.format);
  return vector_cost(d, kernels, {.memory = 2 * size, .cache = 2 * size, .flop = flop * t.rows * t.columns});
}

}  // namespace

Cost softmax(const Device& d, const Rows& t) { return rows_cost(d, Class::softmax, t, 3 * d.exp_flop + 7); }

Cost layer_norm(const Device& d, const Rows& t) { return rows_cost(d, Class::norm, t, 7); }

Cost rms_norm(const Device& d, const Rows& t) { return rows_cost(d, Class::norm, t, 4); }

Cost activation(const Device& d, Activation function, const Elements& t) {
  const std::array<double, 3> flop{10 + d.exp_flop, 2 + d.exp_flop, 1};
  const double size = t.count * bytes(t.format);
  return vector_cost(
      d, Class::activation,
      {.memory = 2 * size, .cache = 2 * size, .flop = flop[static_cast<std::size_t>(function)] * t.count});
}

Cost stream(const Device& d, const Stream& s) {
  return vector_cost(d, Class::stream, {.memory = s.bytes, .cache = s.bytes, .flop = s.flop});
}

Cost gather(const Device& d, const Gather& g) {
  constexpr double access = 64;  // bytes: one burst of HBM2 (JESD235: 4 words of a 128-bit channel)
  const double row = std::ceil(g.width * bytes(g.format) / access) * access;
  const double traffic = g.rows * row + g.rows / g.pooled * g.width * bytes(g.format);
  return vector_cost(
      d, Class::gather,
      {.memory = traffic, .cache = traffic, .flop = (g.pooled - 1) / g.pooled * g.rows * g.width});
}

Cost transform(const Device& d, const Transform& t) {
  const double size = 2 * t.points * bytes(t.format);  // one signal
  const double inside = std::log2(std::max(d.sram / (2 * bytes(t.format)), 2.0));
  const double passes = std::max(std::ceil(std::log2(std::max(t.points, 1.0)) / inside), 1.0);
  const double traffic = 2 * passes * t.batch * size;
  return vector_cost(d, Class::transform,
                     {.memory = traffic,
                      .cache = traffic,
                      .flop = 5 * t.batch * t.points * std::log2(std::max(t.points, 1.0))});
}

}  // namespace marquetry::operators
