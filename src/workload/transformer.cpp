// Shapes: Vaswani et al., NeurIPS 2017; the split of each product over tensor-parallel dies: Shoeybi et al.,
// Megatron-LM, arXiv 1909.08053, 2019, section 3; experts and latent attention: DeepSeek-AI, arXiv
// 2412.19437, 2024, section 2.1.
#include "workload/transformer.h"

#include <algorithm>
#include <cmath>

namespace marquetry::workload {
namespace {

using operators::bytes;
using operators::Collective;

// Sizes that all operators of a layer share.
struct Block {
  const Transformer& model;
  const Pass& pass;
  const Split& split;
  std::vector<Operation>& out;

  double sequences() const { return pass.batch / split.data; }
  double tokens() const { return sequences() * pass.queries; }
  double heads() const { return model.heads / split.tensor; }
  // Beyond one a die they are replicated.
  double kv_heads() const { return std::max(model.kv_heads / split.tensor, 1.0); }
  // Of the residual stream; what is narrower than 16 bits is widened there.
  double activation_bytes() const { return std::max(bytes(pass.format), 2.0); }

  void add(std::string name, Work work, double count = 1) const {
    out.push_back({std::move(name), std::move(work), count});
  }
  void product(std::string name, double m, double n, double k, double batch = 1, double count = 1) const {
    add(std::move(name),
        operators::Matmul{.m = m,
                          .n = n,
                          .k = k,
                          .batch = batch,
                          .format = pass.format,
                          .weights = pass.weights,
                          .sparsity = pass.sparsity},
        count);
  }
  void norm(std::string name, double rows, double columns) const {
    const operators::Rows tensor{rows, columns, operators::Format::fp16};
    if (model.norm == Norm::rms) {
      add(std::move(name), RmsNorm{tensor});
    } else {
      add(std::move(name), LayerNorm{tensor});
    }
  }
  void exchange(std::string name, Collective kind, double members, double size) const {
    if (members > 1) add(std::move(name), Exchange{kind, members, size});
  }
  void all_reduce(std::string name) const {
    exchange(std::move(name), Collective::all_reduce, split.tensor,
             tokens() * model.width * activation_bytes());
  }
  // A gate multiplies what comes beside it: half as much again is read.
  void activation(std::string name, double elements) const {
    add(std::move(name),
        Activated{model.activation, {model.is_gated ? 1.5 * elements : elements, operators::Format::fp16}});
  }
};

operators::Attention heads_of(const Block& b) {
  return {.sequences = b.sequences(),
          .queries = b.pass.queries,
          .context = b.pass.context,
          .heads = b.heads(),
          .kv_heads = b.kv_heads(),
          .head_width = b.model.head_width,
          .mask = b.model.is_encoder ? operators::Mask::full : operators::Mask::causal,
          .fusion = b.pass.fusion,
          .format = bytes(b.pass.format) < 2 ? operators::Format::fp16 : b.pass.format,
          .cache = b.pass.cache};
}

void grouped_attention(const Block& b) {
  const auto& m = b.model;
  const double rows = b.tokens();
  const double queries = b.heads() * m.head_width, keys = b.kv_heads() * m.head_width;
  const auto attention = heads_of(b);
  if (b.pass.fusion == operators::Fusion::fused) {
    b.product("queries, keys, values", rows, queries + 2 * keys, m.width);
    b.add("attention", attention);
  } else {
    b.product("queries", rows, queries, m.width);
    b.product("keys, values", rows, keys, m.width, 1, 2);
    // All queries that share a head of keys are rows of one product.
    const double rows_of_head = b.pass.queries * b.heads() / b.kv_heads();
    operators::Matmul product{.m = rows_of_head,
                              .n = b.pass.context,
                              .k = m.head_width,
                              .batch = b.sequences() * b.kv_heads(),
                              .format = attention.format,
                              .weights = attention.cache};
    b.add("scores", HeadProducts{product});
    b.add("softmax", Softmax{{b.sequences() * b.heads() * b.pass.queries, b.pass.context, attention.format}});
    std::swap(product.n, product.k);
    b.add("values of scores", HeadProducts{product});
  }
  b.product("attention out", rows, m.width, queries);
}

// Queries and keys come out of latents. Decoding leaves keys and values there, and projects queries into the
// latent and what was weighed out of it; a prompt makes keys and values.
void latent_attention(const Block& b) {
  const auto& m = b.model;
  const double rows = b.tokens();
  const bool absorbs = b.pass.phase == Phase::decode;
  b.product("latents", rows, m.query_rank + m.kv_rank + m.rotary_width, m.width);
  b.norm("norm of latents", rows, m.query_rank + m.kv_rank);
  b.product("queries", rows, b.heads() * (m.head_width + m.rotary_width), m.query_rank);
  if (absorbs) b.product("queries into latents", rows, m.kv_rank, m.head_width, b.heads());
  const auto like = heads_of(b);
  b.add("attention", operators::LatentAttention{
                         .sequences = like.sequences,
                         .queries = like.queries,
                         .context = like.context,
                         .heads = like.heads,
                         .rank = m.kv_rank,
                         .rotary = m.rotary_width,
                         .head_width = m.head_width,
                         .latent = absorbs ? operators::Latent::absorbed : operators::Latent::expanded,
                         .mask = like.mask,
                         .format = like.format,
                         .cache = like.cache});
  if (absorbs) b.product("values out of latents", rows, m.head_width, m.kv_rank, b.heads());
  b.product("attention out", rows, m.width, b.heads() * m.head_width);
}

void attention_block(const Block& b) {
  b.norm("norm before attention", b.tokens(), b.model.width);
  if (b.model.kv_rank > 0) {
    latent_attention(b);
  } else {
    grouped_attention(b);
  }
  b.all_reduce("all-reduce after attention");
}

void dense_block(const Block& b, double hidden) {
  const auto& m = b.model;
  const double own = hidden / b.split.tensor;
  b.product(m.is_gated ? "gate and up" : "up", b.tokens(), m.is_gated ? 2 * own : own, m.width);
  b.activation("activation", b.tokens() * own);
  b.product("down", b.tokens(), m.width, own);
  b.all_reduce("all-reduce after feed-forward");
}

// Experts are called alike. Those of a die: experts / expert ways, each split over as many dies as are left.
void expert_block(const Block& b) {
  const auto& m = b.model;
  const auto& s = b.split;
  const double split_of_one = std::max(s.tensor / s.expert, 1.0);
  const double groups = std::max(s.expert / s.tensor, 1.0);  // of other tokens, that meet at the experts
  const double tokens = b.tokens() * groups;
  const double own = m.experts / s.expert;
  const double touched = operators::touched_experts(m.experts, m.active_experts, tokens) / s.expert;
  const double calls = tokens * m.active_experts / s.expert;
  const double hidden = m.expert_width / split_of_one;
  const double rows = calls / std::max(touched, std::min(own, 1.0));
  const double sent = b.tokens() / std::min(s.tensor, s.expert) * m.active_experts * m.width;

  b.product("router", b.tokens(), m.experts, m.width);
  b.exchange("all-to-all to experts", Collective::all_to_all, s.expert, sent * bytes(b.pass.format));
  b.product(m.is_gated ? "experts, gate and up" : "experts, up", rows, m.is_gated ? 2 * hidden : hidden,
            m.width, touched);
  b.activation("activation of experts", calls * hidden);
  b.product("experts, down", rows, m.width, hidden, touched);
  b.exchange("all-to-all from experts", Collective::all_to_all, s.expert, sent * b.activation_bytes());
  if (m.shared_experts > 0) {
    const double shared = m.shared_experts * m.expert_width / s.tensor;
    b.product(m.is_gated ? "shared expert, gate and up" : "shared expert, up", b.tokens(),
              m.is_gated ? 2 * shared : shared, m.width);
    b.activation("activation of shared expert", b.tokens() * shared);
    b.product("shared expert, down", b.tokens(), m.width, shared);
  }
  b.all_reduce("all-reduce after experts");
}

double attention_parameters(const Transformer& m) {
  if (m.kv_rank > 0) {
    return m.width * (m.query_rank + m.kv_rank + m.rotary_width) +
           m.query_rank * m.heads * (m.head_width + m.rotary_width) + m.kv_rank * 2 * m.heads * m.head_width +
           m.heads * m.head_width * m.width;
  }
  return m.width * (2 * m.heads + 2 * m.kv_heads) * m.head_width;
}

double matrices(const Transformer& m) { return m.is_gated ? 3 : 2; }

double embeddings(const Transformer& m) { return (m.is_tied ? 1 : 2) * m.vocabulary * m.width; }

double expert_layers(const Transformer& m) { return m.experts > 0 ? m.layers - m.dense_layers : 0; }

// Of one die: its share of layers, heads, experts and vocabulary.
double weights_of_die(const Transformer& m, const Split& s) {
  const double one = matrices(m) * m.width;
  const double with_experts = expert_layers(m);
  const double dense = (m.layers - with_experts) * one * m.feed_forward / s.tensor;
  const double experts = with_experts * one * m.expert_width *
                         (m.experts / std::max(s.expert, s.tensor) + m.shared_experts / s.tensor);
  return (m.layers * attention_parameters(m) / s.tensor + dense + experts) / s.pipeline +
         embeddings(m) / s.tensor;
}

// Back: two products for each one, of the gradients of its operands; five for the two of attention (Dao,
// FlashAttention-2, arXiv 2307.08691, 2023, section 2.3); vector operators read and write about twice as
// much; what was reduced on the way is gathered in the other direction. Then the gradients of all replicas.
void add_way_back(const Transformer& model, const Pass& pass, const Split& split, Graph& graph) {
  const double again = pass.recompute == Recompute::all ? 1 : 0;
  const double attention_again = pass.recompute == Recompute::none ? 0 : 1;
  for (auto& layer : graph.layers) {
    for (auto& operation : layer.operations) {
      const auto kind = kind_of(operation);
      operation.count *= kind == Kind::attention ? 3.5 + attention_again
                         : kind == Kind::network ? 2 + again
                                                 : 3 + again;
    }
  }
  if (split.data <= 1) return;
  auto& layer = graph.layers.emplace_back(Layer{.name = "gradients"});
  layer.operations.push_back({"all-reduce of gradients",
                              Exchange{Collective::all_reduce, split.data,
                                       weights_of_die(model, split) * std::max(bytes(pass.format), 2.0)}});
}

}  // namespace

double parameters(const Transformer& m) {
  const double one = matrices(m) * m.width;
  const double with_experts = expert_layers(m);
  return m.layers * attention_parameters(m) + (m.layers - with_experts) * one * m.feed_forward +
         with_experts * (one * m.expert_width * (m.experts + m.shared_experts) + m.width * m.experts) +
         embeddings(m);
}

double cache_bytes_per_token(const Transformer& m, operators::Format cache) {
  if (m.is_encoder) return 0;
  const double words = m.kv_rank > 0 ? m.kv_rank + m.rotary_width : 2 * m.kv_heads * m.head_width;
  return m.layers * words * bytes(cache);
}

Graph transformer(const Transformer& model, const Pass& pass, const Split& split) {
  Graph graph{.members = split.members(), .items = pass.batch * pass.queries};
  const auto layer = [&](std::string name, double count) -> Block {
    auto& made = graph.layers.emplace_back(Layer{.name = std::move(name), .count = count});
    made.operations.reserve(16);
    return {model, pass, split, made.operations};
  };
  graph.layers.reserve(4);
  const double with_experts = expert_layers(model);
  {
    const auto b = layer("embedding", 1);
    b.add("embedding", operators::Gather{.rows = b.tokens(), .width = model.width, .format = pass.format});
  }
  if (model.layers > with_experts) {
    const auto b = layer(with_experts > 0 ? "dense layer" : "layer", model.layers - with_experts);
    attention_block(b);
    b.norm("norm before feed-forward", b.tokens(), model.width);
    dense_block(b, model.feed_forward);
  }
  if (with_experts > 0) {
    const auto b = layer("layer with experts", with_experts);
    attention_block(b);
    b.norm("norm before experts", b.tokens(), model.width);
    expert_block(b);
  }
  {
    const auto b = layer("head", 1);
    b.norm("norm", b.tokens(), model.width);
    // A prompt has one next token a sequence; an encoder hands on what it has.
    if (!model.is_encoder) {
      const double rows = pass.phase == Phase::train ? b.tokens() : b.sequences();
      b.product("vocabulary", rows, model.vocabulary / split.tensor, model.width);
      // Only sums over the vocabulary are exchanged while training (Megatron-LM, section 3).
      if (pass.phase != Phase::train) {
        b.exchange("all-gather of logits", Collective::all_gather, split.tensor,
                   rows * model.vocabulary * b.activation_bytes());
      }
    }
    if (split.pipeline > 1) {
      b.add("send to the next stage",
            Exchange{Collective::send, 2, b.tokens() * model.width * b.activation_bytes() / split.tensor},
            split.pipeline - 1);
    }
  }
  if (pass.phase == Phase::train) {
    add_way_back(model, pass, split, graph);
    // Weights and gradients in 16 bits, Adam's two moments and a copy in 32 (Rajbhandari et al., ZeRO, SC
    // 2020, section 3.1). Activations depend on the schedule, and are not counted.
    graph.needed = weights_of_die(model, split) * 16;
    return graph;
  }
  const double sequences = pass.batch / split.data;
  const double share =
      model.kv_rank > 0 ? 1 : std::max(model.kv_heads / split.tensor, 1.0) / std::max(model.kv_heads, 1.0);
  graph.needed = weights_of_die(model, split) * operators::weight_bytes(pass.weights, pass.sparsity) +
                 sequences * pass.context * cache_bytes_per_token(model, pass.cache) * share / split.pipeline;
  return graph;
}

}  // namespace marquetry::workload
