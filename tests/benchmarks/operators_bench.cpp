// Operators on a device like an A100: each is one row of a product x workload table.
#include <benchmark/benchmark.h>

#include <vector>

#include "operators/attention.h"
#include "operators/convolution.h"
#include "operators/matmul.h"
#include "operators/vector.h"

namespace marquetry::operators {
namespace {

Device device() {
  Device d{.clock = 1.41e9,
           .cores = 108,
           .arrays = 4,
           .rows = 16,
           .columns = 16,
           .macs = {0.0625, 0.0625, 0.5, 1, 0, 2, 0, 4},
           .sparse_speedup = 2,
           .vector_flop = 512,
           .exp_flop = 35,
           .sram = 196608,
           .cache = 41943040,
           .cache_rate = 5120,
           .memory_rate = 2.039e12,
           .capacity = 80e9};
  for (auto& kernel : d.kernels) kernel = {.launch = 2e-5, .hidden = 1e-5, .reads = 3, .resident = 16};
  return d;
}

template <class Work, class Rate>
void rated(benchmark::State& state, Work work, const Rate& rate) {
  const auto d = device();
  for (auto _ : state) {
    benchmark::DoNotOptimize(work);
    benchmark::DoNotOptimize(rate(d, work));
  }
}

void operator_matmul(benchmark::State& state) {
  rated(state, Matmul{.m = 128, .n = 12288, .k = 12288}, matmul);
}
void operator_experts(benchmark::State& state) {
  const std::vector<double> tokens(static_cast<std::size_t>(state.range(0)), 37);
  rated(state, GroupedMatmul{.tokens = tokens, .n = 2048, .k = 7168}, grouped_matmul);
}
void operator_softmax(benchmark::State& state) { rated(state, Rows{4096, 4096}, softmax); }
void operator_layer_norm(benchmark::State& state) { rated(state, Rows{4096, 4096}, layer_norm); }
void operator_gelu(benchmark::State& state) {
  rated(state, Elements{1e6},
        [](const Device& d, const Elements& e) { return activation(d, Activation::gelu, e); });
}
void operator_attention(benchmark::State& state) {
  rated(state, Attention{.sequences = 8, .context = 4096, .heads = 64, .kv_heads = 8, .head_width = 128},
        attention);
}
void operator_latent_attention(benchmark::State& state) {
  rated(state, LatentAttention{.context = 4096, .heads = 128, .rank = 512, .rotary = 64, .head_width = 128},
        latent_attention);
}
void operator_convolution(benchmark::State& state) {
  rated(state,
        Convolution{.channels = 64,
                    .filters = 64,
                    .height = 56,
                    .width = 56,
                    .kernel_height = 3,
                    .kernel_width = 3,
                    .padding = 1},
        convolution);
}

BENCHMARK(operator_matmul);
BENCHMARK(operator_experts)->Arg(8)->Arg(256);
BENCHMARK(operator_softmax);
BENCHMARK(operator_layer_norm);
BENCHMARK(operator_gelu);
BENCHMARK(operator_attention);
BENCHMARK(operator_latent_attention);
BENCHMARK(operator_convolution);

}  // namespace
}  // namespace marquetry::operators
