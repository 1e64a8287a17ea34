// Transformers as operators: published sizes, sums by hand, and what a split must keep.
#include "workload/transformer.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "workload/models.h"

namespace marquetry::workload {
namespace {

const Operation* find(const Layer& layer, const std::string& name) {
  for (const auto& operation : layer.operations) {
    if (operation.name == name) return &operation;
  }
  return nullptr;
}

// Operations of matrix products and of attention, of one die.
double matrix_flop(const Graph& graph, const Machine& machine) {
  double sum = 0;
  for (const auto& layer : graph.layers) {
    for (const auto& operation : layer.operations) {
      const auto kind = kind_of(operation);
      if (kind != Kind::matmul && kind != Kind::attention) continue;
      sum += layer.count * operation.count * cost(machine, operation).flop;
    }
  }
  return sum;
}

TEST_CASE("parameters are those that are published") {
  const auto [model, billions] = GENERATE(table<Transformer, double>({
      {test::llama(32, 4096, 32, 32, 11008, 32000), 6.738},
      {test::llama(40, 5120, 40, 40, 13824, 32000), 13.016},
      {test::llama(80, 8192, 64, 8, 28672, 32000), 68.977},
      {test::llama(32, 4096, 32, 8, 14336, 128256), 8.030},
      {test::llama_3_70b(), 70.554},
      {test::llama(126, 16384, 128, 8, 53248, 128256), 405.85},
      {test::mixtral(), 46.70},
      {test::deepseek_v3(), 671.0},
  }));
  CHECK(parameters(model) / 1e9 == Approx(billions).epsilon(2e-4));
}

TEST_CASE("keys and values of a token take what is published") {
  using operators::Format;
  CHECK(cache_bytes_per_token(test::gpt_3(), Format::fp16) == 4'718'592);
  CHECK(cache_bytes_per_token(test::llama_3_70b(), Format::fp16) == 327'680);
  CHECK(cache_bytes_per_token(test::llama_3_70b(), Format::fp8) == 163'840);
  CHECK(cache_bytes_per_token(test::deepseek_v3(), Format::fp16) == 70'272);
}

TEST_CASE("decoding does two operations a weight and token, and 4 layers heads width a token it looks at") {
  const auto machine = test::round_machine();
  const auto model = test::llama_3_70b();
  const double read = parameters(model) - model.vocabulary * model.width;  // the embedding is looked up
  const double attention = 4 * model.layers * model.heads * model.head_width * 1000;
  for (const auto fusion : {operators::Fusion::fused, operators::Fusion::unfused}) {
    const auto graph = transformer(
        model, {.phase = Phase::decode, .batch = 6, .context = 1000, .fusion = fusion}, {.tensor = 4});
    CHECK(4 * matrix_flop(graph, machine) == Approx(6 * (2 * read + attention)));
  }
}

TEST_CASE("a prompt that is fused looks at half of its square") {
  const auto machine = test::round_machine();
  const auto model = test::gpt_3();
  const double layers = parameters(model) - 2 * model.vocabulary * model.width;
  const double q = 2048, pairs = q * (q + 1) / 2;
  const auto graph = transformer(model, {.batch = 8, .context = q, .queries = q}, {.tensor = 4});
  const double head = 2 * 8 * model.vocabulary * model.width;
  CHECK(4 * matrix_flop(graph, machine) ==
        Approx(8 * (2 * layers * q + 4 * model.layers * model.width * pairs) + head));
}

TEST_CASE("of experts only those are read that are called, and each token calls so many") {
  const auto machine = test::round_machine();
  const auto model = test::mixtral();
  const auto graph = transformer(model, {.phase = Phase::decode, .batch = 1, .context = 1}, {});
  const auto& layer = graph.layers[1];
  const auto* up = find(layer, "experts, gate and up");
  REQUIRE(up != nullptr);
  const auto& product = std::get<operators::Matmul>(up->work);
  CHECK(product.batch == Approx(2));  // one token, two experts
  CHECK(product.m == Approx(1));
  CHECK(cost(machine, *up).flop == Approx(2.0 * 2 * 2 * 14336 * 4096));
  // Many tokens read all of them.
  const auto many = transformer(model, {.phase = Phase::decode, .batch = 512, .context = 1}, {});
  CHECK(std::get<operators::Matmul>(find(many.layers[1], "experts, gate and up")->work).batch == Approx(8));
}

TEST_CASE("experts on other dies: all-to-alls there and back, and a share of the experts each") {
  const auto graph = transformer(test::deepseek_v3(), {.phase = Phase::decode, .batch = 256, .context = 4096},
                                 {.data = 32, .expert = 32});
  const auto& layer = graph.layers[2];
  REQUIRE(find(layer, "all-to-all to experts") != nullptr);
  const auto& sent = std::get<Exchange>(find(layer, "all-to-all to experts")->work);
  CHECK(sent.members == 32);
  CHECK(sent.bytes == Approx(8 * 8 * 7168 * 2));  // 8 sequences a die, each to 8 experts
  const auto& product = std::get<operators::Matmul>(find(layer, "experts, down")->work);
  CHECK(product.batch * product.m == Approx(256 * 8 / 32.0));
  CHECK(product.batch <= 256 / 32.0);
  CHECK(find(layer, "all-reduce after experts") == nullptr);  // no tensor ways
}

TEST_CASE("latents are looked at as they are while decoding, and made into keys for a prompt") {
  const auto model = test::deepseek_v3();
  const auto decode = transformer(model, {.phase = Phase::decode, .batch = 1, .context = 1000}, {});
  const auto prompt = transformer(model, {.batch = 1, .context = 1000, .queries = 1000}, {});
  CHECK(find(decode.layers[1], "queries into latents") != nullptr);
  CHECK(find(prompt.layers[1], "queries into latents") == nullptr);
  // 2 heads (2 rank + rotary) a token of the context: the published 1088 in place of 2 x 128.
  const auto machine = test::round_machine();
  CHECK(cost(machine, *find(decode.layers[1], "attention")).flop == Approx(2.0 * 128 * 1088 * 1000));
}

TEST_CASE("a die holds its share of weights and caches; key heads are repeated beyond one a die") {
  const auto model = test::llama_3_70b();
  const Pass pass{.phase = Phase::decode, .batch = 32, .context = 4096};
  const auto needed = [&](Split split) { return transformer(model, pass, split).needed; };
  const double weights = 2 * parameters(model), cache = 32 * 4096.0 * 327'680;
  CHECK(needed({}) == Approx(weights + cache));
  CHECK(needed({.tensor = 8}) == Approx((weights + cache) / 8));
  CHECK(needed({.tensor = 16}) == Approx(weights / 16 + cache / 8));
  CHECK(needed({.data = 4}) == Approx(weights + cache / 4));
}

TEST_CASE("an exchange fills packages first: of 8 dies, 4 a package, it crosses between two") {
  const auto machine = test::round_machine();
  const double bytes = 1e8;
  const auto cost = exchange(machine, operators::Collective::all_reduce, 8, bytes);
  // 2 * 3/4 at 500 GB/s with 6 steps, 2 * 1/2 at 300 GB/s with 2 steps and a launch
  CHECK(cost.total == Approx(1.5 * bytes / 500e9 + 6 * 50e-9 + bytes / 300e9 + 2e-6 + 8e-6));
  CHECK(exchange(machine, operators::Collective::all_reduce, 2, bytes).total ==
        Approx(bytes / 500e9 + 2 * 50e-9));
}

TEST_CASE("the sums of a pass are those of its operators, and more context or batch takes no less time") {
  const auto machine = test::round_machine();
  double before = 0;
  for (const double context : {128.0, 1024.0, 8192.0}) {
    const auto graph = transformer(test::llama_3_70b(),
                                   {.phase = Phase::decode, .batch = 16, .context = context}, {.tensor = 8});
    const auto out = cost(machine, graph);
    double sum = 0;
    for (std::size_t l = 0; l < graph.layers.size(); ++l) {
      sum += graph.layers[l].count * layer_seconds(machine, graph.layers[l]);
    }
    CHECK(out.sum.total == Approx(sum));
    CHECK(std::accumulate(out.kinds.begin(), out.kinds.end(), 0.0) == Approx(sum));
    CHECK(std::accumulate(out.bounds.begin(), out.bounds.end(), 0.0) == Approx(sum));
    CHECK(sum >= before);
    before = sum;
  }
}

TEST_CASE("the sizes of an operator read as a profiler would print them") {
  const auto graph =
      transformer(test::gpt_3(), {.phase = Phase::decode, .batch = 8, .context = 3072}, {.tensor = 4});
  const auto& layer = graph.layers[1];
  CHECK(sizes_text(*find(layer, "up")) == "8 x 12288 x 12288, fp16");
  CHECK(sizes_text(*find(layer, "all-reduce after attention")) == "196.6 kB among 4");
  CHECK(sizes_text(*find(layer, "attention")) ==
        "8 sequences, 1 of 3072 tokens, 24 heads, 24 kv, of 128, fp16");
}

}  // namespace
}  // namespace marquetry::workload
