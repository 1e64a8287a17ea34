// The operators: worked values, and laws that hold on any device.

#include <catch2/catch.hpp>
#include <cmath>

#include "operators/attention.h"
#include "operators/convolution.h"
#include "operators/matmul.h"
#include "operators/vector.h"
#include "support/property.h"

using namespace marquetry::operators;

namespace {

// 4 cores of 2 arrays of 8 x 8, 1 GHz: 2 x 512 = 1024 FLOP a cycle. Every kernel reaches its peaks at once.
Device plain() {
  return {.clock = 1e9,
          .cores = 4,
          .arrays = 2,
          .rows = 8,
          .columns = 8,
          .macs = {0, 0.5, 0, 1, 0, 2, 0, 0},
          .sparse_speedup = 2,
          .vector_flop = 16,
          .exp_flop = 8,
          .sram = 1e5,
          .cache = 1e6,
          .cache_rate = 1000,
          .memory_rate = 1e11,
          .capacity = 1e10};
}

double number(int low, int high) { return *rc::gen::inRange(low, high + 1); }

Matmul random_product() {
  return {.m = number(1, 3000), .n = number(1, 3000), .k = number(1, 3000), .batch = number(1, 20)};
}

// What no machine with these units and this memory does faster.
double roofline(const Device& d, const Cost& cost, double peak) {
  return std::max(cost.flop / peak, cost.bytes / d.memory_rate);
}

void check_sum(const Cost& cost) {
  const double sum = cost.compute + cost.memory + cost.cache + cost.network + cost.overhead;
  RC_ASSERT(cost.total <= sum * (1 + 1e-12));
  RC_ASSERT(cost.total >= std::max({cost.compute, cost.memory, cost.cache, cost.overhead}) * (1 - 1e-12));
}

}  // namespace

TEST_CASE("a format that a device does not compute in takes the rate of the narrowest wider one") {
  const auto d = plain();
  CHECK(matrix_peak(d, Format::fp16) == Approx(1.024e12));
  CHECK(matrix_peak(d, Format::int8) == Approx(2.048e12));
  CHECK(matrix_peak(d, Format::int4) == matrix_peak(d, Format::int8));
  CHECK(matrix_peak(d, Format::fp8) == matrix_peak(d, Format::fp16));
  CHECK(matrix_peak(d, Format::fp4) == matrix_peak(d, Format::fp16));
  CHECK(matrix_peak(d, Format::tf32) == matrix_peak(d, Format::fp32));
  CHECK(matrix_peak(d, Format::fp64) == 0);
  CHECK(std::isinf(matmul(d, {.m = 8, .n = 8, .k = 8, .format = Format::fp64}).total));
}

TEST_CASE("sparse weights are half the values and two bits for each: 9 of 16 at 16 bits") {
  CHECK(weight_bytes(Format::fp16, Sparsity::two_of_four) / bytes(Format::fp16) == Approx(9.0 / 16));
  CHECK(weight_bytes(Format::fp8, Sparsity::two_of_four) == Approx((4 + 1) / 8.0));
  const auto d = plain();
  const Matmul dense{.m = 2048, .n = 2048, .k = 2048};
  auto sparse = dense;
  sparse.sparsity = Sparsity::two_of_four;
  CHECK(matmul(d, sparse).compute < 0.51 * matmul(d, dense).compute);
}

TEST_CASE("a product by hand: one wave of four tiles") {
  // Tiles of 128 x 128, one a core: ceil(16 x 16 / 2) = 128 parts, each k = 1000 cycles x (1 + 8 x 2 / 128),
  // and 2 (8 + 8 - 2) = 28 to fill and drain: 144 028 cycles.
  auto d = plain();
  d.cache_rate = 1e9;
  d.memory_rate = 1e15;
  CHECK(matmul(d, {.m = 256, .n = 256, .k = 1000}).compute == Approx(144028e-9));
}

