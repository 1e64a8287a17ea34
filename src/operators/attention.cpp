#include "operators/attention.h"

#include <algorithm>
#include <limits>

#include "operators/matmul.h"
#include "operators/vector.h"

namespace marquetry::operators {
namespace {

Cost roofline(const Device& d, double flop, double bytes, double exponentials, Format format) {
  Cost cost;
  if (flop <= 0) return cost;
  const auto& kernel = d.of(Class::attention);
  const double peak = matrix_peak(d, format);
  cost.flop = flop;
  cost.bytes = bytes;
  cost.overhead = kernel.launch;
  cost.compute = peak > 0 ? flop / (peak * kernel.compute) : std::numeric_limits<double>::infinity();
  const double vector = vector_peak(d);
  if (vector > 0)
    cost.compute =
        std::max(cost.compute, exponentials * (d.exp_flop + 7) / (vector * d.of(Class::softmax).compute));
  cost.memory = bytes / (d.memory_rate * kernel.memory);
  cost.total = cost.overhead + std::max(cost.compute, cost.memory);
  cost.bound = largest_part(cost);
  return cost;
}

Cost plus(const Cost& a, const Cost& b) {
  Cost sum{.compute = a.compute + b.compute,
           .memory = a.memory + b.memory,
           .cache = a.cache + b.cache,
           .network = a.network + b.network,
           .overhead = a.overhead + b.overhead,
           .total = a.total + b.total,
           .flop = a.flop + b.flop,
           .bytes = a.bytes + b.bytes};
  sum.bound = largest_part(sum);
  return sum;
}

}  // namespace

double seen_pairs(double queries, double context, Mask mask) {
  return queries * (mask == Mask::causal ? context - (queries - 1) / 2 : context);
}

Cost attention(const Device& d, const Attention& a) {
  const double value_width = a.value_width > 0 ? a.value_width : a.head_width;
  const double pairs = a.sequences * a.heads * seen_pairs(a.queries, a.context, a.mask);
  const double flop = 2 * pairs * (a.head_width + value_width);
  const double queries = bytes(a.format) * a.sequences * a.queries * a.heads * (a.head_width + value_width);
  const double kept = bytes(a.cache) * a.sequences * a.context * a.kv_heads * (a.head_width + value_width);
  if (a.fusion == Fusion::fused) return roofline(d, flop, queries + kept, pairs, a.format);
  // Kernels that know no mask compute and move every score: written, read by the softmax, written, read
  // again.
  const double scores = a.sequences * a.heads * a.queries * a.context;
  const double score_bytes = bytes(a.format) * scores;
  const auto first =
      roofline(d, 2 * scores * a.head_width,
               (queries + kept) * a.head_width / (a.head_width + value_width) + score_bytes, 0, a.format);
  const auto second =
      roofline(d, 2 * scores * value_width,
               (queries + kept) * value_width / (a.head_width + value_width) + score_bytes, 0, a.format);
  const auto middle =
      softmax(d, {.rows = a.sequences * a.heads * a.queries, .columns = a.context, .format = a.format});
  return plus(plus(first, middle), second);
}

Cost latent_attention(const Device& d, const LatentAttention& a) {
  const double pairs = a.sequences * a.heads * seen_pairs(a.queries, a.context, a.mask);
  const double kept = bytes(a.cache) * a.sequences * a.context * (a.rank + a.rotary);
  const double key = a.latent == Latent::absorbed ? a.rank + a.rotary : a.head_width + a.rotary;
  const double value = a.latent == Latent::absorbed ? a.rank : a.head_width;
  const double queries = bytes(a.format) * a.sequences * a.queries * a.heads * (key + value);
  const auto scores = roofline(d, 2 * pairs * (key + value), queries + kept, pairs, a.format);
  if (a.latent == Latent::absorbed) return scores;
  const auto expansion = matmul(d, {.m = a.sequences * a.context,
                                    .n = 2 * a.heads * a.head_width,
                                    .k = a.rank,
                                    .format = a.format,
                                    .weights = a.format});
  return plus(expansion, scores);
}

}  // namespace marquetry::operators
