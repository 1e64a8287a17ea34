#include "operators/convolution.h"

#include <algorithm>
#include <cmath>

#include "operators/matmul.h"

namespace marquetry::operators {
namespace {

double outputs(double size, double kernel, const Convolution& c) {
  return std::max(std::floor((size + 2 * c.padding - kernel) / c.stride) + 1, 0.0);
}

}  // namespace

double output_height(const Convolution& c) { return outputs(c.height, c.kernel_height, c); }
double output_width(const Convolution& c) { return outputs(c.width, c.kernel_width, c); }

Cost convolution(const Device& d, const Convolution& c) {
  const double places = c.images * output_height(c) * output_width(c);
  auto cost = matmul(d, {.m = places,
                         .n = c.filters / c.groups,
                         .k = c.channels / c.groups * c.kernel_height * c.kernel_width,
                         .batch = c.groups,
                         .format = c.format,
                         .weights = c.weights});
  if (cost.flop <= 0) return cost;
  const auto& kernel = d.of(Class::convolution);
  const auto& product = d.of(Class::matmul);
  cost.bytes = bytes(c.format) * (c.images * c.channels * c.height * c.width + places * c.filters) +
               bytes(c.weights) * c.filters * c.channels / c.groups * c.kernel_height * c.kernel_width;
  cost.memory = cost.bytes / (d.memory_rate * kernel.memory);
  cost.compute *= product.compute / kernel.compute;
  cost.cache *= product.compute / kernel.compute;
  cost.overhead = kernel.launch;
  cost.total = cost.overhead + std::max({cost.compute, cost.cache, cost.memory});
  cost.bound = largest_part(cost);
  return cost;
}

}  // namespace marquetry::operators