TEST_CASE("thin products are bound by memory, thick ones by arithmetic, nothing takes nothing") {
  auto d = plain();
  d.memory_rate = 1e10;
  CHECK(matmul(d, {.m = 1, .n = 4096, .k = 4096}).bound == Bound::memory);
  CHECK(matmul(d, {.m = 4096, .n = 4096, .k = 4096}).bound == Bound::compute);
  CHECK(matmul(d, {.m = 0, .n = 4096, .k = 4096}).total == 0);
  CHECK(softmax(d, {.rows = 0, .columns = 100}).total == 0);
}

TEST_CASE("products obey the roofline, and more of anything takes no less") {
  marquetry::test::check_property([] {
    const auto d = plain();
    const auto p = random_product();
    const auto cost = matmul(d, p);
    check_sum(cost);
    RC_ASSERT(cost.total >= roofline(d, cost, matrix_peak(d, p.format)));
    auto more = p;
    more.m += number(0, 500);
    more.n += number(0, 500);
    more.k += number(0, 500);
    more.batch += number(0, 3);
    RC_ASSERT(matmul(d, more).total >= cost.total);
    auto narrow = p;
    narrow.weights = Format::int4;
    RC_ASSERT(matmul(d, narrow).total <= cost.total);
  });
}

TEST_CASE("experts: one with all tokens is a product, idle ones are free, uneven ones are no faster") {
  marquetry::test::check_property([] {
    const auto d = plain();
    const double tokens = number(1, 500), n = number(1, 1000), k = number(1, 1000);
    const std::vector<double> alone{tokens}, with_idle{0, tokens, 0}, even(4, tokens),
        uneven{2 * tokens, tokens, tokens, 0};
    const auto one = grouped_matmul(d, {.tokens = alone, .n = n, .k = k});
    RC_ASSERT(one.total == matmul(d, {.m = tokens, .n = n, .k = k}).total);
    RC_ASSERT(grouped_matmul(d, {.tokens = with_idle, .n = n, .k = k}).total == one.total);
    const auto all = grouped_matmul(d, {.tokens = even, .n = n, .k = k});
    const auto some = grouped_matmul(d, {.tokens = uneven, .n = n, .k = k});
    RC_ASSERT(std::abs(some.flop - all.flop) < 1e-6 * all.flop);
    RC_ASSERT(some.bytes < all.bytes);
    RC_ASSERT(all.total >= one.total);
  });
}

TEST_CASE("experts touched: those called by one token, all by many, as counted over every draw") {
  CHECK(touched_experts(8, 2, 1) == Approx(2));
  CHECK(touched_experts(256, 8, 1e6) == Approx(256));
  // Two tokens, one of two experts each: both with probability 1/2.
  CHECK(touched_experts(2, 1, 2) == Approx(1.5));
}

TEST_CASE("rows: obey the roofline, grow with both sides, and are read again once they overflow the cache") {
  marquetry::test::check_property([] {
    auto d = plain();
    auto& kernel = d.kernels[static_cast<std::size_t>(Class::softmax)];
    kernel = {.launch = 1e-6,
              .hidden = 2e-6,
              .row = 1e-9,
              .short_row = 256,
              .reads = 3,
              .pass = 1e-6,
              .resident = 2};
    const Rows t{.rows = number(1, 5000), .columns = number(1, 20000)};
    const auto cost = softmax(d, t);
    check_sum(cost);
    RC_ASSERT(cost.total >= roofline(d, cost, vector_peak(d)));
    RC_ASSERT(softmax(d, {.rows = t.rows + number(0, 9), .columns = t.columns + number(0, 9)}).total >=
              cost.total);
    const bool overflows = t.columns > 256 && 2 * std::min(t.rows, 8.0) * t.columns * 2 > d.cache;
    RC_ASSERT(cost.bytes == (overflows ? 4 : 2) * t.rows * t.columns * 2);
    RC_ASSERT(rms_norm(d, t).total <= layer_norm(d, t).total);
  });
}

TEST_CASE("work that the host's return hides costs nothing until it is longer") {
  auto d = plain();
  d.kernels[static_cast<std::size_t>(Class::activation)] = {.launch = 30e-6, .hidden = 10e-6};
  const auto time = [&d](double count) { return activation(d, Activation::relu, {.count = count}).total; };
  CHECK(time(1) == Approx(40e-6));
  CHECK(time(2.4e5) == Approx(40e-6));  // 4 x 2.4e5 B / 1e11 B/s = 9.6 us
  CHECK(time(1e6) == Approx(70e-6));
  CHECK(activation(d, Activation::gelu, {.count = 1e6}).total > time(1e6));  // 18 FLOP an element bind
}

TEST_CASE("attention: pairs by counting, grouped heads read less, decoding is bound by memory") {
  int pairs = 0;
  for (int query = 5; query < 12; ++query) pairs += query + 1;  // 7 queries at the end of 12 tokens
  CHECK(seen_pairs(7, 12, Mask::causal) == pairs);
  CHECK(seen_pairs(7, 12, Mask::full) == 84);
  const auto d = plain();
  const Attention decode{
      .sequences = 8, .queries = 1, .context = 2000, .heads = 32, .kv_heads = 32, .head_width = 128};
  auto grouped = decode;
  grouped.kv_heads = 8;
  CHECK(attention(d, decode).bound == Bound::memory);
  CHECK(attention(d, grouped).bytes < 0.26 * attention(d, decode).bytes);
  CHECK(attention(d, grouped).flop == attention(d, decode).flop);
  auto apart = decode;
  apart.fusion = Fusion::unfused;
  CHECK(attention(d, apart).total > attention(d, decode).total);
}

TEST_CASE(
    "latent attention: absorbed, a token of context costs 2 (2 rank + rotary) FLOP a head and one latent") {
  const auto d = plain();
  const LatentAttention a{.context = 4000, .heads = 128, .rank = 512, .rotary = 64, .head_width = 128};
  const auto cost = latent_attention(d, a);
  CHECK(cost.flop == Approx(4000.0 * 128 * 2 * 1088));
  const double queries = 2.0 * 128 * (576 + 512);
  CHECK(cost.bytes - queries == Approx(2 * 4000.0 * 576));
  auto expanded = a;
  expanded.latent = Latent::expanded;
  CHECK(latent_attention(d, expanded).total > cost.total);
}

TEST_CASE("convolution: places by counting, work by the loop over them, one by one is a product") {
  const Convolution c{.images = 2,
                      .channels = 6,
                      .filters = 4,
                      .height = 9,
                      .width = 7,
                      .kernel_height = 3,
                      .kernel_width = 3,
                      .stride = 2,
                      .padding = 1};
  int places = 0;
  for (int y = -1; y + 3 <= 9 + 1; y += 2)
    for (int x = -1; x + 3 <= 7 + 1; x += 2) ++places;
  CHECK(output_height(c) * output_width(c) == places);
  const auto d = plain();
  CHECK(convolution(d, c).flop == Approx(2.0 * 2 * places * 4 * 6 * 9));
  const Convolution pointwise{
      .channels = 64, .filters = 64, .height = 32, .width = 32, .kernel_height = 1, .kernel_width = 1};
  CHECK(convolution(d, pointwise).total == Approx(matmul(d, {.m = 1024, .n = 64, .k = 64}).total));
  auto wide = c;
  wide.kernel_height = 99;
  CHECK(convolution(d, wide).total == 0);
}

TEST_CASE("gathers fetch whole bursts, transforms pass through memory once while they fit a core") {
  const auto d = plain();
  CHECK(gather(d, {.rows = 100, .width = 1}).bytes == Approx(100 * 64 + 100 * 2));
  CHECK(gather(d, {.rows = 100, .width = 32, .pooled = 10}).bytes == Approx(100 * 64 + 10 * 64));
  const auto small = transform(d, {.points = 1024, .batch = 3});
  CHECK(small.flop == Approx(5.0 * 3 * 1024 * 10));
  CHECK(small.bytes == Approx(2.0 * 3 * 1024 * 8));
  CHECK(transform(d, {.points = 1 << 20}).bytes == Approx(2 * 2.0 * (1 << 20) * 8));
  CHECK(stream(d, {.bytes = 1e6}).total == Approx(1e-5));
}
